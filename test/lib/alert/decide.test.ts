/** What is told at once, what waits and until when, what is not told. */
import { describe, expect, test } from 'vitest';
import { decide, isTooOld } from '../../../lib/alert/decide.ts';
import { readDigestTimes, readQuietHours } from '../../../lib/config/schema/hours.ts';
import { testNotify, testRule } from '../../fixtures/config.ts';

const NOW = Date.UTC(2024, 9, 18, 22, 30);
const HOUR = 3_600_000;
const free = { now: NOW, sent: 0, muted: null };

describe('a development', () => {
  test.each([
    { name: 'that is asked for is sent', notify: testNotify(), expected: { kind: 'send' } },
    {
      name: 'that is not asked for',
      notify: testNotify({ on: ['figure'] }),
      expected: { kind: 'not-asked' },
    },
    { name: 'of a rule that tells nobody', notify: testNotify({ to: [] }), expected: { kind: 'not-asked' } },
    {
      name: 'in quiet hours waits for their end',
      notify: testNotify({ quiet: readQuietHours('22:00-06:00') }),
      expected: { kind: 'queue', reason: 'quiet', until: Date.UTC(2024, 9, 19, 6) },
    },
    {
      name: 'waits for its digest, quiet hours or not',
      notify: testNotify({ quiet: readQuietHours('22:00-06:00'), digest: readDigestTimes('daily 08:00') }),
      expected: { kind: 'queue', reason: 'digest', until: Date.UTC(2024, 9, 19, 8) },
    },
    {
      name: 'waits for others of its group',
      notify: testNotify({ groupWaitMs: HOUR }),
      expected: { kind: 'queue', reason: 'group', until: NOW + HOUR },
    },
  ])('$name', ({ notify, expected }) => {
    expect(decide('first', testRule('floods', { notify }), free)).toEqual(expected);
  });

  test('beyond the budget of its hour waits for the next', () => {
    const notify = testNotify({ perHour: 3 });
    expect(decide('first', testRule('floods', { notify }), { ...free, sent: 2 })).toEqual({ kind: 'send' });
    const until = Date.UTC(2024, 9, 18, 23);
    expect(decide('first', testRule('floods', { notify }), { ...free, sent: 3 })).toEqual({
      kind: 'queue',
      reason: 'budget',
      until,
    });
  });

  test('that somebody muted is not told', () => {
    expect(decide('first', testRule('floods'), { ...free, muted: 'story' })).toEqual({
      kind: 'muted',
      by: 'story',
    });
  });

  test.each(['first', 'confirmed', 'repeat'] as const)(
    '%s of a rule in test mode is recorded, nothing is sent',
    (kind) => {
      const notify = testNotify({ on: ['first', 'confirmed'], digest: readDigestTimes('daily 08:00') });
      const rule = testRule('floods', { notify, testMode: true });
      expect(decide(kind, rule, free)).toEqual({ kind: 'test-mode' });
      expect(decide(kind, rule, { ...free, muted: 'rule' })).toEqual({ kind: 'muted', by: 'rule' });
      expect(decide(kind, { ...rule, notify: testNotify({ to: [] }) }, free)).toEqual({ kind: 'not-asked' });
    },
  );

  test('repeated needs no word in `on`', () => {
    expect(decide('repeat', testRule('floods', { notify: testNotify({ on: [] }) }), free)).toEqual({
      kind: 'send',
    });
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
