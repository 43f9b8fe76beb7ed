/** Pace: every arm of an outcome, what publishers ask for, and the properties that keep a lookout polite. */

import { describe, expect, test } from 'vitest';
import { POLL_INTERVAL_MS_DEFAULT } from '../../../lib/model/defaults.ts';
import type { PaceHints } from '../../../lib/model/feed.ts';
import { BACKOFF_MS_MAX, POLL_FLOOR_MS, POLL_INTERVAL_MS_MAX } from '../../../lib/model/limits.ts';
import type { FreshnessHints, PollOutcome } from '../../../lib/poll/outcome.ts';
import { clampToClock, newPace, type Pace, paceAfter, wantsFullAnswer } from '../../../lib/poll/schedule.ts';
import fc from '../../property.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Thursday, 12:00 UTC. */
const NOW = Date.UTC(2026, 9, 15, 12);
const START = newPace('https://a.example.org/feed');
const SILENT: FreshnessHints = { freshForMs: null, retryAfterMs: null };
const NO_DOCUMENT: PaceHints = { ttlMs: null, syPeriodMs: null, skipHours: [], skipDays: [] };
const failed: PollOutcome = { kind: 'failed', reason: 'http', detail: 'HTTP 500' };

interface Case {
  readonly name: string;
  readonly outcome: PollOutcome;
  readonly pace?: Partial<Pace>;
  readonly headers?: Partial<FreshnessHints>;
  readonly document?: Partial<PaceHints> | null;
  readonly every?: number;
  readonly gap?: boolean;
  /** Wait from NOW in minutes; null: never again. */
  readonly minutes: number | null;
}

const CASES: Case[] = [
  { name: 'an unknown rhythm: the default', outcome: { kind: 'unchanged' }, minutes: 15 },
  { name: 'the owner says 5 minutes', outcome: { kind: 'unchanged' }, every: 5 * MINUTE, minutes: 5 },
  {
    name: 'max-age lengthens the owner’s wish',
    outcome: { kind: 'unchanged' },
    every: 5 * MINUTE,
    headers: { freshForMs: HOUR },
    minutes: 60,
  },
  {
    name: 'ttl lengthens it too',
    outcome: { kind: 'unchanged' },
    every: 5 * MINUTE,
    document: { ttlMs: 30 * MINUTE },
    minutes: 30,
  },
  {
    name: 'an absurd ttl is cut to a day',
    outcome: { kind: 'unchanged' },
    document: { ttlMs: 365 * 24 * HOUR },
    minutes: 1440,
  },
  {
    name: 'a short max-age never shortens',
    outcome: { kind: 'unchanged' },
    headers: { freshForMs: MINUTE },
    minutes: 15,
  },
  {
    name: 'skipHours: the first hour after',
    outcome: { kind: 'unchanged' },
    document: { skipHours: [12, 13] },
    minutes: 120,
  },
  {
    name: 'skipDays: midnight of the next day',
    outcome: { kind: 'unchanged' },
    document: { skipDays: [4] },
    minutes: 720,
  },
  {
    name: 'all hours skipped: a mistake, ignored',
    outcome: { kind: 'unchanged' },
    document: { skipHours: Array.from({ length: 24 }, (_, h) => h) },
    minutes: 15,
  },
  {
    name: 'a busy feed tends to the floor',
    outcome: { kind: 'unchanged' },
    pace: { rhythmMs: MINUTE, lastNew: NOW },
    minutes: 5,
  },
  {
    name: 'a dormant feed tends to the ceiling',
    outcome: { kind: 'unchanged' },
    pace: { rhythmMs: MINUTE, lastNew: NOW - 48 * HOUR },
    minutes: 60,
  },
  {
    name: 'one that never brought anything slows down too',
    outcome: { kind: 'unchanged' },
    pace: { lastNew: NOW - 8 * HOUR },
    minutes: 40,
  },
  { name: '429 without Retry-After: ten minutes', outcome: { kind: 'throttled' }, minutes: 10 },
  {
    name: 'the third 429 in a row has doubled twice',
    outcome: { kind: 'throttled' },
    pace: { failures: 2 },
    minutes: 40,
  },
  {
    name: '429 with Retry-After: just that',
    outcome: { kind: 'throttled' },
    headers: { retryAfterMs: 2 * HOUR },
    minutes: 120,
  },
  {
    name: '503 never brings the next poll forward',
    outcome: { kind: 'throttled' },
    every: 3 * HOUR,
    headers: { retryAfterMs: MINUTE },
    minutes: 180,
  },
  { name: 'a first failure: the floor', outcome: failed, minutes: 5 },
  { name: 'the fourth failure has doubled three times', outcome: failed, pace: { failures: 3 }, minutes: 40 },
  { name: 'the 2000th failure is still a day', outcome: failed, pace: { failures: 2000 }, minutes: 1440 },
  {
    name: 'a server error may carry Retry-After',
    outcome: failed,
    headers: { retryAfterMs: HOUR },
    minutes: 60,
  },
  { name: 'not asked this time: due at the next tick', outcome: { kind: 'deferred' }, minutes: 0 },
  { name: 'a gap: as soon as allowed', outcome: { kind: 'fresh', newEntries: 9 }, gap: true, minutes: 5 },
  {
    name: 'a 304 repeats what the document asked for',
    outcome: { kind: 'unchanged' },
    pace: { asked: { ...NO_DOCUMENT, ttlMs: 30 * MINUTE } },
    document: null,
    minutes: 30,
  },
  { name: '410 Gone: never again', outcome: { kind: 'gone' }, minutes: null },
];

function paceOf({ outcome, pace = {}, headers = {}, document = {}, every, gap }: Case, seed = 0): Pace {
  return paceAfter({ ...START, ...pace }, outcome, {
    hints: {
      headers: { ...SILENT, ...headers },
      document: document === null ? null : { ...NO_DOCUMENT, ...document },
    },
    limits: { everyMs: every ?? null, floorMs: POLL_FLOOR_MS },
    now: NOW,
    seed,
    gap: gap ?? false,
  });
}

describe('the pace after a poll', () => {
  test.each(CASES)('$name', (row) => {
    const next = paceOf(row);
    if (row.minutes === null) expect(next.state).toBe('gone');
    else expect((next.next - NOW) / MINUTE).toBe(row.minutes);
  });

  test('a success forgets failures', () => {
    expect(
      paceOf({ name: '', outcome: { kind: 'unchanged' }, pace: { failures: 7 }, minutes: 15 }).failures,
    ).toBe(0);
  });

  test('a feed learns its rhythm from new entries', () => {
    const first = paceAfter(START, { kind: 'fresh', newEntries: 3 }, context(NOW));
    const second = paceAfter(first, { kind: 'fresh', newEntries: 4 }, context(NOW + HOUR));
    expect([first.rhythmMs, second.rhythmMs]).toEqual([null, 15 * MINUTE]);
  });

  test('jitter adds up to a tenth and never takes away', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom(...CASES), (seed, row) => {
        const [plain, spread] = [paceOf(row), paceOf(row, seed)];
        expect(spread.next).toBeGreaterThanOrEqual(plain.next);
      }),
    );
  });

  test('no poll comes before the floor, and none is lost in the future', () => {
    const outcomes: PollOutcome[] = [
      { kind: 'fresh', newEntries: 9 },
      { kind: 'unchanged' },
      { kind: 'throttled' },
      failed,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...outcomes),
        fc.record({
          failures: fc.nat(3000),
          rhythmMs: fc.option(fc.nat(1e9)),
          lastNew: fc.option(fc.constant(NOW - HOUR)),
        }),
        fc.record({
          freshForMs: fc.option(fc.nat(86_400_000)),
          retryAfterMs: fc.option(fc.nat(604_800_000)),
        }),
        (outcome, pace, headers) => {
          const wait = paceOf({ name: '', outcome, pace, headers, minutes: 0 }).next - NOW;
          expect(wait).toBeGreaterThanOrEqual(POLL_FLOOR_MS);
          expect(wait).toBeLessThanOrEqual(Math.max(BACKOFF_MS_MAX, 604_800_000) * 1.1);
        },
      ),
    );
  });

  test('defaults stay between floor and ceiling', () => {
    expect(POLL_FLOOR_MS).toBeLessThan(POLL_INTERVAL_MS_DEFAULT);
    expect(POLL_INTERVAL_MS_DEFAULT).toBeLessThan(POLL_INTERVAL_MS_MAX);
  });
});

test('after eight days of nothing but 304, validators are left out once', () => {
  const first = paceOf({ name: '', outcome: { kind: 'unchanged' }, minutes: 15 });
  expect([wantsFullAnswer(first, NOW + 7 * 24 * HOUR), wantsFullAnswer(first, NOW + 8 * 24 * HOUR)]).toEqual([
    false,
    true,
  ]);
  const resent = paceOf({ name: '', outcome: { kind: 'unchanged', resent: true }, pace: first, minutes: 15 });
  expect(resent.unchangedSince).toBeNull();
});

describe('a clock that jumps', () => {
  const waiting: Pace = { ...START, next: NOW + HOUR, wait: HOUR };
  test('back by a day: the wait is clamped to its own length', () => {
    expect(clampToClock(waiting, NOW - 24 * HOUR).next).toBe(NOW - 23 * HOUR);
  });
  test('forward by a day: due at once', () => {
    expect(clampToClock(waiting, NOW + 24 * HOUR).next).toBeLessThan(NOW + 24 * HOUR);
  });
});

function context(now: number) {
  return {
    hints: { headers: SILENT, document: NO_DOCUMENT },
    limits: { everyMs: null, floorMs: POLL_FLOOR_MS },
    now,
    seed: 0,
    gap: false,
  };
}
