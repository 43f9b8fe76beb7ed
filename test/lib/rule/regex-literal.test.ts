import { expect, test } from 'vitest';
import { loadRegexEngine, regexFault, regexOf } from '../../../lib/match/search/regex-engine.ts';
import { requiredWords } from '../../../lib/rule/regex-literal.ts';
import { foldText } from '../../../lib/text/fold.ts';
import fc from '../../property.ts';

await loadRegexEngine();

/** Pattern and the words of which one is in every match; '' where there are none. */
const CASES: readonly (readonly [string, string])[] = [
  ['(?i)north korea', 'north'],
  ['\\bTroops?\\b', 'Troop'],
  ['(tank|missile)s? launched', 'launched'],
  ['(tanks|missiles)', 'tanks missiles'],
  ['(sanction(s|ed)?|embargo)', 'sanction embargo'],
  ['a|b', ''],
  ['abc|', ''],
  ['[Nn]orth', 'orth'],
  ['[]abc]word', 'word'],
  ['wo.ds', ''],
  ['\\d{3,} soldiers', 'soldiers'],
  ['북한군?', '북한'],
  ['x{0}abc', 'abc'],
  ['(?:abc){0,2}def', 'def'],
  ['(?:abc)+', 'abc'],
  ['abc*d', ''],
  ['abcd*', 'abc'],
  ['\\Qabc\\E', ''],
  ['\\x41bcd', 'bcd'],
  ['\\p{Greek}word', 'word'],
  ['\\pLword', 'word'],
  ['(?P<n>Kim) Jong', 'Jong'],
  ['(?i:kim) jong', 'jong'],
  ['ﾊﾟﾝﾊﾟﾝ', ''],
  ['e\u0301cole', 'cole'],
  ['((((((((((((((((((((word))))))))))))))))))))', ''],
  ['a)word', ''],
];

test.each(CASES)('%s: %s', (pattern, words) => {
  expect((requiredWords(pattern) ?? []).join(' ')).toBe(words);
});

test('a text that a pattern matches holds one of its words, folded', () => {
  const piece = fc.constantFrom(
    ...[
      'abc',
      'Def',
      'é',
      'ß',
      '북한',
      '朝',
      ' ',
      '.',
      '\\d',
      '\\b',
      '[xy]',
      '[^a]',
      '?',
      '+',
      '{0,2}',
      '{2}',
      '(',
      '(?:',
      ')',
      '|',
      'İ',
      'K',
    ],
  );
  const text = fc.array(
    fc.constantFrom(
      'abc',
      'ABC',
      'def',
      'Def',
      'é',
      'É',
      'ß',
      'ẞ',
      '북한',
      '朝',
      ' ',
      '.',
      '1',
      'x',
      'i',
      'k',
      '-',
    ),
    { maxLength: 12 },
  );
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 5 }),
      text,
      fc.boolean(),
      (pieces, parts, insensitive) => {
        const pattern = `${insensitive ? '(?i)' : ''}${pieces.join('')}`;
        if (regexFault(pattern) !== null) return;
        const words = requiredWords(pattern);
        const source = parts.join('');
        if (words === null || !regexOf(pattern).matcher(source).find()) return;
        matched++;
        const folded = foldText(source);
        expect(words.some((word) => folded.includes(foldText(word)))).toBe(true);
      },
    ),
    { numRuns: 8_000 },
  );
  expect(matched).toBeGreaterThan(50);
});
