/** Whether the feeds of a document ask for more polls than ticks can make: nobody else tells that alerts come late. */

import type { DurationMs } from '../../model/flavor.ts';
import { TICK_MS, TICK_REQUESTS_MAX } from '../../model/limits.ts';
import { MINUTE_MS } from '../../model/time.ts';
import type { Fault } from '../../rule/problem.ts';

/** Polls that ticks make in a minute, at most: a redirect or a robots.txt takes one away. */
const POLLS_PER_MINUTE = (TICK_REQUESTS_MAX * MINUTE_MS) / TICK_MS;

/** @param every time between two polls of each feed that names one. @returns null: ticks can make them all */
export function tooManyPolls(every: readonly DurationMs[]): Fault | null {
  const asked = pollsPerMinute(every, 0);
  // A sum of many fractions may miss a whole number by some billionths.
  if (asked <= POLLS_PER_MINUTE * (1 + 1e-9)) return null;
  const shortest = every.reduce((least, each) => Math.min(least, each));
  const round = rounded((shortest + lateness(every)) / MINUTE_MS);
  return {
    level: 'warning',
    code: 'W_TOO_MANY_POLLS',
    message: `${every.length} feeds with every: ask for ${rounded(asked)} polls a minute, ${POLLS_PER_MINUTE} are made: one with every: ${written(shortest)} is polled every ${round} minutes`,
    hint: 'a longer every: for some of them, or fewer feeds',
  };
}

/** Longest due goes first, so every feed waits as long beyond its own time: until the polls are as many as ticks make. */
function lateness(every: readonly DurationMs[]): DurationMs {
  let [low, high] = [0, (every.length / POLLS_PER_MINUTE) * MINUTE_MS];
  // Halved to under a second from the longest configuration that may be.
  for (let step = 0; step < 32; step++) {
    const middle = (low + high) / 2;
    if (pollsPerMinute(every, middle) > POLLS_PER_MINUTE) low = middle;
    else high = middle;
  }
  return high;
}

function pollsPerMinute(every: readonly DurationMs[], lateMs: DurationMs): number {
  return every.reduce((sum, each) => sum + MINUTE_MS / (each + lateMs), 0);
}

/** Up to the next tenth: "40 are asked, 40 are made" would be no reason. */
const rounded = (value: number): number => Math.ceil(value * 10 - 1e-6) / 10;

function written(ms: DurationMs): string {
  return ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS}m` : `${ms / 1_000}s`;
}
