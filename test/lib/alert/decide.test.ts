/** From matches to events: what is told alone, what as a digest, and under which ids. */
import { describe, expect, test } from 'vitest';
import { isTooOld, type Matched, route } from '../../../lib/alert/decide.ts';
import { DIGEST_ALERTS_MAX, FLOOD_ALERTS_MAX, SUMMARY_UNITS_MAX } from '../../../lib/model/limits.ts';
import { testRule } from '../../fixtures/config.ts';

const NOW = Date.UTC(2024, 9, 18);
const HOUR = 3_600_000;

function matched(n: number, to: readonly string[] = ['desk'], summary = ''): Matched {
  const entry = {
    id: `e_${n}`,
    title: `title ${n}`,
    summary,
    content: '',
    url: null,
    lang: 'en',
    publisher: null,
    country: null,
    feed: 'f',
    authors: [],
    tags: [],
    published: NOW - n * HOUR,
  };
  const span = {
    field: 'summary' as const,
    start: SUMMARY_UNITS_MAX - 2,
    end: SUMMARY_UNITS_MAX + 2,
    term: 'x',
    concept: null,
  };
  return {
    rule: testRule('r', { notify: { to, on: ['first'] } }),
    entry,
    match: { rule: 'r', spans: [span], quantities: [], truncated: false },
  };
}
const many = (count: number): Matched[] => Array.from({ length: count }, (_, n) => matched(n));

describe('routing', () => {
  test('each alert to each channel of its rule, under ids of its own', () => {
    const events = route([matched(1, ['a', 'b']), matched(2, ['a'])], { digest: null, now: NOW });
    expect(events.map(({ channel, event }) => `${channel} ${event.type}`)).toEqual([
      'a alert.first',
      'b alert.first',
      'a alert.first',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });

  test('the same alert has the same id whenever it is made', () => {
    const [first] = route([matched(1)], { digest: null, now: NOW });
    const [again] = route([matched(1)], { digest: null, now: NOW + HOUR });
    expect(again?.id).toBe(first?.id);
  });

  test('ids hold no dot, as Standard Webhooks asks', () => {
    expect(route(many(50), { digest: null, now: NOW }).every(({ id }) => /^msg_[a-z0-9]{22}$/.test(id))).toBe(
      true,
    );
  });

  test('a small flood is told one by one, a large one as digests that name every entry', () => {
    expect(route(many(FLOOD_ALERTS_MAX), { digest: 'flood', now: NOW })).toHaveLength(FLOOD_ALERTS_MAX);
    const events = route(many(400), { digest: 'flood', now: NOW });
    expect(events).toHaveLength(Math.ceil(400 / DIGEST_ALERTS_MAX));
    const named = events.flatMap(({ event }) => (event.type === 'alert.digest' ? event.data.alerts : []));
    expect(new Set(named.map(({ story }) => story)).size).toBe(400);
  });

  test('a backfill is one digest: the first are listed, the rest is counted', () => {
    const [event, ...others] = route(many(DIGEST_ALERTS_MAX + 7), { digest: 'backfill', now: NOW });
    expect(others).toEqual([]);
    expect(event?.event.data).toMatchObject({ reason: 'backfill', omitted: 7 });
  });

  test('a backfill of nothing is nothing', () => {
    expect(route([], { digest: 'backfill', now: NOW })).toEqual([]);
  });

  test('a long summary is cut, and no span lies behind the cut', () => {
    const [event] = route([matched(1, ['desk'], 'x'.repeat(3000))], { digest: null, now: NOW });
    const [entry] = event?.event.type === 'alert.first' ? event.event.data.entries : [];
    expect([entry?.summary.length, entry?.spans]).toEqual([SUMMARY_UNITS_MAX, []]);
  });
});

describe('age when first seen', () => {
  test.each([
    ['undated', null, null, false],
    ['an hour', NOW - HOUR, null, false],
    ['a week and an hour', NOW - 169 * HOUR, null, true],
    ['an hour, where the rule wants half of one', NOW - HOUR, HOUR / 2, true],
    ['a month, where the rule takes a year', NOW - 720 * HOUR, 8760 * HOUR, false],
    ['in the future', NOW + HOUR, null, false],
  ])('%s', (_, published, maxAge, old) => {
    expect(isTooOld(published, maxAge, NOW)).toBe(old);
  });
});
