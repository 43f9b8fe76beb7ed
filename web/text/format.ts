/** Formats times, figures, languages and counts as text. Pure, except that `local` is the time zone of this device. */
import { HOUR_MS, MINUTE_MS } from '../../lib/model/time.ts';

export type Zone = 'utc' | 'local';

/** A time of an answer (ISO 8601), or of this browser (ms since 1970). */
export type At = string | number;

/** ms since 1970. */
export const msOf = (at: At): number => +new Date(at);

/** Compares for sorting: the earlier one first. */
export const byTime = (a: { readonly at: At }, b: { readonly at: At }): number => msOf(a.at) - msOf(b.at);

const YEAR_MS = 31_536_000_000;

function parts(at: At, zone: Zone): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
    weekday: 'long',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(msOf(at)).map(({ type, value }) => [type, value]));
}

/** `18 Oct 06:16`; with the year if it is more than about ten months from now. */
export function moment(at: At, zone: Zone, now: number): string {
  const { day, month, year, hour, minute } = parts(at, zone);
  const isFar = Math.abs(now - msOf(at)) > YEAR_MS * 0.8;
  return `${day} ${month?.slice(0, 3)}${isFar ? ` ${year}` : ''} ${hour}:${minute}`;
}

/** `06:16` */
export function clock(at: At, zone: Zone): string {
  const { hour, minute } = parts(at, zone);
  return `${hour}:${minute}`;
}

/** `06:16:58` */
export function clockSeconds(at: At, zone: Zone): string {
  return `${clock(at, zone)}:${parts(at, zone)['second']}`;
}

/** `18 Oct` */
export function date(at: At, zone: Zone): string {
  const { day, month } = parts(at, zone);
  return `${day} ${month?.slice(0, 3)}`;
}

/** `Friday 18 October 2024` */
export function longDate(at: At, zone: Zone): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
    dateStyle: 'full',
  });
  return format.format(msOf(at)).replace(',', '');
}

/** `UTC`, or the IANA name of this device's zone. */
export function zoneName(zone: Zone): string {
  return zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `12,000`, `about 12,000` */
export function figure(value: number, approximate = false): string {
  return `${approximate ? 'about ' : ''}${value.toLocaleString('en', { maximumFractionDigits: 2 })}`;
}

/** `1 entry`, `12 entries`. @param many plural, if it is not `one` with an s */
export function count(of: number, one: string, many = `${one}s`): string {
  return `${of.toLocaleString('en')} ${of === 1 ? one : many}`;
}

/** A length of time in one unit, rounded: `4 min`, `36 h`, `9 days`. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (ms < 60_000) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(ms / HOUR_MS);
  return hours < 60 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** English name of a language: `Korean` for `ko`; the tag itself if it has none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Outcome: a feed declared something that is not a valid tag.
    return tag;
  }
}

const ORDINALS = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** `first` to `tenth`, then `11th`. */
export function ordinal(of: number): string {
  const last = of % 10;
  const suffix = of % 100 >= 11 && of % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[last] ?? 'th');
  return ORDINALS[of] ?? `${of}${suffix}`;
}

/** `a`, `a and b`, `a, b and c` */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Host of an address; the text itself if it is not a valid address. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/** The address, if it may become a link (http or https); null: show it as text. */
export function linkOf(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.href : null;
}
