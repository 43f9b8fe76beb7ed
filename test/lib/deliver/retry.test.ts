/** What answers of receivers mean and when to try again. */

import { describe, expect, test } from 'vitest';
import { channelCooldown, isCounted, nextStep, RETRY_GAPS_MS } from '../../../lib/deliver/retry.ts';
import { type PostedKind, payloadOf, testChannel } from '../../fixtures/channels.ts';
import fc from '../../property.ts';

const NOW = 1_800_000_000_000;

interface Said {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const gone = (code: number) => ({ body: JSON.stringify({ message: 'x', code }) });
const ok = { body: 'ok' };

const ANSWERS: [kind: PostedKind, status: number, said: Said, outcome: string, waitMs?: number][] = [
  ['webhook', 200, {}, 'delivered'],
  ['webhook', 204, {}, 'delivered'],
  ['webhook', 301, {}, 'failed'],
  ['webhook', 400, {}, 'failed'],
  ['webhook', 404, {}, 'failed'],
  ['webhook', 410, {}, 'channel-gone'],
  ['webhook', 415, {}, 'rejected'],
  ['webhook', 429, {}, 'throttled'],
  ['webhook', 429, { headers: { 'retry-after': '120' } }, 'throttled', 120_000],
  ['webhook', 429, { headers: { 'retry-after': '0' } }, 'throttled', 1_000],
  ['webhook', 429, { headers: { 'retry-after': '1.5' } }, 'throttled', 1_500],
  ['webhook', 429, { headers: { 'retry-after': '999999999' } }, 'throttled', 86_400_000],
  ['webhook', 429, { headers: { 'retry-after': new Date(NOW + 90_000).toUTCString() } }, 'throttled', 90_000],
  ['webhook', 429, { headers: { 'retry-after': new Date(NOW - 90_000).toUTCString() } }, 'throttled', 1_000],
  ['webhook', 429, { headers: { 'retry-after': 'soon' } }, 'throttled'],
  ['webhook', 500, {}, 'failed'],
  ['webhook', 502, { headers: { 'retry-after': '7' } }, 'throttled', 7_000],
  ['webhook', 503, {}, 'failed'],
  ['webhook', 503, { headers: { 'retry-after': '5' } }, 'throttled', 5_000],
  ['webhook', 504, { headers: { 'retry-after': '9' } }, 'throttled', 9_000],
  ['slack', 200, ok, 'delivered'],
  ['slack', 200, { body: '<html>captive portal</html>' }, 'failed'],
  ['slack', 400, { body: 'invalid_payload' }, 'rejected'],
  ['slack', 403, { body: 'action_prohibited' }, 'channel-gone'],
  ['slack', 404, { body: 'no_service' }, 'channel-gone'],
  ['slack', 410, { body: 'channel_is_archived' }, 'channel-gone'],
  ['slack', 429, { headers: { 'retry-after': '30' } }, 'throttled', 30_000],
  ['slack', 500, { body: 'rollup_error' }, 'failed'],
  ['discord', 204, {}, 'delivered'],
  [
    'discord',
    200,
    { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1.25' } },
    'delivered',
    1_250,
  ],
  [
    'discord',
    200,
    { headers: { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset-after': '1.25' } },
    'delivered',
  ],
  ['discord', 400, gone(50_035), 'rejected'],
  ['discord', 401, gone(50_027), 'channel-gone'],
  ['discord', 403, {}, 'channel-gone'],
  ['discord', 404, gone(10_015), 'channel-gone'],
  ['discord', 429, { body: '{"message":"x","retry_after":0.65,"global":false}' }, 'throttled', 1_000],
  [
    'discord',
    429,
    { body: '{"retry_after":64.57,"global":true}', headers: { 'retry-after': '65' } },
    'throttled',
    65_000,
  ],
  ['teams', 202, {}, 'delivered'],
  ['teams', 400, { body: '{"error":{"code":"WorkflowTriggerIsNotEnabled"}}' }, 'channel-gone'],
  ['teams', 400, { body: '{"error":{"code":"TriggerInputSchemaMismatch"}}' }, 'rejected'],
  ['teams', 401, {}, 'channel-gone'],
  ['teams', 404, { body: '{"error":{"code":"WorkflowNotFound"}}' }, 'channel-gone'],
  ['teams', 429, {}, 'throttled'],
  ['telegram', 200, { body: '{"ok":true,"result":{}}' }, 'delivered'],
  ['telegram', 200, { body: '<html>' }, 'failed'],
  ['telegram', 400, { body: '{"ok":false,"description":"Bad Request: message is too long"}' }, 'rejected'],
  ['telegram', 400, { body: '{"ok":false,"description":"Bad Request: chat not found"}' }, 'channel-gone'],
  [
    'telegram',
    403,
    { body: '{"ok":false,"description":"Forbidden: bot was blocked by the user"}' },
    'channel-gone',
  ],
  ['telegram', 404, { body: '{"ok":false,"description":"Not Found"}' }, 'channel-gone'],
  ['telegram', 429, { body: '{"ok":false,"parameters":{"retry_after":33}}' }, 'throttled', 33_000],
  ['ntfy', 200, { body: '{"id":"a","event":"message"}' }, 'delivered'],
  ['ntfy', 200, { body: '<html>' }, 'failed'],
  ['ntfy', 403, { body: '{"code":40301}' }, 'channel-gone'],
  ['ntfy', 413, { body: '{"code":41301}' }, 'rejected'],
  ['ntfy', 429, { body: '{"code":42901}' }, 'throttled'],
  ['ntfy', 429, { body: '{"code":42908}' }, 'throttled', 3_600_000],
  ['ntfy', 507, {}, 'failed'],
  ['mattermost', 200, ok, 'delivered'],
  ['mattermost', 200, { body: 'hello' }, 'failed'],
  ['mattermost', 400, { body: '{"id":"web.incoming_webhook.invalid.app_error"}' }, 'channel-gone'],
  ['mattermost', 400, { body: '{"id":"api.post.create_post.app_error"}' }, 'rejected'],
  ['mattermost', 500, {}, 'failed'],
  ['googlechat', 200, { body: '{"name":"spaces/A/messages/B"}' }, 'delivered'],
  ['googlechat', 400, {}, 'rejected'],
  ['googlechat', 404, {}, 'channel-gone'],
  ['googlechat', 429, {}, 'throttled'],
  ['matrix', 200, { body: '{"event_id":"$a"}' }, 'delivered'],
  ['matrix', 200, { body: '{}' }, 'failed'],
  ['matrix', 401, { body: '{"errcode":"M_UNKNOWN_TOKEN"}' }, 'channel-gone'],
  ['matrix', 403, { body: '{"errcode":"M_FORBIDDEN"}' }, 'channel-gone'],
  ['matrix', 413, { body: '{"errcode":"M_TOO_LARGE"}' }, 'rejected'],
  ['matrix', 429, { body: '{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2500}' }, 'throttled', 2_500],
  ['pagerduty', 202, { body: '{"status":"success","dedup_key":"s_1"}' }, 'delivered'],
  ['pagerduty', 200, { body: '<html>' }, 'failed'],
  ['pagerduty', 400, { body: '{"errors":["\'routing_key\' is invalid"]}' }, 'channel-gone'],
  ['pagerduty', 400, { body: '{"errors":["\'payload.summary\' is missing or blank"]}' }, 'rejected'],
  ['pagerduty', 429, {}, 'throttled'],
  ['pagerduty', 500, {}, 'failed'],
  ['alertmanager', 200, {}, 'delivered'],
  ['alertmanager', 400, {}, 'rejected'],
  ['alertmanager', 404, {}, 'channel-gone'],
  ['alertmanager', 503, {}, 'failed'],
  ['apprise', 200, { body: '{"error":null,"details":[]}' }, 'delivered'],
  ['apprise', 200, { body: '2026-01-01 12:00:00,000 - INFO - Sent' }, 'delivered'],
  ['apprise', 200, { body: '<html>' }, 'failed'],
  ['apprise', 204, {}, 'channel-gone'],
  ['apprise', 400, { body: '{"error":"Payload lacks minimum requirements"}' }, 'rejected'],
  ['apprise', 403, {}, 'channel-gone'],
  ['apprise', 405, {}, 'channel-gone'],
  ['apprise', 424, { body: '{"error":"One or more notification could not be sent"}' }, 'failed'],
  ['apprise', 431, {}, 'rejected'],
  ['apprise', 500, {}, 'failed'],
  ['apprise', 503, { headers: { 'retry-after': '2' } }, 'throttled', 2_000],
  ['email', 200, { body: '{"id":"a"}' }, 'delivered'],
  ['email', 200, { body: '{"ErrorCode":0}' }, 'delivered'],
  ['email', 200, { body: '{"ErrorCode":406}' }, 'rejected'],
  ['email', 401, {}, 'channel-gone'],
  ['email', 422, {}, 'rejected'],
  ['email', 429, { headers: { 'retry-after': '2' } }, 'throttled', 2_000],
];

test.each(ANSWERS)('%s: %i %j is %s', (kind, status, { body = '', headers = {} }, outcome, waitMs) => {
  const header = (name: string): string | null => headers[name] ?? null;
  const judged = payloadOf(testChannel(kind)).outcome({ status, body, header, now: NOW });
  expect(judged.kind).toBe(outcome);
  const wait =
    judged.kind === 'throttled'
      ? judged.retryAfterMs
      : judged.kind === 'delivered'
        ? judged.cooldownMs
        : null;
  expect(wait ?? null).toBe(waitMs ?? null);
});

describe('the retry schedule', () => {
  const failed = { kind: 'failed', status: 500, detail: '', ambiguous: false } as const;

  test('spans 75 h 35 m 5 s over ten attempts', () => {
    const sum = RETRY_GAPS_MS.reduce((total, gap) => total + gap, 0);
    expect([RETRY_GAPS_MS.length + 1, sum / 60_000]).toEqual([10, 75 * 60 + 35 + 5 / 60]);
  });

  test('ends after the tenth attempt in a dead letter', () => {
    expect(nextStep(failed, { attempts: 10, ageMs: 0 }, NOW, 0.5)).toEqual({
      kind: 'dead',
      reason: 'attempts-used-up',
    });
  });

  test('keeps each gap within 20 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, seed) => {
          const fate = nextStep(failed, { attempts, ageMs: 0 }, NOW, seed);
          const gap = RETRY_GAPS_MS[attempts - 1] ?? 0;
          expect(fate.kind === 'retry' && Math.abs(fate.at - NOW - gap) <= gap * 0.2 + 1).toBe(true);
        },
      ),
    );
  });

  const throttled = (retryAfterMs: number | null) =>
    ({ kind: 'throttled', status: 429, retryAfterMs }) as const;
  const HOUR = 3_600_000;

  test.each([
    [1_000, 0, 0, 1_000],
    [1_000, 0.5, 4, 1_050],
    [900_000, 0.5, 0, 930_000],
    [900_000, 0, 9, 900_000],
    [86_400_000, 0.5, 9, 86_430_000],
  ])('comes back when a throttling receiver asks: %i ms', (asked, seed, attempts, waitMs) => {
    const outcome = throttled(asked);
    expect(isCounted(outcome, 0)).toBe(false);
    expect(nextStep(outcome, { attempts, ageMs: 75 * HOUR }, NOW, seed)).toEqual({
      kind: 'retry',
      at: NOW + waitMs,
    });
  });

  test('throttled for longer than all attempts take, or without a word on when: an attempt like others', () => {
    expect([isCounted(throttled(1_000), 76 * HOUR), isCounted(throttled(null), 0)]).toEqual([true, true]);
    expect(nextStep(throttled(1_000), { attempts: 2, ageMs: 76 * HOUR }, NOW, 0.5)).toEqual({
      kind: 'retry',
      at: NOW + 300_000,
    });
    expect(nextStep(throttled(1_000), { attempts: 10, ageMs: 76 * HOUR }, NOW, 0.5).kind).toBe('dead');
    expect(nextStep(throttled(null), { attempts: 2, ageMs: 0 }, NOW, 0.5)).toEqual({
      kind: 'retry',
      at: NOW + 300_000,
    });
  });

  test('a channel that is throttled at every call is asked ever more seldom', () => {
    expect([1, 5, 6, 8, 5000].map((failures) => channelCooldown(throttled(1_000), failures))).toEqual([
      1_000, 1_000, 1_000, 4_000, 60_000,
    ]);
    expect(channelCooldown(throttled(900_000), 5000)).toBe(900_000);
  });

  test('a failing channel is probed at least once a minute', () => {
    expect([1, 2, 7, 5000].map((failures) => channelCooldown(failed, failures))).toEqual([
      1_000, 2_000, 60_000, 60_000,
    ]);
  });
});
