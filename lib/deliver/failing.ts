/** When a channel that takes nothing is given up. The rule is Svix's; its clock starts late, so that a bad night costs nothing. */

import type { EpochMs } from '../model/flavor.ts';
import { CHANNEL_FAILING_MS_MAX } from '../model/limits.ts';
import { HOUR_MS } from '../model/time.ts';

/** Since when all attempts of a channel have failed. */
export interface FailingClock {
  /** The failure that may start the clock; null: none in the last 24 h. */
  readonly from: EpochMs | null;
  /** When the clock started; null: it has not. */
  readonly since: EpochMs | null;
}

export const HEALTHY: FailingClock = { from: null, since: null };

/** Failures so far apart … */
const APART_MS_MIN = 12 * HOUR_MS;
/** … within this start the clock. */
const WITHIN_MS = 24 * HOUR_MS;

/** After one more failed attempt. `giveUp`: all have failed for five days since the clock started. */
export function failedAgain(
  clock: FailingClock,
  now: EpochMs,
): { readonly clock: FailingClock; readonly giveUp: boolean } {
  if (clock.since !== null) return { clock, giveUp: now - clock.since >= CHANNEL_FAILING_MS_MAX };
  if (clock.from === null || now - clock.from > WITHIN_MS)
    return { clock: { from: now, since: null }, giveUp: false };
  const since = now - clock.from >= APART_MS_MIN ? now : null;
  return { clock: { from: clock.from, since }, giveUp: false };
}
