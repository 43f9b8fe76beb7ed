/** The rate of a channel: a token bucket stored as one number (generic cell rate algorithm, ITU-T I.371). */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import type { Rate } from './payload.ts';

/** The bucket after one delivery. */
export interface Paced {
  /** When the bucket will be full again; the only value that is stored. */
  readonly full: EpochMs;
  /** Milliseconds until the next delivery may be sent; 0: at once. */
  readonly waitMs: DurationMs;
}

/** Takes one token. @param full as stored after the previous delivery; 0: no delivery yet */
export function pacedAfter(full: EpochMs, { everyMs, burst }: Rate, now: EpochMs): Paced {
  const next = Math.max(full, now) + everyMs;
  return { full: next, waitMs: waitBefore(next, { everyMs, burst }, now) };
}

/** Milliseconds until a delivery may be sent; 0: at once. */
export function waitBefore(full: EpochMs, { everyMs, burst }: Rate, now: EpochMs): DurationMs {
  return Math.max(0, full - everyMs * (burst - 1) - now);
}
