/** Warns when the feeds of a document ask for more polls than ticks can make; without the warning, alerts would be late. */

import type { DurationMs } from '../../model/flavor.ts';
import { TICK_MS, TICK_REQUESTS_MAX } from '../../model/limits.ts';
import { MINUTE_MS } from '../../model/time.ts';
import type { Fault } from '../../rule/problem.ts';

/** Most polls that ticks make in a minute; a redirect or a robots.txt takes one of them. */
const POLLS_PER_MINUTE = (TICK_REQUESTS_MAX * MINUTE_MS) / TICK_MS;

/**
 * @param every interval of each feed that sets `every`, in milliseconds
 * @returns null when ticks can make all polls
 */
export function tooManyPolls(every: readonly DurationMs[]): Fault | null {
  const asked = pollsPerMinute(every, 0);
  // Sums of fractions may differ from a whole number by some billionths.
  if (asked <= POLLS_PER_MINUTE * (1 + 1e-9)) return null;
  const shortest = every.reduce((least, each) => Math.min(least, each));
  const round = rounded((shortest + lateness(every)) / MINUTE_MS);
  return {
    level: 'warning',
    code: 'W_TOO_MANY_POLLS',
    message: `${every.length} feeds with every: need ${rounded(asked)} polls a minute, but at most ${POLLS_PER_MINUTE} are made: a feed with every: ${written(shortest)} will be polled every ${round} minutes`,
    hint: 'set a longer every: for some feeds, or remove feeds',
  };
}

/**
 * How late each feed is polled, in milliseconds. The feed that is longest overdue is polled first, so all feeds are equally
 * late: by the time at which the polls needed equal the polls made.
 */
function lateness(every: readonly DurationMs[]): DurationMs {
  let [low, high] = [0, (every.length / POLLS_PER_MINUTE) * MINUTE_MS];
  // 32 halvings bring the longest possible configuration below a second.
  for (let step = 0; step < 32; step++) {
    const middle = (low + high) / 2;
    if (pollsPerMinute(every, middle) > POLLS_PER_MINUTE) low = middle;
    else high = middle;
  }
  return high;
}

/** @param lateMs added to each interval */
function pollsPerMinute(every: readonly DurationMs[], lateMs: DurationMs): number {
  return every.reduce((sum, each) => sum + MINUTE_MS / (each + lateMs), 0);
}

/** Rounded up to a tenth: "40 are needed, 40 are made" would explain nothing. */
const rounded = (value: number): number => Math.ceil(value * 10 - 1e-6) / 10;

function written(ms: DurationMs): string {
  return ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS}m` : `${ms / 1_000}s`;
}
