/** Events of the wire: ids that stay, digests that name everything. */
import { describe, expect, test } from 'vitest';
import { alertEntry } from '../../../lib/alert/compose.ts';
import { digestEvents, singleEvent } from '../../../lib/alert/event.ts';
import type { Alert } from '../../../lib/model/alert.ts';
import { DIGEST_ALERTS_MAX, SUMMARY_UNITS_MAX } from '../../../lib/model/limits.ts';
import { testAlert } from '../../fixtures/event.ts';

const NOW = Date.UTC(2024, 9, 18);
const HOUR = 3_600_000;
const of = (story: string, change: Partial<Alert> = {}): Alert => ({ ...testAlert(), story, ...change });
const many = (count: number): Alert[] => Array.from({ length: count }, (_, n) => of(`s_${n}`));

describe('an alert alone', () => {
  test('has the same id whenever it is made, and another on each channel', () => {
    const id = singleEvent(of('s_1'), 'a', NOW).id;
    expect(singleEvent(of('s_1'), 'a', NOW + HOUR).id).toBe(id);
    expect(singleEvent(of('s_1'), 'b', NOW).id).not.toBe(id);
    expect(singleEvent(of('s_1', { development: 'confirmed' }), 'a', NOW).id).not.toBe(id);
  });

  test('a story has several figures and languages, each with an id of its own', () => {
    const figure = (entry: string) =>
      of('s_1', { development: 'figure', entries: testAlert({ id: entry }).entries });
    expect(singleEvent(figure('e_1'), 'a', NOW).id).not.toBe(singleEvent(figure('e_2'), 'a', NOW).id);
  });

  test('ids hold no dot, as Standard Webhooks asks', () => {
    expect(many(50).every((alert) => /^msg_[a-z0-9]{22}$/.test(singleEvent(alert, 'a', NOW).id))).toBe(true);
  });
});

describe('a digest', () => {
  const digest = (alerts: readonly Alert[], reason: 'flood' | 'backfill') =>
    digestEvents(alerts, { channel: 'a', reason, now: NOW }).map(({ event }) =>
      event.type === 'alert.digest' ? event.data : null,
    );

  test('of a flood takes as many messages as name every entry', () => {
    const parts = digest(many(400), 'flood');
    expect(parts).toHaveLength(Math.ceil(400 / DIGEST_ALERTS_MAX));
    expect(new Set(parts.flatMap((part) => part?.alerts.map(({ story }) => story))).size).toBe(400);
  });

  test('of a backfill is one message: the first are listed, the rest is counted', () => {
    const parts = digest(many(DIGEST_ALERTS_MAX + 7), 'backfill');
    expect(parts.map((part) => [part?.alerts.length, part?.omitted])).toEqual([[DIGEST_ALERTS_MAX, 7]]);
  });

  test('of nothing is nothing', () => {
    expect(digest([], 'backfill')).toEqual([]);
  });
});

test('a long summary is cut, and no span lies behind the cut', () => {
  const entry = {
    id: 'e_1',
    title: 'title',
    summary: 'x'.repeat(3_000),
    content: '',
    url: null,
    lang: 'en',
    publisher: null,
    country: null,
    feed: 'f',
    authors: [],
    tags: [],
    published: NOW,
  };
  const span = {
    field: 'summary' as const,
    start: SUMMARY_UNITS_MAX - 2,
    end: SUMMARY_UNITS_MAX + 2,
    term: 'x',
    concept: null,
  };
  const match = { rule: 'r', spans: [span], quantities: [], truncated: false };
  const told = alertEntry(entry, { match, grade: null, names: new Map() });
  expect([told.summary.length, told.spans]).toEqual([SUMMARY_UNITS_MAX, []]);
});
