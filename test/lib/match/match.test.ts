import { describe, expect, test } from 'vitest';
import { matchEntry } from '../../../lib/match/match.ts';
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

/** Query, title, whether it matches, and optionally a summary. */
type Row = readonly [string, string, boolean, string?];

function table(name: string, rows: readonly Row[]) {
  describe(name, () => {
    const cases = rows.map(([query, title, matches, summary = '']) => ({ query, title, matches, summary }));
    test.each(cases)('$query — $title: $matches', ({ query, title, matches, summary }) => {
      const rules = rulesOf(documentOf(query, LISTS));
      expect(matchEntry(rules, textEntry(title, { summary })).length > 0).toBe(matches);
    });
  });
}

table('terms end where words end', [
  ['troop', 'a troop of men', true],
  ['troop', 'paratroopers', false],
  ['troop', 'troops', false],
  ['troop*1', 'troops', true],
  ['troop*1', 'troopers', false],
  ['troop*', 'troopers', true],
  ['*trooper*', 'paratroopers', true],
  ['*trooper', 'paratrooper', true],
  ['*trooper', 'paratroopers', false],
  ['солдат*3', 'солдатами', true],
  ['солдат*3', 'солдатский', false],
  ['"U.S."', 'U.S. troops', true],
  ['"U.S."', 'US troops', false],
  ['covid', 'COVID19', true],
  ['19', 'COVID19', true],
  ['19', 'COVID2019', false],
  ['İstanbul', 'ISTANBUL', true],
  ['strasse', 'Straße', true],
]);

table('phrases', [
  ['nord-coréen', 'nord coréen', true],
  ['"nord coréen"', 'Nord—Coreen', true],
  ['"two words"', 'two, words', true],
  ['"two words"', 'two. Words', false],
  ['"two words"', 'two more words', false],
  ['"Северн*2 Коре*2"', 'из Северной Кореи', true],
  ['"Kore* Północn*3"', 'Korei Północnej', true],
  ['"Kore* Północn*3"', 'Korei Południowej', false],
  ['"end* start"', 'ending start', true],
  ['"one two"', 'one', false, 'two'],
]);

table('case-exact terms', [
  ['="US" AND troops', 'US troops', true],
  ['="US" AND troops', 'us troops', false],
  ['="café"', 'cafe\u0301', true],
  ['="café"', 'cafe', false],
  ['@men', 'a SEAL team', true],
  ['@men', 'a seal pup', false],
]);

table('scripts without spaces, particles, clitics', [
  ['북한', '북한이 파병', true],
  ['북한', '탈북한 주민', false],
  ['*북한', '대북한 정책', true],
  ['북한', '북한'.normalize('NFD'), true],
  ['兵士', 'ロシアに北朝鮮兵士１万人', true],
  ['朝鲜', '来自朝鲜的士兵', true],
  ['ทหาร', 'เกาหลีเหนือส่งทหารไปรัสเซีย', true],
  ['جنود', 'والجنود في روسيا', true],
  ['جنود', 'جنودهم', true],
  ['جنود', 'مجنود', false],
  ['"جنود كوريين"', 'الجنود الكوريين', true],
  ['חיילים', 'והחיילים', true],
  ['חיילים', 'חייליםם', false],
  ['"צפון קוריאה"', 'בצפון קוריאה', true],
]);

table('AND, OR, NOT', [
  ['alpha AND beta', 'alpha', true, 'beta'],
  ['alpha AND beta', 'alpha', false],
  ['alpha OR beta', 'beta', true],
  ['alpha NOT beta', 'alpha', true],
  ['alpha NOT beta', 'alpha beta', false],
  ['alpha AND (beta OR gamma)', 'alpha gamma', true],
  ['alpha AND NOT (beta AND gamma)', 'alpha beta', true],
  ['ANY/2(alpha, beta, gamma)', 'gamma alpha', true],
  ['ANY/2(alpha, beta, gamma)', 'gamma gamma', false],
  ['ATLEAST/2 alpha', 'alpha beta alpha', true],
  ['ATLEAST/2 (alpha OR "alpha beta")', 'alpha beta', false],
]);

table('distance', [
  ['alpha NEAR/0 beta', 'alpha beta', true],
  ['alpha NEAR/0 beta', 'beta alpha', true],
  ['alpha NEAR/0 beta', 'alpha x beta', false],
  ['alpha NEAR/1 beta', 'alpha x beta', true],
  ['alpha NEAR/1 beta', 'alpha x y beta', false],
  ['alpha ONEAR/3 beta', 'alpha x beta', true],
  ['alpha ONEAR/3 beta', 'beta x alpha', false],
  ['alpha NEAR/50 beta', 'alpha', false, 'beta'],
  ['alpha NEAR/3 alpha', 'alpha', false],
  ['alpha NEAR/3 alpha', 'alpha x alpha', true],
  ['(alpha OR beta) NEAR/1 (gamma OR delta)', 'beta x delta', true],
  ['alpha NEAR/1 beta NEAR/1 gamma', 'alpha x beta x gamma', true],
  ['alpha NEAR/1 beta NEAR/1 gamma', 'gamma x alpha x x beta', false],
  ['(alpha NEAR/8 beta) NEAR/1 gamma', 'alpha gamma beta', true],
  ['@nk NEAR/3 @men', '북한군 파병', true],
  ['"North Korea" NEAR/2 Korea', 'North Korea', false],
  ['兵士 NEAR/2 北朝鮮', '北朝鮮の兵士', true],
  ['alpha SENTENCE beta', 'alpha and beta', true],
  ['alpha SENTENCE beta', 'alpha. beta', false],
  ['alpha SENTENCE beta', 'the U.S. alpha beta', true],
]);

table('fields', [
  ['title:alpha', 'alpha', true],
  ['title:alpha', 'beta', false, 'alpha'],
  ['summary:alpha', 'beta', true, 'alpha'],
  ['title:(alpha AND beta)', 'alpha', false, 'beta'],
  ['alpha NOT title:beta', 'alpha', true, 'beta'],
]);

table('shadows and includes', [
  ['@nk', '朝鮮半島', false],
  ['@nk', '朝鮮半島と朝鮮', true],
  ['@georgia', 'Georgia Bulldogs win', false],
  ['@georgia', 'Georgia Bulldogs tour Georgia', true],
  ['@all', 'soldiers', true],
  ['@all', 'the fleet', true],
]);

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
