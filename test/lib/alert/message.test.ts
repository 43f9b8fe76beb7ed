/** An alert in words: every phrase, and what is left out first. */
import { describe, expect, test } from 'vitest';
import { FULL, fitted } from '../../../lib/alert/fit.ts';
import { markedLine } from '../../../lib/alert/marked.ts';
import { type LineRole, messageOf } from '../../../lib/alert/message.ts';
import {
  countryName,
  hostOf,
  isolated,
  languageName,
  linkOf,
  safeLine,
  safeText,
} from '../../../lib/alert/text.ts';
import type { Alert, AlertEvent, AlertSource, DigestReason } from '../../../lib/model/alert.ts';
import { testAlert, testDigest } from '../../fixtures/event.ts';

const TIME = '2024-10-18T05:13:00.000Z';
const event = (change: Partial<Alert> = {}): AlertEvent => {
  const data = { ...testAlert(), ...change };
  return { type: `alert.${data.development}`, timestamp: TIME, data };
};
const linesOf = (said: AlertEvent, role: LineRole): string[] =>
  messageOf(said, FULL)
    .lines.filter((line) => line.role === role)
    .map(({ runs }) => runs.map(({ text }) => text).join(''));

const FIGURE = {
  value: 12_000,
  approximate: true,
  of: 'soldiers',
  by: 'South Korean media',
  entry: 'e_1',
  title: 'soldiers',
};
const source = (
  publisher: string | null,
  copies: readonly AlertSource[] = [],
  country: string | null = null,
): AlertSource => ({
  entry: `e_${publisher}`,
  publisher,
  country,
  grade: null,
  lang: 'ko',
  title: 't',
  url: `https://${publisher ?? 'nobody'}.example.org/1`,
  at: '2024-10-18T05:00:00.000Z',
  copies,
});

describe('what changed', () => {
  const CHANGES: [change: Partial<Alert>, said: string][] = [
    [{}, 'First report'],
    [{ development: 'confirmed', independent: 2 }, 'Confirmed by 2 independent publishers'],
    [{ development: 'language', entries: testAlert({ lang: 'th' }).entries }, 'Now also in Thai'],
    [
      { development: 'language', entries: testAlert({ lang: null }).entries, languages: [] },
      'Now also in another language',
    ],
    [
      { development: 'figure', figures: [{ ...FIGURE, entry: 'other', value: 99_000 }, FIGURE] },
      'New figure: about 12,000 soldiers — South Korean media',
    ],
    [{ development: 'figure', figures: [] }, 'New figure'],
    [{ development: 'closed' }, 'No new reports for some time: the story is closed'],
    [{ development: 'repeat', reports: 31 }, 'Still going on: 31 reports so far'],
  ];
  test.each(CHANGES)('%j', (change, said) => {
    expect(linesOf(event(change), 'change')).toEqual([said]);
  });
});

describe('what is said of a report', () => {
  test('who, where, how good, in which language, when, and where the link leads', () => {
    expect(linesOf(event(), 'byline')).toEqual([
      'Harbour Post (United Kingdom, grade B) · English · 2024-10-18 05:12 UTC · www.example.org',
    ]);
  });
  test('without a publisher the host stands for it', () => {
    const bare = testAlert({ publisher: null, country: null, grade: null, lang: null, published: null });
    expect(linesOf(event({ entries: bare.entries }), 'byline')).toEqual(['www.example.org']);
    const nothing = testAlert({
      publisher: '\u200e',
      url: null,
      country: null,
      grade: null,
      lang: null,
      published: null,
    });
    expect(linesOf(event({ entries: nothing.entries }), 'byline')).toEqual(['unknown publisher']);
  });
  test('what matched, in English; names of lists where there is no title', () => {
    expect(linesOf(event(), 'concepts')).toEqual(['North Korea · soldiers']);
    expect(linesOf(event({ entries: testAlert({ concepts: [] }).entries }), 'concepts')).toEqual([
      'north-korea · soldiers',
    ]);
  });
  test('figures, each once, the largest first, with who said them', () => {
    const figures = [
      FIGURE,
      FIGURE,
      { ...FIGURE, value: 10_000, approximate: false, by: 'Zelensky' },
      { ...FIGURE, value: 1.5, title: null, by: null, approximate: false },
    ];
    expect(linesOf(event({ figures }), 'figures')).toEqual([
      'about 12,000 soldiers — South Korean media · 10,000 soldiers — Zelensky · 1.5',
    ]);
  });
  test('how many independent publishers in how many languages', () => {
    expect(linesOf(event(), 'count')).toEqual([]);
    expect(linesOf(event({ independent: 3, languages: ['ko', 'uk'], reports: 12 }), 'count')).toEqual([
      '3 independent publishers · 2 languages: Korean, Ukrainian · 12 reports',
    ]);
  });
  test('who copied whom, in short', () => {
    const copies = Array.from({ length: 8 }, (_, at) => source(`copy${at}`));
    expect(linesOf(event({ sources: [source('yonhap', copies, 'KR'), source(null)] }), 'source')).toEqual([
      '• yonhap (South Korea) · Korean · 2024-10-18 05:00 UTC · copied by copy0, copy1, copy2, copy3, copy4, copy5 and 2 more',
      '• nobody.example.org · Korean · 2024-10-18 05:00 UTC',
    ]);
    expect(linesOf(event({ sources: [source('alone')] }), 'source')).toEqual([]);
  });
  test('a subject says it on one line', () => {
    expect(messageOf(event({ development: 'confirmed', independent: 2 }), FULL).subject).toBe(
      'North Korean troop deployment: confirmed by 2 independent publishers · North Korean soldiers arrive',
    );
  });
});

describe('digests', () => {
  test.each<[DigestReason, string]>([
    ['backfill', '13 alerts from before the rule or feed was added'],
    ['flood', '13 alerts from a feed that changed its ids'],
    ['budget', '13 alerts above the hourly limit of the rule'],
    ['quiet', '13 alerts from quiet hours'],
    ['digest', '13 alerts in this digest'],
    ['group', '13 alerts in one group'],
  ])('%s', (reason, headline) => {
    const said: AlertEvent = {
      type: 'alert.digest',
      timestamp: TIME,
      data: { reason, alerts: Array.from({ length: 10 }, () => testAlert()), omitted: 3 },
    };
    expect(messageOf(said, FULL).headline).toBe(headline);
    expect(linesOf(said, 'item')).toHaveLength(10);
    expect(linesOf(said, 'more')).toEqual(['… and 3 more alerts']);
  });
  test('alerts stand under their rule, as severe as the worst of them', () => {
    const [a, b] = [testAlert(), { ...testAlert(), title: 'Floods', severity: 'critical' as const }];
    const said = testDigest([a, b, a]);
    expect(messageOf(said, FULL).severity).toBe('critical');
    expect(messageOf(said, FULL).lines.map(({ role }) => role)).toEqual([
      'group',
      'item',
      'item',
      'group',
      'item',
    ]);
  });
});

test('less is said where less fits, down to the headline', () => {
  const said = event({
    independent: 3,
    languages: ['ko', 'uk'],
    reports: 12,
    sources: [source('a'), source('b')],
  });
  const lengths = [10_000, 500, 200, 120].map(
    (max) =>
      fitted(said, {
        render: ({ headline, lines }) =>
          [headline, ...lines.map(({ runs }) => runs.map(({ text }) => text).join(''))].join('\n'),
        fits: (text) => text.length <= max,
      }).length,
  );
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  expect(() => fitted(said, { render: () => 'x', fits: () => false })).toThrow('headline');
});

describe('marks', () => {
  const marked = (text: string, spans: [number, number][], unitsMax = 400) =>
    markedLine(text, { spans: spans.map(([start, end]) => ({ start, end })), unitsMax, href: null })
      .map(({ text: said, strong }) => (strong ? `[${said}]` : said))
      .join('');
  test.each<[name: string, text: string, spans: [number, number][], out: string, max?: number]>([
    ['words', 'North Korean soldiers', [[0, 12]], '[North Korean] soldiers'],
    [
      'spans that touch or overlap',
      'abcdef',
      [
        [0, 3],
        [2, 4],
        [4, 5],
      ],
      '[abcde]f',
    ],
    [
      'spans in any order',
      'ab cd',
      [
        [3, 5],
        [0, 1],
      ],
      '[a]b [cd]',
    ],
    ['blanks stay outside', 'a  b  c', [[1, 5]], 'a [b] c'],
    ['half a grapheme is marked whole', 'x👩‍👩‍👧y', [[1, 3]], 'x[👩‍👩‍👧]y'],
    ['half a pair too', '😀x', [[1, 2]], '[😀]x'],
    ['what is unsafe goes, marks stay in place', 'a\u202eb\u0000cd', [[4, 5]], 'ab[c]d'],
    [
      'beyond the end',
      'abc',
      [
        [2, 99],
        [50, 60],
      ],
      'ab[c]',
    ],
    ['cut within a mark', 'abcdefgh', [[0, 8]], '[abcd]…', 5],
    ['line breaks are blanks', 'a\r\nb', [], 'a b'],
  ])('%s', (_, text, spans, out, max) => {
    expect(marked(text, spans, max)).toBe(out);
  });
});

describe('safe text', () => {
  test.each<[name: string, text: string, out: string]>([
    ['bidirectional controls', 'a\u202eb\u2066c\u2069\u200f\u061c', 'abc'],
    ['controls but line breaks', 'a\u0000\u001b[31m\nb\u0085c\u2028d', 'a[31m\nb\nc\nd'],
    ['invisible signs', 'a\u2060\u2063\ufeff\ufff9b', 'ab'],
    ['tags, but flags', '\u{e0041}x🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'x🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['joiners stay', 'می\u200cخواهم 👨\u200d👩', 'می\u200cخواهم 👨\u200d👩'],
    ['towers of marks', `z${'\u0301'.repeat(50)}`, `z${'\u0301'.repeat(8)}`],
    ['half a pair', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, out) => {
    expect(safeText(text)).toBe(out);
  });
  test('on one line, isolated where it runs right to left', () => {
    expect(safeLine(' a \n\t b ')).toBe('a b');
    expect([isolated('abc'), isolated('الجزيرة')]).toEqual(['abc', '\u2068الجزيرة\u2069']);
  });
});

describe('names and addresses', () => {
  test.each([
    ['ko', 'Korean'],
    ['zh-Hant', 'Traditional Chinese'],
    ['uk', 'Ukrainian'],
    ['qqx', 'qqx'],
    ['not a tag', 'not a tag'],
  ])('language %s', (tag, name) => expect(languageName(tag)).toBe(name));
  test.each([
    ['KR', 'South Korea'],
    ['??', '??'],
  ])('country %s', (code, name) => expect(countryName(code)).toBe(name));
  test.each([
    ['https://www.example.org/a b?c=ü#d', 'https://www.example.org/a%20b?c=%C3%BC#d'],
    ['HTTP://EXAMPLE.ORG', 'http://example.org/'],
    ['https://пример.example/', 'https://xn--e1afmkfd.example/'],
    ['https://bank.example@evil.example/', null],
    ['javascript:alert(1)', null],
    [' javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['//evil.example', null],
    [`https://example.org/${'x'.repeat(3_000)}`, null],
    [null, null],
  ])('link %s', (url, link) => expect(linkOf(url)).toBe(link));
  test('the host of an address', () => {
    expect([hostOf('https://www.example.org:8443/x'), hostOf('mailto:a@b')]).toEqual([
      'www.example.org:8443',
      null,
    ]);
  });
});
