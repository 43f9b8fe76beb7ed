/** What is new in a window: publishers' habits as cases, and the properties that keep the promise. */

import { describe, expect, test } from 'vitest';
import { type KeyedEntry, keyedEntry } from '../../../lib/feed/identity/identity.ts';
import {
  decodeKnown,
  encodeKnown,
  judgeWindow,
  type Known,
  NOTHING_KNOWN,
} from '../../../lib/feed/identity/known.ts';
import type { FeedEntry } from '../../../lib/model/feed.ts';
import { hash53 } from '../../../lib/text/hash.ts';
import fc from '../../property.ts';

const DAY = 86_400_000;
const NOW = 20_000 * DAY;

interface Listed {
  readonly id?: string;
  readonly url?: string;
  readonly title?: string;
  readonly day?: number;
}

function keyed({ id, url, title, day }: Listed): KeyedEntry {
  const entry: FeedEntry = {
    id: id ?? null,
    url: url ?? null,
    title: title ?? 'a title',
    summary: null,
    content: null,
    published: day === undefined ? null : day * DAY,
    updated: null,
    authors: [],
    categories: [],
    language: null,
    source: null,
    fingerprint: hash53(JSON.stringify([id, url, title, day])),
  };
  return keyedEntry(entry, entry.title ?? '');
}

function see(known: Known, window: readonly Listed[], now = NOW) {
  const entries = window.map(keyed);
  return judgeWindow(
    known,
    entries.map(({ fingerprint }) => fingerprint),
    entries,
    now,
  );
}

const page = (n: number | string): string => `https://news.example.org/${n}`;
const full = (n: number, change: Partial<Listed> = {}): Listed => ({
  id: `g${n}`,
  url: page(n),
  title: `title ${n}`,
  day: 19_999,
  ...change,
});
const ten = Array.from({ length: 10 }, (_, n) => full(n));

/** As most publishers write RSS: the guid is the page's address. */
const addressed: readonly Listed[] = [1, 2, 3].map((n) => ({
  id: page(n),
  url: page(n),
  title: `title ${n}`,
}));

interface Case {
  readonly name: string;
  readonly before: readonly Listed[];
  readonly after: readonly Listed[];
  /** Indices of `after` that are new. */
  readonly fresh: readonly number[];
  readonly churn?: true;
}

const CASES: Case[] = [
  { name: 'the same window again', before: ten, after: ten, fresh: [] },
  { name: 'one more on top', before: ten, after: [full(99), ...ten], fresh: [0] },
  { name: 'shuffled, oldest first', before: ten, after: ten.toReversed(), fresh: [] },
  { name: 'another guid, the same link', before: [full(1)], after: [full(1, { id: 'other' })], fresh: [] },
  {
    name: 'another link, the same guid',
    before: [full(1)],
    after: [full(1, { url: page('moved') })],
    fresh: [],
  },
  {
    name: 'dates appear where guid and link are one address',
    before: addressed,
    after: addressed.map((entry) => ({ ...entry, day: 19_999 })),
    fresh: [],
  },
  {
    name: 'a title is edited where guid and link are one address',
    before: addressed,
    after: [{ ...addressed[0], title: 'edited' }, ...addressed.slice(1)],
    fresh: [],
  },
  {
    name: 'guid and link are one address with a fragment',
    before: [1, 2].map((n) => ({
      id: `${page('live')}#${n}`,
      url: `${page('live')}#${n}`,
      title: `title ${n}`,
    })),
    after: [1, 2].map((n) => ({
      id: `${page('live')}#${n}`,
      url: `${page('live')}#${n}`,
      title: `now ${n}`,
    })),
    fresh: [],
  },
  {
    name: 'guid from http to https',
    before: [{ id: 'http://a.example/1' }],
    after: [{ id: 'https://a.example/1' }],
    fresh: [],
  },
  {
    name: 'link from http to https',
    before: [{ url: 'http://a.example/1' }],
    after: [{ url: 'https://a.example/1' }],
    fresh: [],
  },
  {
    name: 'a link gains tracking parameters',
    before: [{ url: page(1) }],
    after: [{ url: `${page(1)}?utm_source=rss&utm_medium=x` }],
    fresh: [],
  },
  { name: 'another date', before: ten, after: ten.map((entry) => ({ ...entry, day: 20_000 })), fresh: [] },
  { name: 'another title: an edit', before: [full(1)], after: [full(1, { title: 'corrected' })], fresh: [] },
  {
    name: 'all guids change at once',
    before: ten,
    after: ten.map((entry) => ({ ...entry, id: `new-${entry.id}` })),
    fresh: [],
    churn: true,
  },
  {
    name: 'all guids change at once, and one entry is new',
    before: ten,
    after: [full(99), ...ten.map((entry) => ({ ...entry, id: `new-${entry.id}` }))],
    fresh: [0],
    churn: true,
  },
  {
    name: 'guids and links change at once: the title and day decide',
    before: ten,
    after: ten.map((entry) => ({ ...entry, id: `new-${entry.id}`, url: `${entry.url}/new` })),
    fresh: [],
    churn: true,
  },
  {
    name: 'one guid for all entries tells nothing',
    before: [full(1, { id: 'same' }), full(2, { id: 'same' })],
    after: [full(3, { id: 'same' }), full(1, { id: 'same' })],
    fresh: [0],
  },
  {
    name: 'one guid for all, and the window has moved on whole',
    before: [full(1, { id: 'same' }), full(2, { id: 'same' })],
    after: [full(3, { id: 'same' })],
    fresh: [0],
  },
  {
    name: 'every link is the home page',
    before: [full(1, { url: page('') }), full(2, { url: page('') })],
    after: [full(3, { url: page('') }), full(1, { url: page('') })],
    fresh: [0],
  },
  {
    name: 'a live blog: fragments tell entries apart',
    before: [{ url: `${page('live')}#1` }, { url: `${page('live')}#2` }],
    after: [{ url: `${page('live')}#3` }, { url: `${page('live')}#2` }],
    fresh: [0],
  },
  {
    name: 'neither guid nor link: title and day',
    before: [{ title: 'a', day: 1 }],
    after: [
      { title: 'a', day: 1 },
      { title: 'b', day: 1 },
      { title: 'a', day: 2 },
    ],
    fresh: [1, 2],
  },
  {
    name: 'the same headline every day, with guids',
    before: [full(1, { title: 'Weather' })],
    after: [full(2, { title: 'Weather' }), full(1, { title: 'Weather' })],
    fresh: [0],
  },
  {
    name: 'guids are positions in the list',
    before: [full(1, { id: '1' }), full(2, { id: '2' }), full(3, { id: '3' })],
    after: [full(4, { id: '1' }), full(1, { id: '2' }), full(2, { id: '3' })],
    fresh: [0],
  },
  {
    name: 'guids are positions, and the window has moved on whole',
    before: [full(1, { id: '1' }), full(2, { id: '2' })],
    after: [full(3, { id: '1' }), full(4, { id: '2' })],
    fresh: [0, 1],
  },
  {
    name: 'one guid for whatever is the latest',
    before: [full(1, { id: 'latest' })],
    after: [full(2, { id: 'latest' })],
    fresh: [0],
  },
  {
    name: 'one entry of many gets another slug and another headline: an edit',
    before: ten,
    after: [full(0, { url: page('new-slug'), title: 'a better headline' }), ...ten.slice(1)],
    fresh: [],
  },
  {
    name: 'two entries without links whose guids change at every poll',
    before: [
      { id: 'a', title: 'x' },
      { id: 'b', title: 'y' },
    ],
    after: [
      { id: 'c', title: 'x' },
      { id: 'd', title: 'y' },
    ],
    fresh: [],
    churn: true,
  },
  {
    name: 'no guids, and session ids in every link',
    before: [{ url: `${page(1)}?sid=1`, title: 'x' }],
    after: [{ url: `${page(1)}?sid=2`, title: 'x' }],
    fresh: [],
    churn: true,
  },
  {
    name: 'no guids, session ids in a long list, and one new entry',
    before: ten.map(({ url, title }) => ({ url: `${url}?s=1`, title: title ?? '' })),
    after: [
      { url: page('new'), title: 'new' },
      ...ten.map(({ url, title }) => ({ url: `${url}?s=2`, title: title ?? '' })),
    ],
    fresh: [0],
    churn: true,
  },
  { name: 'one entry listed twice', before: [], after: [full(1), full(1)], fresh: [0] },
];

describe('a window after another', () => {
  test.each(CASES)('$name', ({ before, after: next, fresh, churn }) => {
    const { known } = see(NOTHING_KNOWN, before);
    const judged = see(known, next);
    const indices = judged.verdicts.flatMap((verdict, i) => (verdict === 'new' ? [i] : []));
    expect(indices).toEqual(fresh);
    expect(judged.churn).toBe(churn ?? false);
  });
});

describe('memory', () => {
  const once = see(NOTHING_KNOWN, ten).known;

  test('an entry that vanishes and returns within 90 days is known', () => {
    const gone = see(once, [full(99)], NOW + 80 * DAY).known;
    expect(see(gone, ten, NOW + 89 * DAY).verdicts).not.toContain('new');
  });

  test('an entry that stays listed is never forgotten', () => {
    const later = judgeWindow(
      once,
      ten.map((entry) => keyed(entry).fingerprint),
      [],
      NOW + 200 * DAY,
    ).known;
    expect(see(later, ten, NOW + 280 * DAY).verdicts).not.toContain('new');
  });

  test('an entry unlisted for longer is forgotten', () => {
    const gone = see(once, [full(99)], NOW + 91 * DAY).known;
    expect(gone.entries).toHaveLength(1);
  });

  test('a fingerprint that nobody can account for is told', () => {
    expect(judgeWindow(once, [1, 2], [], NOW).unknownFingerprints).toBe(2);
  });

  test('a window that shares nothing with the one before is a gap', () => {
    expect([see(once, [full(99)]).gap, see(once, [full(99), full(9)]).gap]).toEqual([true, false]);
  });
});

const anyListed = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    url: fc.constantFrom(page(1), page(2), page(3), `${page(1)}#x`),
    title: fc.constantFrom('t', 'u', 'v'),
    day: fc.nat(3),
  },
  { requiredKeys: [] },
);
const anyWindow = fc.array(anyListed, { maxLength: 12 });

describe('for any windows', () => {
  test('nothing is new twice', () => {
    fc.assert(
      fc.property(anyWindow, anyWindow, (first, second) => {
        const { known } = see(see(NOTHING_KNOWN, first).known, second);
        expect(see(known, second).verdicts).not.toContain('new');
      }),
    );
  });

  test('order does not decide how many are new', () => {
    fc.assert(
      fc.property(anyWindow, anyWindow, (first, second) => {
        const { known } = see(NOTHING_KNOWN, first);
        const count = (window: readonly Listed[]): number =>
          see(known, window).verdicts.filter((verdict) => verdict === 'new').length;
        const distinct = [...new Map(second.map((entry) => [JSON.stringify(entry), entry])).values()];
        expect(count(distinct.toReversed()) > 0).toBe(count(distinct) > 0);
      }),
    );
  });

  test('memory survives its bytes', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const { known } = see(NOTHING_KNOWN, window);
        expect(decodeKnown(encodeKnown(known))).toEqual(known);
      }),
    );
  });
});
