/** Queries that a form can show are the same after a form wrote them; others are left to the editor. */

import { expect, test } from 'vitest';
import { formOf, type QueryForm, queryOfForm, typedWords, wordOfText } from '../../../lib/rule/form.ts';
import { parseQuery } from '../../../lib/rule/parse.ts';
import { printQuery } from '../../../lib/rule/print.ts';
import fc from '../../property.ts';

test.each([
  ['flood*2'],
  ['flood*2 OR "storm surge"'],
  ['@north-korea AND (Russia OR @russia)'],
  [
    '(@north-korea NEAR/8 @soldiers) NEAR/12 @deploying AND COUNT(@soldiers, 6) >= 1000 NOT (@fiction OR title:"veteran*1")',
  ],
  ['@nk SENTENCE (troop*1 OR soldier*1) AND NOT sport'],
])('the form keeps %s', (query) => {
  const form = formOf(query);
  expect(form).not.toBeNull();
  expect(queryOfForm(form!)).toBe(printQuery(parseQuery(query)));
});

test.each([
  ['@a ONEAR/3 @b'],
  ['(@a AND @b) OR (@c AND @d)'],
  ['ATLEAST/3 flood'],
  ['QTY >= 100 AND flood'],
  ['NOT (@a AND @b) AND c'],
  ['(a NEAR/2'],
  [''],
])('more than a form can say: %s', (query) => {
  expect(formOf(query)).toBeNull();
});

test('shows groups, nearness, exclusions and the figure', () => {
  expect(
    formOf('(@nk NEAR/8 (troop*1 OR "special forces")) AND NOT title:veteran AND COUNT(@men, 6) >= 1000'),
  ).toEqual({
    groups: [
      { any: ['@nk'], near: null },
      { any: ['troop*1', '"special forces"'], near: 8 },
    ],
    not: ['title:veteran'],
    figure: { of: '@men', op: '>=', value: 1000, within: 6 },
  });
});

test.each([
  ['special forces', '"special forces"'],
  [' troop*1 ', 'troop*1'],
  ['AND', '"AND"'],
  ['@nk', '@nk'],
  ['="US"', '="US"'],
  ['say "no"', '"say \\"no\\""'],
])('what is typed, %s, is the word %s', (typed, word) => {
  expect(wordOfText(typed)).toBe(word);
});

test.each([
  ['North Korea, troop*1, “special forces”', ['"North Korea"', 'troop*1', '"special forces"']],
  ['"a, b", c', ['"a, b"', 'c']],
  ['“a, b”, „c, d“, e', ['"a, b"', '"c, d"', 'e']],
  ['title:“one, two”, re:"a\\",b", ="US"', ['title:"one, two"', 're:"a\\",b"', '="US"']],
  ['“say "no"”,', ['"say \\"no\\""']],
  ['5" guns, tanks', ['"5\\" guns"', 'tanks']],
  ['朝鲜、俄罗斯，部队', ['朝鲜', '俄罗斯', '部队']],
  [' , ', []],
])('what is typed, %s, is a list of words', (typed, words) => {
  const written = typedWords(typed).map(wordOfText);
  expect(written).toEqual(words);
  for (const word of written) expect(() => parseQuery(word)).not.toThrow();
});

test('any form is the same after its query is read', () => {
  const word = fc.constantFrom(
    '@nk',
    '@men',
    'troop*1',
    '"special forces"',
    '="US"',
    '북한군',
    'title:veteran',
  );
  const near = fc.constantFrom<QueryForm['groups'][number]['near'][]>(null, 'sentence', 0, 8, 50);
  const group = fc.record({ any: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), near });
  const figure = fc.option(
    fc.record({
      of: fc.constantFrom('@men', 'troop*1'),
      op: fc.constantFrom('>=' as const, '<' as const),
      value: fc.integer({ min: 0, max: 10_000_000 }),
      within: fc.integer({ min: 0, max: 50 }),
    }),
  );
  const form = fc.record({
    groups: fc.array(group, { minLength: 1, maxLength: 4 }),
    not: fc.uniqueArray(word, { maxLength: 3 }),
    figure,
  });
  fc.assert(
    fc.property(form, (wanted) => {
      const [first, ...rest] = wanted.groups;
      const groups = [{ ...first!, near: null }, ...rest];
      expect(formOf(queryOfForm({ ...wanted, groups }))).toEqual({ ...wanted, groups });
    }),
  );
});
