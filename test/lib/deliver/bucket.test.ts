/** A channel's pace and the clock that gives it up, minute by minute. */

import { describe, expect, test } from 'vitest';
import { pacedAfter, waitBefore } from '../../../lib/deliver/bucket.ts';
import { type FailingClock, failedAgain, HEALTHY } from '../../../lib/deliver/failing.ts';
import { RETRY_GAPS_MS } from '../../../lib/deliver/retry.ts';
import fc from '../../property.ts';

const NOW = 1_800_000_000_000;

describe('the bucket', () => {
  test('lets a burst through, then one at a time', () => {
    const rate = { everyMs: 1_000, burst: 3 };
    let full = 0;
    const waits = [0, 0, 0, 0, 1_000, 1_000].map((passed, at) => {
      const now = NOW + (at < 4 ? 0 : (at - 3) * passed);
      const wait = waitBefore(full, rate, now);
      if (wait === 0) full = pacedAfter(full, rate, now).full;
      return wait;
    });
    expect(waits).toEqual([0, 0, 0, 1_000, 0, 0]);
  });

  test('never more than burst + elapsed / every in any stretch of time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.nat(3_000), { minLength: 1, maxLength: 200 }),
        (everyMs, burst, steps) => {
          const sent: number[] = [];
          let full = 0;
          let now = NOW;
          for (const step of steps) {
            now += step;
            if (waitBefore(full, { everyMs, burst }, now) > 0) continue;
            full = pacedAfter(full, { everyMs, burst }, now).full;
            sent.push(now);
          }
          sent.forEach((from, first) => {
            for (let last = first; last < sent.length; last++)
              expect(last - first + 1).toBeLessThanOrEqual(
                burst + Math.floor((sent[last]! - from) / everyMs),
              );
          });
        },
      ),
    );
  });

  test('the wait that is told is the wait that is needed', () => {
    const rate = { everyMs: 2_000, burst: 2 };
    const first = pacedAfter(0, rate, NOW);
    const second = pacedAfter(first.full, rate, NOW);
    expect([first.waitMs, second.waitMs]).toEqual([0, 2_000]);
    expect(waitBefore(second.full, rate, NOW + second.waitMs)).toBe(0);
    expect(waitBefore(second.full, rate, NOW + second.waitMs - 1)).toBe(1);
  });
});

describe('giving a channel up', () => {
  const HOUR = 3_600_000;
  /** Hours at which attempts fail → the hour of giving up; null: never. */
  const CASES: [name: string, hours: readonly number[], givenUp: number | null][] = [
    ['a bad night', [0, 1, 2, 8], null],
    ['one failure a day apart each: the clock never starts', [0, 30, 60, 90, 120, 150, 180, 210, 240], null],
    ['failures 12 h apart start the clock; five days later it is over', [0, 12, 50, 100, 131, 132, 140], 132],
    [
      'one delivery’s own schedule starts it, the next ones end it',
      [0, 0.1, 0.6, 2.6, 7.6, 17.6, 31.6, 51.6, 75.6, 100, 137, 138],
      138,
    ],
  ];
  test.each(CASES)('%s', (_, hours, givenUp) => {
    let clock: FailingClock = HEALTHY;
    let at: number | null = null;
    for (const hour of hours) {
      const next = failedAgain(clock, NOW + hour * HOUR);
      clock = next.clock;
      if (next.giveUp && at === null) at = hour;
    }
    expect(at).toBe(givenUp);
  });

  test('ten attempts of one delivery alone do not disable its channel', () => {
    let clock: FailingClock = HEALTHY;
    let now = NOW;
    for (const gap of [0, ...RETRY_GAPS_MS]) {
      now += gap;
      const next = failedAgain(clock, now);
      clock = next.clock;
      expect(next.giveUp).toBe(false);
    }
  });
});
