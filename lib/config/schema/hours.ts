/** Quiet hours and digest times in a document: `22:00-06:00 Europe/Paris`, `daily 08:00 Asia/Seoul`. */
import type { DigestTimes, QuietHours } from '../../model/config.ts';

/** Names in English; their index is the number of the weekday. Three letters are enough. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * @param text two times of day and an IANA time zone, by default UTC
 * @returns minutes after midnight, and the zone; null: not valid quiet hours
 */
export function readQuietHours(text: string): QuietHours | null {
  const parts = /^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})(?:\s+(\S+))?$/u.exec(text.trim());
  const from = minutesOf(parts?.[1]);
  const to = minutesOf(parts?.[2]);
  const zone = zoneOf(parts?.[3]);
  return from === null || to === null || zone === null || from === to ? null : { from, to, zone };
}

/**
 * @param text `daily` or a weekday, a time of day, and an IANA time zone, by default UTC
 * @returns minutes after midnight, the weekday (0 = Sunday; null = daily) and the zone; null: not a valid digest time
 */
export function readDigestTimes(text: string): DigestTimes | null {
  const parts = /^(\p{L}+)\s+(\d{1,2}:\d{2})(?:\s+(\S+))?$/u.exec(text.trim());
  const day = parts?.[1]?.toLowerCase() ?? '';
  const weekday = WEEKDAYS.findIndex((name) => name === day || name.slice(0, 3) === day);
  const at = minutesOf(parts?.[2]);
  const zone = zoneOf(parts?.[3]);
  if (at === null || zone === null || (weekday < 0 && day !== 'daily')) return null;
  return { at, weekday: weekday < 0 ? null : weekday, zone };
}

/** Minutes after midnight of `8:05`; null: not a time of day. */
function minutesOf(clock: string | undefined): number | null {
  const [hours = 99, minutes = 99] = (clock ?? '').split(':').map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** @returns the zone as written if the platform knows it; null otherwise */
function zoneOf(name = 'UTC'): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone === '' ? null : name;
  } catch {
    // The constructor throws a RangeError for an unknown time zone, and nothing else here.
    return null;
  }
}
