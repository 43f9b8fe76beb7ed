/** Lengths of time in milliseconds. Days are of 24 hours: where a calendar matters, lib/alert/calendar.ts reads it. */
import type { EpochMs } from './flavor.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** ISO 8601 in UTC. */
export function isoTime(at: EpochMs): string {
  return new Date(at).toISOString();
}

/** ISO 8601 in UTC, or null. */
export function isoTimeOrNull(at: EpochMs | null): string | null {
  return at === null ? null : isoTime(at);
}
