/**
 * Discord webhook with embeds. Markdown of feed text is escaped and mentions are off altogether.
 * Limits: Discord webhook reference (title 256, description 4,096, 10 embeds, 6,000 units over all embeds).
 */
import { alertsOf, byline, conceptLine, headline, linkOf, safeText } from '../../alert/text.ts';
import type { AlertEntry, AlertEvent } from '../../model/alert.ts';
import type { Severity } from '../../model/config.ts';
import { cutText } from './cut.ts';

const TITLE_UNITS_MAX = 256;
const DESCRIPTION_UNITS_MAX = 400;
const EMBEDS_MAX = 6;

const COLORS: Record<Severity, number> = {
  info: 0x6b7280,
  low: 0x2563eb,
  medium: 0xca8a04,
  high: 0xea580c,
  critical: 0xdc2626,
};

export function discordBody(event: AlertEvent): string {
  const alerts = alertsOf(event);
  const entries = alerts.flatMap((alert) => alert.entries.map((entry) => ({ alert, entry })));
  const shown = entries.slice(0, EMBEDS_MAX);
  const omitted = entries.length - shown.length + (event.type === 'alert.digest' ? event.data.omitted : 0);
  const more = omitted > 0 ? `\n… and ${omitted} more` : '';
  return JSON.stringify({
    content: cutText(escapeMarkdown(headline(event)), 300) + more,
    allowed_mentions: { parse: [] },
    embeds: shown.map(({ alert, entry }) => embed(entry, alert.severity)),
  });
}

function embed(entry: AlertEntry, severity: Severity): object {
  const url = linkOf(entry);
  const lines = [conceptLine(entry), safeText(entry.summary)].filter((line) => line !== '');
  return {
    title: cutText(escapeMarkdown(safeText(entry.title) || '(untitled)'), TITLE_UNITS_MAX),
    ...(url === null ? {} : { url }),
    description: cutText(escapeMarkdown(lines.join('\n')), DESCRIPTION_UNITS_MAX),
    color: COLORS[severity],
    footer: { text: cutText(byline(entry), 200) },
  };
}

/** Every character of Discord's markdown, and `@` kept from forming a mention by a zero-width space. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_~`|>#\-[\]()<]/g, '\\$&').replaceAll('@', '@\u200b');
}
