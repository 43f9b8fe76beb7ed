/** The shipped packs against the tests that their sources carry, and against the rules for terms. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { explain } from '../../../lib/match/explain.ts';
import { PACK_IDS, packLists } from '../../../lib/packs/packs.ts';
import { readExact, readTerm } from '../../../lib/rule/term.ts';
import { generated } from '../../../scripts/generate.ts';
import { rulesOf, textEntry } from '../match/rules.ts';

interface PackTest {
  readonly list: string;
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
const holds = (id: string, text: string) => explain(rules, textEntry(text), id)?.matched;

describe.each(PACK_IDS.map((id) => ({ id })))('the pack $id', ({ id }) => {
  const source = parse(readFileSync(`lib/packs/${id}.yaml`, 'utf8')) as {
    readonly tests: { readonly match: readonly PackTest[]; readonly no_match: readonly PackTest[] };
  };

  test.each(source.tests.match)('$list, $lang: $text', ({ list, text }) => {
    expect(holds(list, text)).toBe(true);
  });
  test.each(source.tests.no_match)('not $list, $lang: $text', ({ list, text }) => {
    expect(holds(list, text)).toBe(false);
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
