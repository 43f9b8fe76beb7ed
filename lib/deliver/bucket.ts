/** A channel's own pace: a token bucket in one number (generic cell rate algorithm, ITU-T I.371). */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import type { Rate } from './payload.ts';

/** After one delivery at `now`. */
export interface Paced {
  /** When the bucket would be full again: what is stored. */
  readonly full: EpochMs;
  /** How long until the next delivery may go; 0: at once. */
  readonly waitMs: DurationMs;
}

/** @param full as stored after the delivery before; 0: never any */
export function pacedAfter(full: EpochMs, { everyMs, burst }: Rate, now: EpochMs): Paced {
  const next = Math.max(full, now) + everyMs;
  return { full: next, waitMs: waitBefore(next, { everyMs, burst }, now) };
}

/** How long until a delivery may go at all; 0: at once. */
export function waitBefore(full: EpochMs, { everyMs, burst }: Rate, now: EpochMs): DurationMs {
  return Math.max(0, full - everyMs * (burst - 1) - now);
}
