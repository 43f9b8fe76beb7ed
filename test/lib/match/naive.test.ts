/** The automaton against the obvious matcher: try every pattern at every place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from '../../../lib/match/explain.ts';
import { readTerm, type TermWord } from '../../../lib/rule/term.ts';
import { foldText } from '../../../lib/text/fold.ts';
import { CLASS, foldTable } from '../../../lib/text/fold-table.ts';
import { rulesOf, textEntry } from './rules.ts';

const SYLLABLES = [
  'ko',
  'rea',
  'so',
  'l',
  '북',
  '한',
  '군',
  '朝',
  '鮮',
  'ทห',
  'าร',
  'со',
  'лд',
  '1',
  '2',
  'é',
];
const word = fc
  .array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const pattern = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '*', '*1', '*2'),
    fc.boolean(),
  )
  .map(([words, suffix, left]) => `${left ? '*' : ''}${words.join(' ')}${suffix}`)
  .filter(isTerm);
const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '', '-', '. ', ' ')), { maxLength: 20 })
  .map((parts) => parts.flat().join(''));

test('finds what trying every pattern at every place finds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 12 }), text, (patterns, title) => {
      const terms = JSON.stringify(patterns);
      const rules = rulesOf(
        `version: 1\nfeeds: [{url: https://example.org/}]\nconcepts: {c: {terms: ${terms}}}\nrules: [{id: r, query: "@c"}]`,
      );
      const found = explain(rules, textEntry(title), 'r')?.hits.length;
      const distinct = new Map(patterns.map((term) => [keyOf(term), term]));
      const wanted = [...distinct.values()].reduce((sum, term) => sum + count(term, title), 0);
      expect(Math.min(found ?? -1, 100)).toBe(Math.min(wanted, 100));
    }),
    { numRuns: 500 },
  );
});

function isTerm(term: string): boolean {
  try {
    return readTerm(term).length > 0;
  } catch {
    return false;
  }
}

function keyOf(term: string): string {
  return JSON.stringify(readTerm(term));
}

function classOf(char: string | undefined): number {
  return char === undefined ? CLASS.separator : foldTable().classes[char.charCodeAt(0)]!;
}

/** Places at which the term begins; each gives one hit. */
function count(term: string, source: string): number {
  const folded = foldText(source);
  let found = 0;
  for (let at = 0; at < folded.length; at++) if (hitsAt(term, folded, at)) found++;
  return found;
}

function hitsAt(term: string, folded: string, start: number): boolean {
  const words = readTerm(term);
  const first = classOf(folded[start]);
  const isFree = words[0]!.leftFree || first === CLASS.han || first === CLASS.thai;
  if (first === CLASS.separator || (!isFree && classOf(folded[start - 1]) === first)) return false;
  let at = start;
  for (const [index, one] of words.entries()) {
    if (index > 0 && folded[at++] !== ' ') return false;
    at = wordEnd(one, folded, at, index === words.length - 1);
    if (at < 0) return false;
  }
  return true;
}

function wordEnd({ literal, suffix }: TermWord, folded: string, start: number, isLast: boolean): number {
  if (!folded.startsWith(literal, start)) return -1;
  let at = start + literal.length;
  const last = classOf(folded[at - 1]);
  if (isLast && (last === CLASS.hangul || last === CLASS.han || last === CLASS.thai)) return at;
  const most = suffix > 30 ? folded.length : at + suffix;
  while (at < most && classOf(folded[at]) === last) at++;
  return classOf(folded[at]) === last ? -1 : at;
}
