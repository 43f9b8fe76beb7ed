/** The shipped packs against the tests that their sources carry, and against the rules for terms. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { explain } from '../../../lib/match/run/explain.ts';
import { PACK_IDS, packLists } from '../../../lib/packs/packs.ts';
import { readExact, readTerm } from '../../../lib/rule/term.ts';
import { foldText } from '../../../lib/text/fold.ts';
import { wordsOf } from '../../../lib/text/language-data.ts';
import { generated } from '../../../scripts/generate.ts';
import { languagesOf } from '../../../scripts/generate-packs.ts';
import { rulesOf, textEntry } from '../match/rules.ts';

/** A text that each of its lists must find, or must not; a no_match that names no list is for all lists of the pack. */
interface PackTest {
  readonly list?: string;
  readonly lists?: readonly string[];
  readonly lang: string;
  readonly text: string;
}

/** A rule for each list, of the list's id. */
function rulesOfLists(): ReturnType<typeof rulesOf> {
  const ids = PACK_IDS.flatMap((pack) => packLists(pack).map((list) => list.id));
  const rules = ids.map((id) => `  - { id: "${id.toLowerCase()}", query: "@${id}" }`).join('\n');
  return rulesOf(
    `version: 1\nfeeds: [{ url: https://example.org/ }]\nuse: [${PACK_IDS.join(', ')}]\nrules:\n${rules}\n`,
  );
}

const rules = rulesOfLists();
const holds = (id: string, text: string) => explain(rules, textEntry(text), id.toLowerCase())?.matched;
const listsOf = ({ list, lists }: PackTest, pack: string) =>
  lists ?? (list === undefined ? packLists(pack).map((one) => one.id) : [list]);

/** "list lang" for every language in which a list has terms. */
function claims(pack: string): string[] {
  return packLists(pack).flatMap((list) =>
    [...new Set(list.terms.map(({ lang }) => lang))].map((lang) => `${list.id} ${lang}`),
  );
}

/** Names of countries are tested by territories.test.ts; people are proper names, tested in some of their languages. */
const TESTED_ELSEWHERE = new Set(['countries', 'people']);

describe.each(PACK_IDS.map((id) => ({ id })))('the pack $id', ({ id }) => {
  const source = parse(readFileSync(`lib/packs/${id}.yaml`, 'utf8')) as {
    readonly tests: { readonly match: readonly PackTest[]; readonly no_match: readonly PackTest[] };
  };

  test.each(source.tests.match)('$lang: $text', (row) => {
    const missed = listsOf(row, id).filter((list) => !holds(list, row.text));
    expect(missed).toEqual([]);
  });
  test.each(source.tests.no_match)('not, $lang: $text', (row) => {
    const found = listsOf(row, id).filter((list) => holds(list, row.text));
    expect(found).toEqual([]);
  });
  test.skipIf(TESTED_ELSEWHERE.has(id))('every list is tested in every language that it claims', () => {
    const tested = new Set(
      source.tests.match.flatMap((row) =>
        languagesOf(row.lang).flatMap((lang) => listsOf(row, id).map((list) => `${list} ${lang}`)),
      ),
    );
    expect(claims(id).filter((claim) => !tested.has(claim))).toEqual([]);
  });
  test.skipIf(TESTED_ELSEWHERE.has(id))('every language of the pack has a text that must not match', () => {
    const tested = new Set(source.tests.no_match.map((row) => row.lang));
    const langs = new Set(claims(id).map((claim) => claim.slice(claim.lastIndexOf(' ') + 1)));
    expect([...langs].filter((lang) => !tested.has(lang))).toEqual([]);
  });
  test('every list has a title and readable terms', () => {
    for (const list of packLists(id)) {
      expect(list.title, list.id).toMatch(/\S/u);
      for (const { term } of list.terms) expect(() => readTerm(term), term).not.toThrow();
      for (const term of list.notIn)
        if (!term.startsWith('@')) expect(() => readTerm(term), term).not.toThrow();
      for (const term of list.exact) expect(() => readExact(term), term).not.toThrow();
    }
  });
});

test('no word of a list is one of the commonest of another language', () => {
  const common = new Map<string, Set<string>>();
  for (const script of ['Latn', 'Cyrl', 'Arab', 'Deva'])
    for (const [word, langs] of wordsOf(script) ?? []) {
      const key = foldText(word).trim();
      common.set(key, new Set([...(common.get(key) ?? []), ...langs]));
    }
  const found = PACK_IDS.flatMap((pack) =>
    packLists(pack).flatMap(({ id, terms }) =>
      terms
        .filter(({ term, lang }) => {
          const langs = common.get(foldText(term).trim());
          return langs !== undefined && !(lang !== null && langs.has(lang));
        })
        .map(({ term, lang }) => `${id} ${lang}: ${term}`),
    ),
  );
  expect(found).toEqual([]);
});

test('no two packs define one id', () => {
  const ids = PACK_IDS.flatMap((pack) => packLists(pack).map((list) => list.id));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test.each([...generated()].map(([path, text]) => ({ path, text })))(
  '$path is up to date',
  ({ path, text }) => {
    expect(readFileSync(path, 'utf8') === text, 'run: npm run generate').toBe(true);
  },
);
