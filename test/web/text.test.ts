/** Cutting text, choosing titles, words for times and figures: tables and properties, no browser. */

import { describe, expect, test } from 'vitest';
import { paramsOf } from '../../web/app/routes.ts';
import { nothingWords } from '../../web/pages/channels/words.ts';
import { healthWords } from '../../web/pages/feeds/view.ts';
import { cut, directionOf, type MarkStyle } from '../../web/text/cut.ts';
import { attemptResult, deliveryReason } from '../../web/text/delivery.ts';
import { formatName, pollResult } from '../../web/text/feed.ts';
import { duration, languageName, linkOf, list, moment, ordinal } from '../../web/text/format.ts';
import { titleFor } from '../../web/text/story-title.ts';
import { mutesUntil } from '../../web/ui/mute-dialog.tsx';
import fc from '../property.ts';

const STYLES: readonly MarkStyle[] = ['entity', 'counted', 'concept', 'figure', 'excluded'];
const mark = fc.record({
  start: fc.integer({ min: -3, max: 40 }),
  end: fc.integer({ min: -3, max: 40 }),
  style: fc.constantFrom(...STYLES),
});
const noise = fc.constantFrom('\u202e', '\u2066', '\u200f', '\u0000', '\u0085');
const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), noise), { maxLength: 8 })
  .map((parts) => parts.join(''));

describe('a cut text', () => {
  test('is the text, piece after piece', () => {
    fc.assert(
      fc.property(text, fc.array(mark, { maxLength: 6 }), (one, marks) => {
        expect(
          cut(one, marks)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(one);
      }),
    );
  });
  test('wears exactly the marks that cover it', () => {
    fc.assert(
      fc.property(text, fc.array(mark, { maxLength: 6 }), (one, marks) => {
        let at = 0;
        for (const piece of cut(one, marks)) {
          if (piece.kind === 'text') {
            const covering = marks.filter(({ start, end }) => start <= at && end >= at + piece.text.length);
            expect(new Set(piece.styles)).toEqual(new Set(covering.map(({ style }) => style)));
          }
          at += piece.text.length;
        }
      }),
    );
  });
  test('has no character in it that turns text around', () => {
    fc.assert(
      fc.property(text, (one) => {
        const plain = cut(one, []).flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []));
        expect(plain.join('')).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u0000]/);
      }),
    );
  });
  test('one word for two parts wears both lines', () => {
    const pieces = cut('북한군 파병', [
      { start: 0, end: 2, style: 'entity' },
      { start: 0, end: 3, style: 'counted' },
    ]);
    expect(pieces[0]).toEqual({ kind: 'text', text: '북한', styles: ['entity', 'counted'] });
    expect(pieces[1]).toEqual({ kind: 'text', text: '군', styles: ['counted'] });
  });
});

test.each([
  ['ar', 'rtl'],
  ['fa-IR', 'rtl'],
  ['he', 'rtl'],
  ['ko', 'ltr'],
  ['arn', 'ltr'],
  [null, 'auto'],
] as const)('%s begins %s', (lang, side) => expect(directionOf(lang)).toBe(side));

describe('the title that stands for a story', () => {
  const title = (lang: string | null, words: string) => ({
    lang,
    text: words,
    publisher: null,
    entry: words,
    at: '2024-10-18T00:00:00Z',
    copy: false,
  });
  const story = {
    title: title('tr', 'latest'),
    titles: [
      title('en', 'first en'),
      title('fr', 'first fr'),
      title('ko', 'only a copy'),
      title('tr', 'latest'),
    ],
    newest: [title('en', 'newest en'), title('fr', 'first fr'), title('tr', 'latest')],
  };
  test.each([
    [['tr', 'en'], 'latest'],
    [['en'], 'newest en'],
    [['fr', 'en'], 'first fr'],
    [['ko'], 'only a copy'],
    [['ko', 'en'], 'newest en'],
    [['sw'], 'latest'],
    [[], 'latest'],
  ])('for who reads %j', (reads, words) => expect(titleFor(story, reads).text).toBe(words));
});

const NOW = Date.parse('2024-10-18T22:10:00Z');
test.each([
  ['2024-10-18T06:16:00Z', '18 Oct 06:16'],
  ['2024-09-01T00:00:00Z', '1 Sep 00:00'],
  ['2023-10-18T06:16:00Z', '18 Oct 2023 06:16'],
])('%s reads %s', (at, words) =>
  expect([moment(at, 'utc', NOW), moment(Date.parse(at), 'utc', NOW)]).toEqual([words, words]),
);

test.each([
  [0, '0 s'],
  [59_000, '59 s'],
  [240_000, '4 min'],
  [5_400_000, '2 h'],
  [129_600_000, '36 h'],
  [777_600_000, '9 days'],
])('%d ms are %s', (ms, words) => expect(duration(ms)).toBe(words));

test.each([
  [1, 'first'],
  [10, 'tenth'],
  [11, '11th'],
  [21, '21st'],
  [22, '22nd'],
  [113, '113th'],
])('%d is %s', (of, words) => expect(ordinal(of)).toBe(words));

test('lists end in and', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

test('a language has its English name, and what is none keeps its tag', () => {
  expect([languageName('zh-Hant'), languageName('not a tag')]).toEqual(['Traditional Chinese', 'not a tag']);
});

test.each([
  ['https://a.example/x', 'https://a.example/x'],
  ['http://a.example', 'http://a.example/'],
  ['javascript:alert(1)', null],
  ['java\tscript:alert(1)', null],
  ['data:text/html,x', null],
  ['//a.example', null],
  ['', null],
  [null, null],
])('%j links to %j', (url, link) => expect(linkOf(url)).toBe(link));

test.each([
  ['/', '/', {}],
  ['/stories/:id', '/stories/s_1', { id: 's_1' }],
  ['/stories/:id', '/stories/a%2Fb', { id: 'a/b' }],
  ['/stories/:id', '/stories/%', { id: '%' }],
  ['/stories/:id', '/stories', null],
  ['/trace', '/trace/', {}],
  ['/trace', '/feeds', null],
])('%s takes %s for %j', (pattern, path, params) => expect(paramsOf(pattern, path)).toEqual(params));

test('mutes end in four hours, tomorrow at eight, in a week, never', () => {
  const ends = mutesUntil(NOW, 'utc', null).map(({ at }) => new Date(at).toISOString().slice(0, 16));
  expect(ends).toEqual(['2024-10-19T02:10', '2024-10-19T08:00', '2024-10-25T22:10', '2034-10-16T22:10']);
});

test.each([
  {
    name: 'with the figure that it takes',
    of: ['soldiers', 'soldiers'],
    words: 'until a larger figure, from 14,400',
  },
  { name: 'where two things are counted', of: ['soldiers', 'wounded'], words: 'until a larger figure' },
])('a mute ends with a larger figure, $name', ({ of, words }) => {
  const figures = of.map((one, i) => ({
    value: [12_000, 1_500][i] ?? 0,
    approximate: false,
    of: one,
    by: null,
    entry: `e${i}`,
    title: null,
  }));
  expect(mutesUntil(NOW, 'utc', figures).at(-1)).toMatchObject({ endsOn: 'figure', words });
});

test.each([
  [['ok', 'new', 'new'], '1 OK, 2 not read yet, 0 with problems, 0 paused'],
  [['ok', 'failing', 'paused'], '1 OK, 1 with problems, 1 paused'],
] as const)('feeds that are %j: %s', (states, words) => {
  expect(healthWords(states.map((state) => ({ state })))).toBe(words);
});

test.each([
  ['fresh', 'new entries'],
  ['http: HTTP 404', 'answers with error 404'],
  ['network: connection refused', 'no connection: connection refused'],
  ['not-a-feed: an HTML page', 'not a valid feed: an HTML page'],
  ['timeout: ', 'no answer in time'],
  ['something-new: why', 'something-new: why'],
])('the poll result %j reads %j', (outcome, words) => expect(pollResult(outcome)).toBe(words));

test('codes of attempts, deliveries and formats have words; others are shown as they are', () => {
  expect([attemptResult('ambiguous'), attemptResult('something-new')]).toEqual([
    'no clear answer',
    'something-new',
  ]);
  expect([deliveryReason('attempts-used-up'), deliveryReason('HTTP 410')]).toEqual([
    'all attempts failed',
    'HTTP 410',
  ]);
  expect([formatName('rss20'), formatName('something-new')]).toEqual(['RSS 2.0', 'something-new']);
});

test('a channel to which only tests went is not said to have had nothing', () => {
  expect(nothingWords({ lastSuccess: '2026-10-15T12:00:00Z' })).toContain('only tests');
  expect(nothingWords({ lastSuccess: null })).toBe('No alert was sent to it yet.');
});
