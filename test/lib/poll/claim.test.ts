/** Claims: what is due, in which order, and what happens behind a tick that never came back. */
import { describe, expect, test } from 'vitest';
import { CLAIM_LATE_MS, CLAIM_MS_MAX, POLL_FLOOR_MS, TICK_REQUESTS_MAX } from '../../../lib/model/limits.ts';
import { type ClaimOut, claimDue, type Paces } from '../../../lib/poll/claim.ts';
import { newPace, type Pace } from '../../../lib/poll/schedule.ts';
import { testFeed } from '../../fixtures/config.ts';

/** Of a feed as `testFeed` configures it. */
const pace = (id: string, change: Partial<Pace>): Pace => ({ ...newPace(testFeed(id).url), ...change });
const NOW = 1_800_000_000_000;
const feeds = (count: number) => Array.from({ length: count }, (_, i) => testFeed(`feed-${i}`));
const claim = (count: number, paces: Paces = {}, before: ClaimOut | null = null, cap = TICK_REQUESTS_MAX) =>
  claimDue(feeds(count), paces, { id: 'claim', now: NOW, floorMs: POLL_FLOOR_MS, before, cap });

describe('a claim', () => {
  test('takes at most what a tick may ask', () => {
    expect(claim(100).feeds).toHaveLength(TICK_REQUESTS_MAX);
  });

  test('sets the next poll before anything is fetched', () => {
    const { paces } = claim(1);
    expect(paces['feed-0']).toMatchObject({ next: NOW + POLL_FLOOR_MS + CLAIM_LATE_MS, claim: 'claim' });
  });

  test('of a second tick in the same minute gets nothing', () => {
    expect(claim(3, claim(3).paces).feeds).toEqual([]);
  });

  test('takes the longest due first', () => {
    const paces = {
      'feed-0': pace('feed-0', { next: NOW - 1 }),
      'feed-1': pace('feed-1', { next: NOW - 2 }),
    };
    expect(claim(2, paces).feeds.map(({ id }) => id)).toEqual(['feed-1', 'feed-0']);
  });

  test('leaves out what is paused, gone or not due', () => {
    const paces = { a: pace('a', { next: NOW + 1, wait: 1 }), b: pace('b', { state: 'gone' }) };
    const all = [testFeed('a'), testFeed('b'), { ...testFeed('c'), paused: true }, testFeed('d')];
    const context = { id: 'claim', now: NOW, floorMs: POLL_FLOOR_MS, before: null, cap: 40 };
    expect(claimDue(all, paces, context).feeds.map(({ id }) => id)).toEqual(['d']);
  });

  test('forgets feeds that are no longer configured', () => {
    expect(Object.keys(claim(1, { old: pace('old', {}) }).paces)).toEqual(['feed-0']);
  });

  const out = (names: string[], age: number): ClaimOut => ({ id: 'lost', at: NOW - age, feeds: names });

  test('is halved behind one that never came back', () => {
    const lost = out(
      feeds(8).map(({ id }) => id),
      CLAIM_MS_MAX,
    );
    expect(claim(100, {}, lost, 8).feeds).toHaveLength(4);
  });

  test('is not halved while the last one may still be on its way', () => {
    expect(claim(100, {}, out(['feed-0'], CLAIM_MS_MAX - 1)).feeds).toHaveLength(TICK_REQUESTS_MAX);
  });

  test('of one: the feed that fails alone backs off', () => {
    const paces = { 'feed-0': pace('feed-0', {}) };
    const { paces: backedOff } = claim(1, paces, out(['feed-0'], CLAIM_MS_MAX), 1);
    expect(backedOff['feed-0']).toMatchObject({ failures: 1, next: NOW + 2 * POLL_FLOOR_MS + CLAIM_LATE_MS });
  });

  test('begins anew with another address, even after 410', () => {
    const paces = { a: { ...newPace('https://old.example.org/feed'), state: 'gone' as const } };
    const context = { id: 'claim', now: NOW, floorMs: POLL_FLOOR_MS, before: null, cap: 40 };
    expect(claimDue([testFeed('a')], paces, context).feeds).toEqual([
      { id: 'a', url: testFeed('a').url, full: false },
    ]);
  });

  test('asks at the address a feed has moved to for good', () => {
    const to = 'https://new.example.org/feed';
    const moved = { to, polls: 3, since: NOW, adopted: true };
    expect(claim(1, { 'feed-0': pace('feed-0', { moved }) }).feeds).toEqual([
      { id: 'feed-0', url: to, full: false },
    ]);
  });
});
