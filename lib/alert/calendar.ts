/** Local times in a time zone: when quiet hours end and when the next digest is due, across daylight saving time. Pure. */

import type { DigestTimes, QuietHours } from '../model/config.ts';
import type { EpochMs } from '../model/flavor.ts';
import { MINUTE_MS } from '../model/time.ts';

const DAY_MINUTES = 1_440;

/** A local time of day. */
interface Local {
  readonly weekday: number;
  /** Minutes since local midnight. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Names that the formatter yields, in the order of weekday numbers. */
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Formatters are cached by zone, because creating one is slow. */
function localTime(at: EpochMs, zone: string): Local {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? ''),
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

/** @returns when the quiet hours that contain `at` end; null: `at` is outside of them */
export function quietUntil(at: EpochMs, { from, to, zone }: QuietHours): EpochMs | null {
  const { minutes } = localTime(at, zone);
  const inside = from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  return inside ? nextLocal(at, to, zone, null) : null;
}

/** Limit for one chart: a story is open for some weeks at most. */
const QUIET_SPANS_MAX = 60;

/** Quiet hours between two times, clipped to both, oldest first; at most QUIET_SPANS_MAX. */
export function quietSpans(
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  quiet: QuietHours,
): { readonly from: EpochMs; readonly to: EpochMs }[] {
  const spans: { readonly from: EpochMs; readonly to: EpochMs }[] = [];
  let at = from;
  while (at < to && spans.length < QUIET_SPANS_MAX) {
    const until = quietUntil(at, quiet);
    if (until !== null) spans.push({ from: at, to: Math.min(until, to) });
    at = until ?? nextLocal(at, quiet.from, quiet.zone, null);
  }
  return spans;
}

/** @returns the first digest time after `at` */
export function nextDigest(at: EpochMs, { at: minutes, weekday, zone }: DigestTimes): EpochMs {
  return nextLocal(at, minutes, zone, weekday);
}

/** Clock changes are shorter than this (IANA time zone database: at most two hours in use today). */
const CHANGE_MINUTES_MAX = 150;

/**
 * The first whole minute after `at` at which local clocks show `minutes` (on that weekday). A time that daylight saving
 * time skips becomes the first minute after the gap; of a time that occurs twice, the first one is used.
 */
function nextLocal(at: EpochMs, minutes: number, zone: string, weekday: number | null): EpochMs {
  const from = Math.floor(at / MINUTE_MS) + 1;
  const local = localTime(from * MINUTE_MS, zone);
  const days = weekday === null ? 0 : (weekday - local.weekday + 7) % 7;
  const ahead = days * DAY_MINUTES + minutes - local.minutes;
  const guess = from + (ahead >= 0 ? ahead : ahead + (weekday === null ? 1 : 7) * DAY_MINUTES);
  let before = Math.max(from - 1, guess - CHANGE_MINUTES_MAX);
  for (let minute = before + 1; minute <= guess + CHANGE_MINUTES_MAX; minute++) {
    if (passes(before, minute, minutes, zone)) return minute * MINUTE_MS;
    before = minute;
  }
  return guess * MINUTE_MS;
}

/** Whether the clock reaches `minutes` at this minute, or jumps over it. */
function passes(before: number, minute: number, minutes: number, zone: string): boolean {
  const now = localTime(minute * MINUTE_MS, zone).minutes;
  if (now === minutes) return true;
  const was = localTime(before * MINUTE_MS, zone).minutes;
  return now > was + 1 && was < minutes && minutes < now;
}
