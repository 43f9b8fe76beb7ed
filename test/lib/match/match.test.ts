import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matchEntry } from '../../../lib/match/run/match.ts';
import type { EntryText } from '../../../lib/model/entry.ts';
import { documentOf, rulesOf, textEntry } from './rules.ts';

const LISTS = `
entities:
  nk: { terms: ["North Korea*1", "North Korean*1", 북한, 北朝鮮, 朝鮮], not_in: [朝鮮半島, 북한산, "North Korea Street"] }
  georgia: { terms: [Georgia], not_in: ["Georgia Bulldogs", "Atlanta, Georgia"] }
concepts:
  men: { terms: [soldier*1, troop*1, 북한군, 兵士], exact: [SEAL] }
  all: { include: [men], terms: [fleet] }
`;

interface Case extends Partial<EntryText> {
  readonly operator: string;
  readonly query: string;
  readonly title: string;
  readonly matches: boolean;
}
const CASES = readFileSync('test/cases/match/operators.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

describe('every operator', () => {
  test.each(CASES)('$operator: $query — $title: $matches', ({ query, title, matches, ...entry }) => {
    const rules = rulesOf(documentOf(query, LISTS));
    expect(matchEntry(rules, textEntry(title, entry)).length > 0).toBe(matches);
  });
});

describe('what is known besides the text', () => {
  const entry = textEntry('word', {
    lang: 'zh-Hant',
    publisher: 'Yonhap',
    country: 'KR',
    feed: 'en.yna.co.kr/rss',
    url: 'https://en.yna.co.kr/view/1?x',
    tags: ['korea', 'North Korea'],
    authors: ['Kim'],
  });
  test.each([
    ['lang:zh', true],
    ['lang:zh-hant', true],
    ['lang:zh-Hans', false],
    ['lang:fr,zh', true],
    ['NOT lang:zh', false],
    ['publisher:yonhap', true],
    ['country:kr', true],
    ['feed:en.yna.co.kr/rss', true],
    ['domain:yna.co.kr', true],
    ['domain:na.co.kr', false],
    ['domain:*.kr', true],
    ['tag:"North Korea"', true],
    ['author:kim,lee', true],
    ['author:lee', false],
  ])('%s: %s', (filter, matches) => {
    const rules = rulesOf(documentOf(`word AND ${filter}`));
    expect(matchEntry(rules, entry).length > 0).toBe(matches);
  });
});

test('content is looked at only where there is no summary', () => {
  const rules = rulesOf(documentOf('word'));
  const content = 'a word';
  expect(matchEntry(rules, textEntry('x', { content }))[0]?.spans[0]).toMatchObject({
    field: 'content',
    start: 2,
  });
  expect(matchEntry(rules, textEntry('x', { content, summary: 'other' }))).toEqual([]);
});

test('spans cut the words out of the entry’s own texts', () => {
  const rules = rulesOf(documentOf('(@nk NEAR/8 @men) AND déployé*2', LISTS));
  const entry = textEntry('«Déployés»: North\u00a0Korean soldiers', { summary: '북한군' });
  const [match] = matchEntry(rules, entry);
  const cut = match?.spans.map(({ field, start, end, concept }) => [entry[field].slice(start, end), concept]);
  expect(cut).toEqual([
    ['Déployés', null],
    ['North\u00a0Korean', 'nk'],
    ['soldiers', 'men'],
    ['북한', 'nk'],
    ['북한군', 'men'],
  ]);
});

test('several rules match in the order of the document', () => {
  const rules = rulesOf(
    'version: 1\nfeeds: [{url: https://example.org/}]\nrules: [{id: b, query: word}, {id: c, query: other}, {id: a, query: word}]',
  );
  expect(matchEntry(rules, textEntry('other word')).map((match) => match.rule)).toEqual(['b', 'c', 'a']);
});

test('more hits than the cap are marked, and cost no more', () => {
  const rules = rulesOf(documentOf('中 AND (中中 OR 中中中)'));
  const [match] = matchEntry(rules, textEntry('中'.repeat(8_000)));
  expect(match?.truncated).toBe(true);
  expect(match?.spans.length).toBeLessThanOrEqual(100);
});

test('one entry leaves nothing behind for the next', () => {
  const rules = rulesOf(documentOf('alpha AND beta'));
  const texts: Partial<EntryText>[] = [
    { title: 'alpha' },
    { title: 'beta' },
    { title: '' },
    { title: 'alpha beta' },
  ];
  expect(texts.map((text) => matchEntry(rules, textEntry('', text)).length)).toEqual([0, 0, 0, 1]);
});
