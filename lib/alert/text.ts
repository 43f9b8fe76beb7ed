/** Feed text and facts of an alert as plain text that cannot break, reorder or spoof the message around it. */
import type { AlertEntry, AlertEvent } from '../model/alert.ts';
import type { Severity } from '../model/config.ts';
import type { LanguageTag } from '../model/flavor.ts';
import { COMBINING_MARKS_MAX, LINK_UNITS_MAX } from '../model/limits.ts';
import { cutText } from '../text/cut.ts';

/**
 * C0, C1, bidirectional controls, invisible operators, byte order marks, annotation and tag characters: they let a
 * title rewrite the line it stands in, or carry what nobody sees. Joiners stay: Persian and emoji need them.
 */
const UNSAFE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** Tag characters spell the flags of England, Scotland and Wales, and nothing else that is seen. */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f})|[\u{e0000}-\u{e007f}]+/gu;
const MARKS = new RegExp(`(\\p{M}{${COMBINING_MARKS_MAX}})\\p{M}+`, 'gu');

/** Text as it may stand in any message; line breaks are kept. */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSAFE, '')
    .replace(TAGS, '$1')
    .replace(MARKS, '$1');
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safeText(text).replace(/\s+/gu, ' ').trim();
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** One line for the middle of another one: text that runs right to left must not drag its neighbours along. */
export function isolated(text: string): string {
  const line = safeLine(text);
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}

/** Cut, with what stood isolated in it still isolated. */
export function cutIsolated(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const cut = cutText(text, unitsMax - 1);
  return cut.split('\u2068').length > cut.split('\u2069').length ? `${cut}\u2069` : cut;
}

/** The address, where it is one that may be linked; ASCII only. A user name in it can only be there to deceive. */
export function linkOf(url: string | null, unitsMax: number = LINK_UNITS_MAX): string | null {
  if (url === null || !/^https?:\/\//iu.test(url) || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '' || parsed.href.length > unitsMax) return null;
  return parsed.href;
}

/** `www.example.org`; names with letters of several scripts stay in punycode. */
export function hostOf(url: string | null): string | null {
  const link = linkOf(url);
  return link === null ? null : new URL(link).host;
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** `Ukrainian`; the tag itself where it has no name. */
export function languageName(tag: LanguageTag): string {
  return nameOf(languages, tag) ?? safeLine(tag);
}

/** `South Korea` for `KR`. */
export function countryName(code: string): string {
  return nameOf(regions, code) ?? safeLine(code);
}

function nameOf(names: Intl.DisplayNames, code: string): string | null {
  try {
    return names.of(code) ?? null;
  } catch {
    // Not a code at all: a feed may say anything.
    return null;
  }
}

/** `2024-10-18 05:12 UTC` */
export function timeOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `12,000` */
export function numberOf(value: number): string {
  return numbers.format(value);
}

/** `2 publishers`, `1 publisher` */
export function counted(count: number, noun: string): string {
  return `${numberOf(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A sign of the severity for text without colours. */
export const GLYPHS: Record<Severity, string> = {
  info: '⚪',
  low: '🔵',
  medium: '🟡',
  high: '🟠',
  critical: '🔴',
};

/** Red, green and blue of the severity, `#rrggbb`. */
export const COLORS: Record<Severity, string> = {
  info: '#6b7280',
  low: '#2563eb',
  medium: '#ca8a04',
  high: '#ea580c',
  critical: '#dc2626',
};

/** English titles of what matched, each once, in reading order; names of lists or terms where titles are unknown. */
export function conceptsOf(entry: AlertEntry): readonly string[] {
  const known =
    entry.concepts.length > 0 ? entry.concepts : entry.spans.map(({ concept, term }) => concept ?? term);
  const names = known.map((one) => cutText(safeLine(one), 60)).filter((one) => one !== '');
  return [...new Set(names)].slice(0, 12);
}

/** Of the rule or rules: a digest is as severe as its worst alert. */
export function severityOf(event: AlertEvent): Severity {
  if (event.type !== 'alert.digest') return event.data.severity;
  const order: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
  return order.find((level) => event.data.alerts.some(({ severity }) => severity === level)) ?? 'info';
}
