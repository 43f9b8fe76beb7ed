/** All consequences of one attempt: for its delivery, its channel, and the channel's pending deliveries. */
import { describe, expect, test } from 'vitest';
import { afterAttempt, type ChannelHealth, NEW_CHANNEL } from '../../../lib/deliver/after-attempt.ts';
import type { AttemptOutcome } from '../../../lib/deliver/retry.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 9, 20, 12);
const RATE = { everyMs: 1_000, burst: 3 };
const failed: AttemptOutcome = { kind: 'failed', status: 500, detail: 'HTTP 500', ambiguous: false };
const gone: AttemptOutcome = { kind: 'channel-gone', status: 410, detail: '' };
const delivered: AttemptOutcome = { kind: 'delivered', status: 200 };
const unsent: AttemptOutcome = { kind: 'unsent', status: null, detail: 'environment variable X is not set' };
const rejected: AttemptOutcome = { kind: 'rejected', status: 400, detail: '' };
const out: ChannelHealth = { ...NEW_CHANNEL, failures: 3, failing: { from: NOW - HOUR_MS, since: null } };
/** Failing for five days: one more failure disables it. */
const failing: ChannelHealth = { ...out, failing: { from: 1, since: NOW - 5 * 24 * HOUR_MS } };
const off: ChannelHealth = { ...NEW_CHANNEL, disabled: { why: 'HTTP 410', at: NOW - HOUR_MS } };

const effectsOf = (before: ChannelHealth, outcome: AttemptOutcome) =>
  afterAttempt(before, { outcome, wall: NOW, ageMs: 0, attempts: 2, rate: RATE, seed: 0.5 });

describe('the channel', () => {
  test.each([
    {
      name: 'a success on a healthy channel',
      before: NEW_CHANNEL,
      outcome: delivered,
      pending: 'unchanged',
      disabled: null,
      goOn: true,
    },
    {
      name: 'a success after an outage makes the rest due',
      before: out,
      outcome: delivered,
      pending: 'due',
      disabled: null,
      goOn: true,
    },
    {
      name: 'a failure is followed by a cooldown',
      before: NEW_CHANNEL,
      outcome: failed,
      pending: 'unchanged',
      disabled: null,
      goOn: false,
    },
    {
      name: 'a rejected message costs the channel nothing',
      before: NEW_CHANNEL,
      outcome: rejected,
      pending: 'unchanged',
      disabled: null,
      goOn: true,
    },
    {
      name: 'what was not sent is tried again',
      before: NEW_CHANNEL,
      outcome: unsent,
      pending: 'unchanged',
      disabled: null,
      goOn: false,
    },
    {
      name: 'a receiver that is gone disables it',
      before: NEW_CHANNEL,
      outcome: gone,
      pending: 'dead',
      disabled: 'HTTP 410',
      goOn: false,
    },
    {
      name: 'five days of failures disable it',
      before: failing,
      outcome: failed,
      pending: 'dead',
      disabled: 'every attempt failed for five days',
      goOn: false,
    },
    { name: 'it is disabled once', before: off, outcome: gone, pending: 'dead', disabled: null, goOn: false },
  ])('$name', ({ before, outcome, pending, disabled, goOn }) => {
    expect(effectsOf(before, outcome)).toMatchObject({ pending, disabled, goOn });
  });

  test('counts failures in a row, and forgets them after a success', () => {
    expect(effectsOf(out, failed).channel).toMatchObject({ failures: 4, failing: out.failing });
    expect(effectsOf(out, delivered).channel).toMatchObject({
      failures: 0,
      lastSuccess: NOW,
      failing: { from: null, since: null },
    });
  });

  test('waits for its rate when the burst is used up', () => {
    const busy = { ...NEW_CHANNEL, paced: NOW + 2_000 };
    expect(effectsOf(busy, delivered)).toMatchObject({
      goOn: false,
      channel: { cooldownUntil: NOW + 1_000 },
    });
  });
});

test.each([
  ['delivered', delivered, { attempts: 3, step: { kind: 'done' } }],
  ['rejected', rejected, { attempts: 3, step: { kind: 'dead', reason: 'rejected' } }],
  ['gone', gone, { attempts: 3, step: { kind: 'dead', reason: 'channel-gone' } }],
  ['failed', failed, { attempts: 3, step: { kind: 'retry', at: NOW + 30 * 60_000 } }],
  ['not sent: no attempt is used up', unsent, { attempts: 2, step: { kind: 'retry', at: NOW + 60_000 } }],
])('the delivery: %s', (_name, outcome, delivery) => {
  expect(effectsOf(NEW_CHANNEL, outcome).delivery).toEqual(delivery);
});
