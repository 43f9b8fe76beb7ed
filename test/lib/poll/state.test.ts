/** States of a feed over sequences of polls: each transition once, and no flapping. */
import { expect, test } from 'vitest';
import { movedAfter, permanentTarget } from '../../../lib/poll/moved.ts';
import type { PollOutcome } from '../../../lib/poll/outcome.ts';
import { newPace, paceAfter } from '../../../lib/poll/schedule.ts';
import type { FeedState } from '../../../lib/poll/state.ts';

const DAY = 86_400_000;
const NOW = 20_000 * DAY;
const OUTCOMES: Record<string, PollOutcome> = {
  n: { kind: 'fresh', newEntries: 1 },
  u: { kind: 'unchanged' },
  t: { kind: 'throttled' },
  f: { kind: 'failed', reason: 'http', detail: 'HTTP 500' },
  h: { kind: 'failed', reason: 'not-a-feed', detail: 'an HTML page' },
  c: { kind: 'failed', reason: 'truncated', detail: '' },
  g: { kind: 'gone' },
};

/** Polls six hours apart, one letter each. @returns the transitions */
function transitions(polls: string): FeedState[] {
  let pace = newPace('https://a.example.org/feed');
  const states: FeedState[] = [];
  [...polls].forEach((letter, i) => {
    const next = paceAfter(pace, OUTCOMES[letter] ?? { kind: 'deferred' }, {
      hints: { headers: { freshForMs: null, retryAfterMs: null }, document: null },
      limits: { everyMs: null, floorMs: 300_000 },
      now: NOW + (i * DAY) / 4,
      seed: 0,
      gap: false,
    });
    if (next.state !== pace.state) states.push(next.state);
    pace = next;
  });
  return states;
}

test.each<[string, string, FeedState[]]>([
  ['a good feed is told of once', 'nunuun', ['ok']],
  ['two failures are weather', 'nffu', ['ok']],
  ['three are a state', 'nfffff', ['ok', 'failing']],
  ['it is over after two good polls', 'nfffnn', ['ok', 'failing', 'ok']],
  ['one good poll among failures ends nothing', 'nfffnfffnfff', ['ok', 'failing']],
  ['good and bad by turns: nothing is told', 'nfnfnfnfnf', ['ok']],
  ['an HTML page three times: suspect', 'nhhh', ['ok', 'suspect']],
  ['documents that break off: suspect', 'nccc', ['ok', 'suspect']],
  ['429 twice: slow', 'nttttnn', ['ok', 'slow', 'ok']],
  ['nothing new for a week: stale, until something is', `n${'u'.repeat(40)}n`, ['ok', 'stale', 'ok']],
  ['410 at once', 'ng', ['ok', 'gone']],
  ['never read', 'fff', ['failing']],
])('%s', (_, polls, states) => {
  expect(transitions(polls)).toEqual(states);
});

const hop = (status: number, url = 'https://a.example.org/feed') => ({ status, url });
test.each([
  ['no redirect', [], null],
  ['301', [hop(301)], 'https://b.example.org/'],
  ['308 behind 301', [hop(301), hop(308)], 'https://b.example.org/'],
  ['302', [hop(302)], null],
  ['302 behind 301', [hop(301), hop(302)], null],
  ['307', [hop(307)], null],
])('where permanent redirects lead: %s', (_, hops, target) => {
  expect(permanentTarget(hops, 'https://b.example.org/')).toBe(target);
});

test('from https to http leads nowhere, from http to http does', () => {
  expect(permanentTarget([hop(301)], 'http://b.example.org/')).toBeNull();
  expect(permanentTarget([hop(301, 'http://a.example.org/')], 'http://b.example.org/')).toBe(
    'http://b.example.org/',
  );
});

test('a move is believed after three polls over a day, and forgotten when it stops before', () => {
  const to = 'https://b.example.org/';
  const polls = [0, 0.3, 0.6, 1.1].map((days) => NOW + days * DAY);
  let moved = movedAfter(null, null, NOW);
  const believed = polls.map((at) => {
    moved = movedAfter(moved, to, at);
    return moved?.adopted;
  });
  expect(believed).toEqual([false, false, false, true]);
  expect(movedAfter(moved, null, NOW + 2 * DAY)).toEqual(moved);
  expect(movedAfter({ to, polls: 2, since: NOW, adopted: false }, null, NOW)).toBeNull();
  expect(movedAfter(moved, 'https://c.example.org/', NOW)).toMatchObject({ adopted: false, polls: 1 });
});
