/** When a failing channel is disabled. The rule is Svix's; the clock starts late, so that one bad night is forgiven. */

import type { EpochMs } from '../model/flavor.ts';
import { CHANNEL_FAILING_MS_MAX } from '../model/limits.ts';
import { HOUR_MS } from '../model/time.ts';

/** How long all attempts of a channel have failed. */
export interface FailingClock {
  /** The failure that may start the clock; null: none in the last 24 hours. */
  readonly from: EpochMs | null;
  /** When the clock started; null: it has not started. */
  readonly since: EpochMs | null;
}

/** State of a channel after a success. */
export const HEALTHY: FailingClock = { from: null, since: null };

/** Two failures at least this far apart … */
const APART_MS_MIN = 12 * HOUR_MS;
/** … and at most this far apart start the clock. */
const WITHIN_MS = 24 * HOUR_MS;

/** The clock after one more failure. `giveUp`: all attempts failed for CHANNEL_FAILING_MS_MAX since the clock started. */
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
