/** Reads the two date forms of almost all feeds by position; date.ts reads all others. */

import type { EpochMs } from '../../model/flavor.ts';
import { MINUTE_MS } from '../../model/time.ts';

const UNIT = { space: 0x20, comma: 0x2c, plus: 0x2b, hyphen: 0x2d, dot: 0x2e, colon: 0x3a, T: 0x54, Z: 0x5a };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_BY_UNITS = new Map(MONTHS.map((name, i) => [threeUnits(name, 0), i]));
/** Days of each month in a common year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * @returns the instant of `2026-05-31T08:00:00Z` (W3CDTF) or `Sun, 31 May 2026 08:00:00 GMT` (RFC 822), with or without
 *   milliseconds, in any numeric zone; null: another form, or not a valid date
 */
export function readPlainDate(text: string): EpochMs | null {
  const { length } = text;
  if (length < 20 || length > 31) return null;
  return text.charCodeAt(4) === UNIT.hyphen ? readW3c(text) : readRfc822(text);
}

/** `2026-05-31T08:00:00.000+02:00` */
function readW3c(text: string): EpochMs | null {
  const days = daysOf(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5) - 1,
    twoDigits(text, 8),
  );
  const ms = timeOf(text, 11);
  if (days < 0 || ms < 0 || text.charCodeAt(7) !== UNIT.hyphen || text.charCodeAt(10) !== UNIT.T) return null;
  let zone = 19;
  let fraction = 0;
  if (text.charCodeAt(19) === UNIT.dot) {
    fraction = digit(text, 20) * 100 + twoDigits(text, 21);
    zone = 23;
  }
  const minutes = w3cZone(text, zone);
  return fraction < 0 || minutes === null ? null : days + ms + fraction - minutes * MINUTE_MS;
}

/** Minutes east of Greenwich; null: another form. */
function w3cZone(text: string, at: number): number | null {
  if (text.charCodeAt(at) === UNIT.Z) return text.length === at + 1 ? 0 : null;
  return text.length === at + 6 && text.charCodeAt(at + 3) === UNIT.colon ? zoneOf(text, at, at + 4) : null;
}

/** `Sun, 31 May 2026 08:00:00 +0200` */
function readRfc822(text: string): EpochMs | null {
  const month = MONTH_BY_UNITS.get(threeUnits(text, 8)) ?? -1;
  const days = daysOf(twoDigits(text, 12) * 100 + twoDigits(text, 14), month, twoDigits(text, 5));
  const ms = timeOf(text, 17);
  const apart =
    text.charCodeAt(3) === UNIT.comma &&
    text.charCodeAt(4) === UNIT.space &&
    text.charCodeAt(7) === UNIT.space &&
    text.charCodeAt(11) === UNIT.space &&
    text.charCodeAt(16) === UNIT.space &&
    text.charCodeAt(25) === UNIT.space;
  if (days < 0 || ms < 0 || !apart || !WEEKDAYS.has(threeUnits(text, 0))) return null;
  if (text.length === 29) return text.endsWith('GMT') ? days + ms : null;
  const minutes = text.length === 31 ? zoneOf(text, 26, 29) : null;
  return minutes === null ? null : days + ms - minutes * MINUTE_MS;
}

const WEEKDAYS = new Set(
  ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((name) => threeUnits(name, 0)),
);

/** Three ASCII units as one number. */
function threeUnits(text: string, at: number): number {
  return (text.charCodeAt(at) * 128 + text.charCodeAt(at + 1)) * 128 + text.charCodeAt(at + 2);
}

/** Far below zero for anything but a digit, so that every sum with it is negative, too. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 0x30;
  return value >= 0 && value <= 9 ? value : -1e12;
}

const twoDigits = (text: string, at: number) => digit(text, at) * 10 + digit(text, at + 1);

/** Milliseconds at midnight; -1: not a day of the years 1970 to 9999. */
function daysOf(year: number, month: number, day: number): number {
  const leap = month === 1 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (year < 1970 || day < 1 || day > (DAYS[month] ?? 0) + leap) return -1;
  return Date.UTC(year, month, day);
}

/** Milliseconds since midnight of `08:00:00`; -1: not a time of day. */
function timeOf(text: string, at: number): number {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  if (text.charCodeAt(at + 2) !== UNIT.colon || text.charCodeAt(at + 5) !== UNIT.colon) return -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Minutes east of Greenwich of a numeric zone; null: not valid. */
function zoneOf(text: string, at: number, minutesAt: number): number | null {
  const sign = text.charCodeAt(at);
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, minutesAt);
  if ((sign !== UNIT.plus && sign !== UNIT.hyphen) || hours < 0 || minutes < 0) return null;
  if (hours > 14 || minutes > 59) return null;
  const east = hours * 60 + minutes;
  return sign === UNIT.hyphen ? -east : east;
}
