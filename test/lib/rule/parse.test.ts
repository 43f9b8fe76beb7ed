import { describe, expect, test } from 'vitest';
import { RuleError } from '../../../lib/rule/error.ts';
import { parseQuery } from '../../../lib/rule/parse.ts';
import { printQuery } from '../../../lib/rule/print.ts';
import type { Query } from '../../../lib/rule/query.ts';
import fc from '../../property.ts';

/** What is written, and what it prints as: brackets and quotes show how it was read. */
const READ: readonly (readonly [string, string])[] = [
  ['word', 'word'],
  ['"two words"', '"two words"'],
  ['nord-coréen*3', 'nord-coréen*3'],
  ['="US"', '="US"'],
  ['@north-korea', '@north-korea'],
  ['a1a AND b1b AND c1c', 'a1a AND b1b AND c1c'],
  ['a1a NOT b1b', 'a1a AND NOT b1b'],
  ['a1a OR (b1b AND c1c)', 'a1a OR (b1b AND c1c)'],
  ['(a1a NEAR/3 b1b) NEAR/5 c1c', 'a1a NEAR/3 b1b NEAR/5 c1c'],
  ['a1a NEAR/3 (b1b NEAR/5 c1c)', 'a1a NEAR/3 (b1b NEAR/5 c1c)'],
  ['a1a ONEAR/0 b1b AND c1c', 'a1a ONEAR/0 b1b AND c1c'],
  ['a1a SENTENCE (b1b OR c1c)', 'a1a SENTENCE (b1b OR c1c)'],
  ['title:(a1a OR b1b)', 'title:(a1a OR b1b)'],
  ['lang:fr,ko AND x1x', 'lang:"fr","ko" AND x1x'],
  ['tag:"North Korea" AND x1x', 'tag:"North Korea" AND x1x'],
  ['ATLEAST/2 (a1a OR b1b)', 'ATLEAST/2 (a1a OR b1b)'],
  ['ANY/2(a1a, b1b AND c1c, lang:fr, d1d)', 'ANY/2(a1a, b1b AND c1c, lang:"fr", d1d)'],
  ['COUNT(@soldiers) >= 1.5k', 'COUNT(@soldiers, 4) >= 1500'],
  ['COUNT(@soldiers, 6)<2M', 'COUNT(@soldiers, 6) < 2000000'],
  ['x1x AND QTY = 3', 'x1x AND QTY = 3'],
  ['NOT NOT x1x', 'NOT (NOT x1x)'],
  ['북한군 OR 朝鲜', '북한군 OR 朝鲜'],
  ['"say \\"hi\\""', '"say \\"hi\\""'],
  ['re:"a\\b(c|\\"d)\\\\"', 're:"a\\b(c|\\"d)\\\\"'],
  ['title:re:"a b" NEAR/2 x1x', 'title:re:"a b" NEAR/2 x1x'],
];

test.each(READ)('%s', (source, printed) => {
  expect(printQuery(parseQuery(source))).toBe(printed);
});

/** Expression, code, and what the span underlines. */
const WRONG: readonly (readonly [string, string, string])[] = [
  ['', 'E_SYNTAX', ''],
  ['a1a AND', 'E_SYNTAX', ''],
  ['(a1a', 'E_SYNTAX', '('],
  ['a1a)', 'E_SYNTAX', ')'],
  ['()', 'E_SYNTAX', ')'],
  ['"open', 'E_SYNTAX', '"open'],
  ['@ x', 'E_SYNTAX', '@'],
  ['AND x1x', 'E_SYNTAX', 'AND'],
  ['tittle:x1x', 'E_SYNTAX', 'tittle:'],
  ['lang: AND x', 'E_SYNTAX', 'AND'],
  ['NEAR x1x', 'E_SYNTAX', 'NEAR'],
  ['wo*rd', 'E_SYNTAX', 'wo*rd'],
  ['"one *two"', 'E_SYNTAX', '*two'],
  ['***', 'E_SYNTAX', '***'],
  ['ANY/3(a1a, b1b)', 'E_SYNTAX', 'ANY/3'],
  ['COUNT(x1x) >= many', 'E_SYNTAX', 'many'],
  ['COUNT(x1x)', 'E_SYNTAX', ''],
  ['a1a AND b1b OR c1c', 'E_MIXED_AND_OR', 'OR'],
  ['a1a OR b1b NOT c1c', 'E_MIXED_AND_OR', 'NOT'],
  ['two words', 'E_MISSING_OPERATOR', 'words'],
  ['a1a and b1b', 'E_MISSING_OPERATOR', 'and'],
  ['ab*', 'E_WILD_SHORT', 'ab*'],
  ['x1x AND "ab* c"', 'E_WILD_SHORT', 'ab*'],
  ['한*', 'E_WILD_SHORT', '한*'],
  ['(a1a AND b1b) NEAR/3 c1c', 'E_NEAR_OPERAND', 'a1a AND b1b'],
  ['a1a NEAR/3 (NOT b1b)', 'E_NEAR_OPERAND', 'NOT b1b'],
  ['a1a NEAR/51 b1b', 'E_LIMIT', 'NEAR/51'],
  ['word*31', 'E_LIMIT', 'word*31'],
  [`${'('.repeat(33)}x1x${')'.repeat(33)}`, 'E_LIMIT', '('],
  [`"${'long '.repeat(60)}"`, 'E_LIMIT', 'long '.repeat(60)],
  ['x1x AND re:"', 'E_SYNTAX', 're:"'],
  ['x1x AND re:word', 'E_SYNTAX', 're:'],
  ['re:""', 'E_SYNTAX', 're:""'],
  [`re:"${'a'.repeat(1001)}"`, 'E_LIMIT', `re:"${'a'.repeat(1001)}"`],
];

test.each(WRONG)('%s is %s', (source, code, underlined) => {
  let found: unknown = null;
  try {
    parseQuery(source);
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(RuleError);
  const error = found as RuleError;
  expect(error.code).toBe(code);
  expect(source.slice(error.span.from, error.span.to)).toBe(underlined);
});

const span = { from: 0, to: 0 };
const word = fc
  .constantFrom(
    'soldat*3',
    'troops',
    '북한군',
    '朝鲜',
    'AND',
    'not',
    'قوات',
    '*fleet',
    'two words',
    '"',
    'a:b',
  )
  .map((text): Query => ({ kind: 'term', span, text: text === '"' ? 'say "x1"' : text, exact: false }));
const leaf = fc.oneof(
  word,
  fc.constant<Query>({ kind: 'term', span, text: 'US', exact: true }),
  fc.constant<Query>({ kind: 'list', span, id: 'north-korea' }),
  fc
    .array(fc.constantFrom('a', ' ', '\\\\', '\\"', '\\b', '(', ')', '|', '한', ':'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts): Query => ({ kind: 'regex', span, pattern: parts.join('') })),
);
const place = fc.letrec<{ place: Query }>((tie) => ({
  place: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc
      .tuple(tie('place'), tie('place'), fc.integer({ min: 0, max: 50 }), fc.constantFrom('any', 'given'))
      .map(
        ([left, right, within, order]): Query => ({
          kind: 'near',
          span,
          order: order as 'any' | 'given',
          within,
          left,
          right,
        }),
      ),
    fc.array(tie('place'), { minLength: 2, maxLength: 3 }).map((of): Query => ({ kind: 'or', span, of })),
  ),
})).place;
const any = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    place,
    tie('query').map((of): Query => ({ kind: 'not', span, of })),
    tie('query').map((of): Query => ({ kind: 'in', span, field: 'title', of })),
    fc.array(tie('query'), { minLength: 2, maxLength: 3 }).map((of): Query => ({ kind: 'and', span, of })),
    place.map((of): Query => ({ kind: 'atleast', span, count: 2, of })),
    fc
      .tuple(place, place)
      .map(([left, right]): Query => ({ kind: 'near', span, order: 'any', within: 'sentence', left, right })),
    fc
      .tuple(
        fc.constantFrom('lang', 'publisher', 'tag'),
        fc.uniqueArray(fc.constantFrom('fr', 'Radio "X"', 'a,b', 'AND'), { minLength: 1 }),
      )
      .map(([key, values]): Query => ({ kind: 'meta', span, key: key as 'lang', values })),
    fc
      .tuple(
        fc.constantFrom('>=', '>', '<=', '<', '='),
        fc.oneof(
          fc.nat(),
          fc.nat().map((n) => n / 1_000),
          fc.constantFrom(1e21, 123456789e18),
        ),
      )
      .map(([op, value]): Query => ({ kind: 'qty', span, op: op as '>=', value })),
    fc
      .array(tie('query'), { minLength: 2, maxLength: 3 })
      .map((of): Query => ({ kind: 'any', span, count: 2, of })),
    place.map((of): Query => ({ kind: 'count', span, of, within: 4, op: '>=', value: 1000 })),
  ),
})).query;

describe('for any tree', () => {
  test('parsing what is printed gives the tree back', () => {
    fc.assert(
      fc.property(any, (query) => {
        expect(bare(parseQuery(printQuery(query)))).toEqual(bare(query));
      }),
    );
  });
  test('any text is a tree or a mistake inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (source) => {
        try {
          parseQuery(source);
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError);
          expect((error as RuleError).span.from).toBeLessThanOrEqual(source.length);
        }
      }),
    );
  });
});

/** Without spans. */
function bare(query: Query): unknown {
  return JSON.parse(JSON.stringify(query, (key, value) => (key === 'span' ? undefined : value)));
}
