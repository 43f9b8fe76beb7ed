/** Claims: what is due, in which order, and what happens behind a tick that never came back. */
import { describe, expect, test } from 'vitest';
import { CLAIM_MS_MAX, POLL_FLOOR_MS, TICK_REQUESTS_MAX } from '../../../lib/model/limits.ts';
import { type ClaimOut, claimDue, type Paces } from '../../../lib/poll/claim.ts';
import { NEW_PACE } from '../../../lib/poll/schedule.ts';
import { testFeed } from '../../fixtures/config.ts';

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
    expect(paces['feed-0']).toMatchObject({ next: NOW + POLL_FLOOR_MS, claim: 'claim' });
  });

  test('of a second tick in the same minute gets nothing', () => {
    expect(claim(3, claim(3).paces).feeds).toEqual([]);
  });

  test('takes the longest due first', () => {
    const paces = { 'feed-0': { ...NEW_PACE, next: NOW - 1 }, 'feed-1': { ...NEW_PACE, next: NOW - 2 } };
    expect(claim(2, paces).feeds).toEqual(['feed-1', 'feed-0']);
  });

  test('leaves out what is paused, gone or not due', () => {
    const paces = { a: { ...NEW_PACE, next: NOW + 1, wait: 1 }, b: { ...NEW_PACE, gone: true } };
    const all = [testFeed('a'), testFeed('b'), { ...testFeed('c'), paused: true }, testFeed('d')];
    const context = { id: 'claim', now: NOW, floorMs: POLL_FLOOR_MS, before: null, cap: 40 };
    expect(claimDue(all, paces, context).feeds).toEqual(['d']);
  });

  test('forgets feeds that are no longer configured', () => {
    expect(Object.keys(claim(1, { old: NEW_PACE }).paces)).toEqual(['feed-0']);
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
    const paces = { 'feed-0': { ...NEW_PACE, failures: 0 } };
    const { paces: backedOff } = claim(1, paces, out(['feed-0'], CLAIM_MS_MAX), 1);
    expect(backedOff['feed-0']).toMatchObject({ failures: 1, next: NOW + 2 * POLL_FLOOR_MS });
  });
});
