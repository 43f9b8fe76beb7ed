/**
 * Slack incoming webhook. Feed text goes into rich_text elements, which Slack shows literally: no escape to forget.
 * Limits: Block Kit reference (50 blocks, 3,000 units a text, messages fail near 13,000 units in all).
 */
import { alertsOf, byline, conceptLine, headline, linkOf, safeText } from '../../alert/text.ts';
import type { Alert, AlertEvent } from '../../model/alert.ts';
import { cutText } from './cut.ts';

const TITLE_UNITS_MAX = 300;
const SUMMARY_UNITS_MAX = 400;
/** At most this many alerts are shown: ten of 700 units stay well under the limit of a message. */
const ALERTS_SHOWN_MAX = 10;

interface TextElement {
  readonly type: 'text' | 'link';
  readonly text: string;
  readonly url?: string;
  readonly style?: { readonly bold?: boolean; readonly italic?: boolean };
}

export function slackBody(event: AlertEvent): string {
  const alerts = alertsOf(event);
  const shown = alerts.slice(0, ALERTS_SHOWN_MAX);
  const omitted = alerts.length - shown.length + (event.type === 'alert.digest' ? event.data.omitted : 0);
  const sections = shown.map((alert) => section(alertLines(alert)));
  if (omitted > 0) sections.push(section([{ type: 'text', text: `… and ${omitted} more` }]));
  return JSON.stringify({
    text: escapeMrkdwn(fallback(event, shown)),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cutText(headline(event), 150), emoji: false } },
      { type: 'rich_text', elements: sections },
    ],
  });
}

function section(elements: readonly TextElement[]): { type: string; elements: readonly TextElement[] } {
  return { type: 'rich_text_section', elements };
}

function alertLines(alert: Alert): TextElement[] {
  return alert.entries.flatMap((entry) => {
    const url = linkOf(entry);
    const title = cutText(safeText(entry.title) || '(untitled)', TITLE_UNITS_MAX);
    const lines: TextElement[] = [
      url === null
        ? { type: 'text', text: title, style: { bold: true } }
        : { type: 'link', url, text: title, style: { bold: true } },
      { type: 'text', text: `\n${cutText(byline(entry), 200)}` },
    ];
    const concepts = cutText(conceptLine(entry), 200);
    if (concepts !== '') lines.push({ type: 'text', text: `\n${concepts}`, style: { italic: true } });
    if (entry.summary !== '')
      lines.push({ type: 'text', text: `\n${cutText(safeText(entry.summary), SUMMARY_UNITS_MAX)}` });
    lines.push({ type: 'text', text: '\n' });
    return lines;
  });
}

/** What a phone's lock screen shows. */
function fallback(event: AlertEvent, shown: readonly Alert[]): string {
  const first = shown[0]?.entries[0];
  return cutText(`${headline(event)}: ${safeText(first?.title ?? '')}`, 300);
}

/** The three characters of mrkdwn; without `<` no mention, channel or link can form. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
