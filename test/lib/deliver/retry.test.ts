/** What answers of receivers mean and when to try again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAYLOADS } from '../../../lib/deliver/payload/table.ts';
import { channelRest, fateAfter, outcomeOfStatus, RETRY_GAPS_MS } from '../../../lib/deliver/retry.ts';

const NOW = 1_800_000_000_000;

const STATUSES: [
  kind: keyof typeof PAYLOADS,
  status: number,
  retryAfterMs: number | null,
  outcome: string,
][] = [
  ['webhook', 200, null, 'delivered'],
  ['webhook', 204, null, 'delivered'],
  ['webhook', 301, null, 'failed'],
  ['webhook', 400, null, 'failed'],
  ['webhook', 404, null, 'failed'],
  ['webhook', 410, null, 'channel-gone'],
  ['webhook', 429, null, 'throttled'],
  ['webhook', 500, null, 'failed'],
  ['webhook', 503, null, 'failed'],
  ['webhook', 503, 5_000, 'throttled'],
  ['slack', 200, null, 'delivered'],
  ['slack', 400, null, 'rejected'],
  ['slack', 404, null, 'channel-gone'],
  ['slack', 410, null, 'channel-gone'],
  ['slack', 500, null, 'failed'],
  ['discord', 204, null, 'delivered'],
  ['discord', 400, null, 'rejected'],
  ['discord', 401, null, 'channel-gone'],
  ['discord', 404, null, 'channel-gone'],
  ['discord', 429, 1_500, 'throttled'],
];

test.each(STATUSES)('%s answers %i (Retry-After %s ms): %s', (kind, status, retryAfterMs, outcome) => {
  const { statuses: rules } = PAYLOADS[kind];
  expect(outcomeOfStatus(status, { rules, detail: '', retryAfterMs }).kind).toBe(outcome);
});

describe('the retry schedule', () => {
  const failed = { kind: 'failed', status: 500, detail: '', ambiguous: false } as const;

  test('spans 75 h 35 m 5 s over ten attempts', () => {
    const sum = RETRY_GAPS_MS.reduce((total, gap) => total + gap, 0);
    expect([RETRY_GAPS_MS.length + 1, sum / 60_000]).toEqual([10, 75 * 60 + 35 + 5 / 60]);
  });

  test('ends after the tenth attempt in a dead letter', () => {
    expect(fateAfter(failed, 10, NOW, 0.5)).toEqual({ kind: 'dead', reason: 'attempts-used-up' });
  });

  test('keeps each gap within 20 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, seed) => {
          const fate = fateAfter(failed, attempts, NOW, seed);
          const gap = RETRY_GAPS_MS[attempts - 1] ?? 0;
          expect(fate.kind === 'retry' && Math.abs(fate.at - NOW - gap) <= gap * 0.2 + 1).toBe(true);
        },
      ),
    );
  });

  test('waits as long as a throttling receiver asks', () => {
    const fate = fateAfter({ kind: 'throttled', status: 429, retryAfterMs: 900_000 }, 1, NOW, 0.5);
    expect(fate).toEqual({ kind: 'retry', at: NOW + 900_000 });
  });

  test('a failing channel is probed at least once a minute', () => {
    expect([1, 2, 7, 5000].map((failures) => channelRest(failed, failures))).toEqual([
      1_000, 2_000, 60_000, 60_000,
    ]);
  });
});
