/** Feed text and alert facts as plain text that cannot break, reorder or imitate the message around it. */
import type { AlertEntry, AlertEvent } from '../model/alert.ts';
import type { Severity } from '../model/config.ts';
import type { LanguageTag } from '../model/flavor.ts';
import { COMBINING_MARKS_MAX, LINK_UNITS_MAX } from '../model/limits.ts';
import { cutText } from '../text/cut.ts';

/**
 * C0 and C1 controls, bidirectional controls, invisible operators, byte order marks and annotations (UAX #9, UTR #36):
 * they can reorder the line around a title, or hide text. Joiners stay, because Persian and emoji need them.
 */
const UNSAFE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** Tag characters, except in the emoji flags of England, Scotland and Wales (UTS #51). */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f})|[\u{e0000}-\u{e007f}]+/gu;
/** Combining marks beyond COMBINING_MARKS_MAX on one character. */
const MARKS = new RegExp(`(\\p{M}{${COMBINING_MARKS_MAX}})\\p{M}+`, 'gu');

/** Removes unsafe characters from a text for messages; line breaks stay, as `\n`. */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSAFE, '')
    .replace(TAGS, '$1')
    .replace(MARKS, '$1');
}

/** Like `safeText`, on one line. */
export function safeLine(text: string): string {
  return safeText(text).replace(/\s+/gu, ' ').trim();
}

/** Letters of right-to-left scripts (Unicode bidirectional classes R and AL). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** One line for use within another line; right-to-left text is wrapped in isolates (UAX #9) and cannot reorder its context. */
export function isolated(text: string): string {
  const line = safeLine(text);
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}

/** Cuts a text and closes an isolate that the cut opened. */
export function cutIsolated(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const cut = cutText(text, unitsMax - 1);
  return cut.split('\u2068').length > cut.split('\u2069').length ? `${cut}\u2069` : cut;
}

/** The normalised address if it may be linked: http(s), without a user name (which could only deceive); null otherwise. */
export function linkOf(url: string | null, unitsMax: number = LINK_UNITS_MAX): string | null {
  if (url === null || !/^https?:\/\//iu.test(url) || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '' || parsed.href.length > unitsMax) return null;
  return parsed.href;
}

/** The host, such as `www.example.org`; internationalised names stay in punycode, which cannot imitate another name. */
export function hostOf(url: string | null): string | null {
  const link = linkOf(url);
  return link === null ? null : new URL(link).host;
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** English name of a language (CLDR), such as `Ukrainian`; the tag itself if it has no name. */
export function languageName(tag: LanguageTag): string {
  return nameOf(languages, tag) ?? safeLine(tag);
}

/** English name of a country (CLDR), such as `South Korea` for `KR`. */
export function countryName(code: string): string {
  return nameOf(regions, code) ?? safeLine(code);
}

/** null: no name, or not a valid code. */
function nameOf(names: Intl.DisplayNames, code: string): string | null {
  try {
    return names.of(code) ?? null;
  } catch {
    // Not a valid code: feeds may contain any text.
    return null;
  }
}

/** `2024-10-18 05:12 UTC` for an ISO 8601 time. */
export function timeOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** Emoji of each severity, for text without colours. */
export const GLYPHS: Record<Severity, string> = {
  info: '⚪',
  low: '🔵',
  medium: '🟡',
  high: '🟠',
  critical: '🔴',
};

/** Colour of each severity, `#rrggbb`. */
export const COLORS: Record<Severity, string> = {
  info: '#6b7280',
  low: '#2563eb',
  medium: '#ca8a04',
  high: '#ea580c',
  critical: '#dc2626',
};

/** English titles of what matched, each once, in reading order; ids or terms if the titles are unknown. */
export function conceptsOf(entry: AlertEntry): readonly string[] {
  const known =
    entry.concepts.length > 0 ? entry.concepts : entry.spans.map(({ concept, term }) => concept ?? term);
  const names = known.map((one) => cutText(safeLine(one), 60)).filter((one) => one !== '');
  return [...new Set(names)].slice(0, 12);
}

/** Severity of the event's rule; a digest has that of its most severe alert. */
export function severityOf(event: AlertEvent): Severity {
  if (event.type !== 'alert.digest') return event.data.severity;
  const order: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
  return order.find((level) => event.data.alerts.some(({ severity }) => severity === level)) ?? 'info';
}
