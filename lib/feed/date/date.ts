/**
 * Reads dates as feeds write them. Rejects what is ambiguous instead of guessing: `03-12-31` and `03/04/2025` are null.
 */

import type { EpochMs } from '../../model/flavor.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { MONTHS } from './months.gen.ts';
import { readPlainDate } from './plain-date.ts';
import { SEASONLESS, ZONES } from './zones.ts';

/** Units of the longest date that is read. */
const DATE_UNITS_MAX = 100;
/** Words in dates without meaning; months and zones are looked up first. */
const NOISE = new Set(
  'de del di du d of at um à às kl klo u ore la le den der the th st nd rd г года год р рік t'.split(' '),
);
/** Words for the second half of the day, and for the first. */
const PM = new Set(['pm', 'p.m', '오후', '午後', '下午', 'م', 'μμ', 'μ.μ']);
const AM = new Set(['am', 'a.m', '오전', '午前', '上午', 'ص', 'πμ', 'π.μ']);

let monthNumbers: Map<string, number> | null = null;

/**
 * A date before conversion. Fields are checked only when it is converted, so that a form with an impossible value is
 * rejected instead of being read as another form.
 */
interface Parts {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  /** Milliseconds since midnight. */
  time: number;
  /** Minutes east of Greenwich. */
  offset: number;
}

/**
 * Reads RFC 822 and RFC 2822 with common deviations, W3CDTF, ISO 8601 (with the truncated `-YY-MM` of 1988), asctime, month
 * names of 63 languages, Han and Hangul date marks, and Unix seconds.
 *
 * @returns the instant; null for anything unreadable, impossible or ambiguous. A date without zone is UTC (Korean dates:
 *   Korean time); a date without time is its midnight
 */
export function readDate(text: string): EpochMs | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > DATE_UNITS_MAX) return null;
  const plain = readPlainDate(trimmed);
  if (plain !== null) return plain;
  const parts = readIso(trimmed) ?? readCommon(trimmed) ?? readLoose(trimmed);
  if (parts === undefined) return readUnix(trimmed);
  return parts === null ? null : toEpoch(parts);
}

/** null: a day that does not exist. */
function toEpoch({ year, month, day, time, offset }: Parts): EpochMs | null {
  if (month < 1 || month > 12 || day < 1 || year > 9_999) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() + time - offset * MINUTE_MS;
}

/** undefined: another form; null: this form, but rejected. */
type Reading = Parts | null | undefined;

/** W3CDTF and ISO 8601 with a four-digit year. */
const ISO =
  /^(\d{4})(?:-0?(\d{1,2})(?:-(\d{1,2}))?|(\d{2})(\d{2}))?(?:(?:T|t|\s+)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(\S.*)?)?$/;
/** ISO 8601:1988 §5.2.1.3, without the century: `-YYMM`, `-YY-MM`, and `YYMMDD`, which is unambiguous. */
const ISO_TRUNCATED = /^(?:-(\d{2})-?(\d{2})|(\d{2})(\d{2})(\d{2}))$/;

/** W3CDTF and ISO 8601. */
function readIso(text: string): Reading {
  const match = ISO.exec(text);
  if (match === null) {
    const short = ISO_TRUNCATED.exec(text);
    if (short === null) return;
    const [, year, month, year2, month2, day = 1] = short;
    return dayOf(fullYear(Number(year ?? year2)), Number(month ?? month2), Number(day));
  }
  const [, year, month, day, month2, day2, hour, minute, second, fraction, zone] = match;
  const time = hour === undefined ? 0 : clock(Number(hour), Number(minute), Number(second ?? 0), fraction);
  const offset = zone === undefined ? 0 : offsetOf(zone);
  if (time === null || offset === null) return readLoose(text);
  return {
    year: Number(year),
    month: Number(month ?? month2 ?? 1),
    day: Number(day ?? day2 ?? 1),
    time,
    offset,
  };
}

const dayOf = (year: number, month: number, day: number): Parts => ({ year, month, day, time: 0, offset: 0 });

/** Two- and three-digit years (RFC 2822 §4.3). */
const fullYear = (year: number) => (year < 50 ? 2000 + year : year < 100 ? 1900 + year : year);

/** Milliseconds since midnight; null: not a valid time. Leap seconds become second 59. */
function clock(hour: number, minute: number, second: number, fraction?: string): number | null {
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  const ms = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + ms;
}

/** RFC 822 with four-digit year and optional weekday. */
const COMMON =
  /^(?:[A-Za-z]{3}, *)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}|GMT|UTC|Z)$/;

/** The form of almost all RSS feeds, read without splitting into words. */
function readCommon(text: string): Reading {
  const match = COMMON.exec(text);
  if (match === null) return;
  const [, day, name = '', year, hour, minute, second, zone = ''] = match;
  const month = monthOf(name.toLowerCase());
  const time = clock(Number(hour), Number(minute), Number(second));
  const offset = offsetOf(zone);
  if (month === undefined || time === null || offset === null) return;
  return { year: Number(year), month, day: Number(day), time, offset };
}

/** A time of day that is not part of a longer number. */
const TIME = /(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?![\d:])/;
/** A time with the marks 시/時, 분/分, 초/秒. */
const HANGUL_TIME = /(\d{1,2})\s*(?:시|時|时)\s*(\d{1,2})\s*(?:분|分)(?:\s*(\d{1,2})\s*(?:초|秒))?/;

/** Words and numbers in any order around a time of day. */
function readLoose(text: string): Reading {
  const lower = text.toLowerCase().normalize('NFC').replace(ARABIC_DIGIT, latin).replace(HANGUL_TIME, padded);
  const match = TIME.exec(lower);
  const before = match === null ? lower : lower.slice(0, match.index);
  const after = match === null ? '' : lower.slice(match.index + match[0].length);
  const words = new Words();
  if (!words.take(before, false) || !words.take(after, true)) return;
  const date = words.date();
  const hour = words.hour(Number(match?.[1] ?? 0));
  const time = match === null ? 0 : clock(hour, Number(match[2]), Number(match[3] ?? 0), match[4]);
  if (date === undefined || time === null) return;
  const korean = /[가-힣]/.test(lower);
  const offset = words.zone === null ? (korean ? 540 : 0) : zoneMinutes(words.zone, date);
  return offset === null ? undefined : { ...date, time, offset };
}

const ARABIC_DIGIT = /[٠-٩۰-۹]/g;
const latin = (digit: string) => String(digit.charCodeAt(0) & 0xf);

const padded = (_: string, hour: string, minute: string, second = '0') =>
  ` ${hour}:${minute.padStart(2, '0')}:${second.padStart(2, '0')} `;

/** Numbers, words and signs; after the time, a signed number is a zone. */
const TOKEN = /\d+|[\p{L}\p{M}][\p{L}\p{M}.’'/_]*|\S/gu;
const TOKEN_BEHIND = /(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?(?![\d:])|\d+|[\p{L}\p{M}][\p{L}\p{M}.’'/_]*|\S/gu;
/** Han and Hangul characters after year, month and day. */
const DATE_MARK = new Map([
  ['年', 'year'],
  ['년', 'year'],
  ['月', 'month'],
  ['월', 'month'],
  ['日', 'day'],
  ['일', 'day'],
]);

/** Collects the words of a date. Invariant: after a rejected word nothing more is taken. */
class Words {
  zone: string | null = null;
  #month: number | null = null;
  /** The month is the first word, which may be a weekday instead: `mar. 23 sept. 2025`. */
  #monthFirst = false;
  #half: 'am' | 'pm' | null = null;
  readonly #numbers: string[] = [];
  /** Signs between the numbers, which distinguish `22/09/2025` from `22.09.2025`. */
  #separators = '';
  #first = true;

  /** @returns false for a word that cannot belong to a date */
  take(text: string, behindTime: boolean): boolean {
    for (const [token] of text.matchAll(behindTime ? TOKEN_BEHIND : TOKEN)) {
      if (!this.#takeToken(token, behindTime)) return false;
      this.#first = false;
    }
    return true;
  }

  #takeToken(token: string, behindTime: boolean): boolean {
    if (/^\d/.test(token)) return this.#numbers.push(token) <= 3;
    if (/^(?:gmt|utc)?[+-]./.test(token)) return this.#takeZone(token, behindTime);
    const mark = DATE_MARK.get(token);
    if (mark !== undefined || /^[^\p{L}]$/u.test(token)) return this.#takeSign(token);
    const word = token.replace(/[.]+$/, '');
    const month = this.#month === null || this.#monthFirst ? monthOf(word) : undefined;
    if (month !== undefined) this.#takeMonth(month);
    else if (PM.has(word) && this.#half === null) this.#half = 'pm';
    else if (AM.has(word) && this.#half === null) this.#half = 'am';
    else if (behindTime && ZONES.has(word)) return this.#takeZone(word, true);
    else return this.#first || NOISE.has(word) || this.#isWeekday(word);
    return true;
  }

  #takeMonth(month: number): void {
    this.#month = month;
    this.#monthFirst = this.#first;
  }

  #takeSign(sign: string): boolean {
    if (!/[,.\-/()年년月월日일·،t]/.test(sign)) return false;
    this.#separators += sign;
    return true;
  }

  /** A second zone must mean the same offset. */
  #takeZone(zone: string, behindTime: boolean): boolean {
    const again = this.zone !== null && zoneMinutes(this.zone, null) !== zoneMinutes(zone, null);
    if (!behindTime || again) return false;
    this.zone ??= zone;
    return true;
  }

  /** A weekday in brackets: `2025-09-22 (월)`. */
  #isWeekday(word: string): boolean {
    return this.#separators.endsWith('(') && word.length <= 4;
  }

  /** Hour of the day, from a 12-hour time with its half of the day. */
  hour(hour: number): number {
    if (this.#half === null || hour > 12 || hour === 0) return hour;
    return (hour % 12) + (this.#half === 'pm' ? 12 : 0);
  }

  /** The date at midnight UTC; undefined: rejected. */
  date(): Parts | undefined {
    const [a = '', b = '', c = ''] = this.#numbers;
    if (this.#month !== null && !(this.#monthFirst && c !== '')) {
      if (c !== '') return;
      const yearFirst = a.length === 4;
      const [day, year] = yearFirst ? [b, a] : [a, b];
      if (day === '' || year === '' || day.length > 2 || year.length === 3 || year.length > 4) return;
      return dayOf(year.length === 2 ? fullYear(Number(year)) : Number(year), this.#month, Number(day));
    }
    if (c === '' || b.length > 2) return;
    if (a.length === 4 && c.length <= 2) return dayOf(Number(a), Number(b), Number(c));
    return c.length === 4 && a.length <= 2 ? this.#yearLast(Number(a), Number(b), Number(c)) : undefined;
  }

  /** With dots the day comes first everywhere; with slashes and hyphens only a number above 12 decides. */
  #yearLast(a: number, b: number, year: number): Parts | undefined {
    if (/^[^./-]*\.[^./-]*\./.test(this.#separators) || a > 12 || a === b) return dayOf(year, b, a);
    return b > 12 ? dayOf(year, a, b) : undefined;
  }
}

/** 1–12; undefined: not the name of a month. Names are also compared without accents. */
function monthOf(word: string): number | undefined {
  monthNumbers ??= new Map(
    MONTHS.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)),
  );
  return monthNumbers.get(word) ?? monthNumbers.get(word.normalize('NFD').replace(/[\u0300-\u036f]/g, ''));
}

/** Offset of a zone after a time, optionally followed by a comment in brackets: `+0200 (CEST)`. */
function offsetOf(zone: string): number | null {
  const bare = zone
    .replace(/\s*\([^()]*\)$/, '')
    .trim()
    .toLowerCase();
  return zoneMinutes(bare, null);
}

/** An offset such as +0200, +02:00 or GMT+2. */
const NUMERIC = /^(?:gmt|utc)?([+-])(\d{1,2})(?::?(\d{2}))?$/;

/** @param date decides daylight saving time for names without season; null: standard time */
function zoneMinutes(zone: string, date: Parts | null): number | null {
  const numeric = NUMERIC.exec(zone);
  if (numeric !== null) {
    const [, sign, hours, minutes = '0'] = numeric;
    if (Number(hours) > 15 || Number(minutes) > 59) return null;
    const east = Number(hours) * 60 + Number(minutes);
    return sign === '-' ? -east : east;
  }
  const named = ZONES.get(zone.replace(/\.$/, ''));
  if (named === undefined) return null;
  return named + (date !== null && SEASONLESS.has(zone) && isAmericanSummer(date) ? 60 : 0);
}

/** Daylight saving time of the USA: second Sunday of March to first Sunday of November (Energy Policy Act of 2005). */
function isAmericanSummer({ year, month, day }: Parts): boolean {
  if (month !== 3 && month !== 11) return month > 3 && month < 11;
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const firstSunday = 1 + ((7 - firstWeekday) % 7);
  return month === 3 ? day >= firstSunday + 7 : day < firstSunday;
}

/** Seconds or milliseconds since 1970, for 2001 to 2033: other texts of ten digits do not begin with 1. */
function readUnix(text: string): EpochMs | null {
  if (/^1\d{9}$/.test(text)) return Number(text) * 1000;
  return /^1\d{12}$/.test(text) ? Number(text) : null;
}
