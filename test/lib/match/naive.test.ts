/** The automaton against the obvious matcher: try every pattern at every place. */

import { expect, test } from 'vitest';
import { explain } from '../../../lib/match/run/explain.ts';
import { matchEntry } from '../../../lib/match/run/match.ts';
import { readTerm, type TermWord } from '../../../lib/rule/term.ts';
import { foldText } from '../../../lib/text/fold.ts';
import { CLASS, foldTable } from '../../../lib/text/fold-table.ts';
import fc from '../../property.ts';
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
  '𠮷',
  'が',
  'ق',
  'وات',
  'ال',
  'و',
  'ין',
  'חייל',
  'ה',
  'ब',
  'ि',
];
const word = fc
  .array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const starred = fc.tuple(word, fc.constantFrom('', '', '', '*', '*1', '*2')).map((parts) => parts.join(''));
const pattern = fc
  .tuple(fc.array(starred, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([words, left]) => `${left ? '*' : ''}${words.join(' ')}`)
  .filter(isTerm);
/** Words, and the letters of patterns: else hardly any would be hit. */
const pieces = fc.tuple(
  fc.array(fc.tuple(fc.option(fc.nat(), { freq: 2 }), word, fc.constantFrom(' ', ' ', '', '-', '. ')), {
    maxLength: 15,
  }),
  fc.constantFrom('NFC', 'NFD'),
);

/** Feeds written on a Mac come apart into letters and marks: NFD. */
function textOf(
  patterns: readonly string[],
  [parts, form]: typeof pieces extends fc.Arbitrary<infer T> ? T : never,
) {
  const letters = parts.map(([at, one, joint]) => {
    const pattern = at === null ? null : patterns[at % patterns.length]!;
    return (pattern?.replace(/\*\d*/gu, '') ?? one) + joint;
  });
  return letters.join('').normalize(form);
}

function rulesWith(terms: readonly string[], shadows: readonly string[]) {
  const list = JSON.stringify({ terms, not_in: shadows });
  return rulesOf(
    `version: 1\nfeeds: [{url: https://example.org/}]\nconcepts: {c: ${list}}\nrules: [{id: r, query: "@c"}]`,
  );
}

test('finds what trying every pattern at every place finds', () => {
  let total = 0;
  fc.assert(
    fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 12 }), pieces, (patterns, parts) => {
      const title = textOf(patterns, parts);
      const found = explain(rulesWith(patterns, []), textEntry(title), 'r')?.hits.length;
      const distinct = new Map(patterns.map((term) => [keyOf(term), term]));
      const wanted = [...distinct.values()].reduce((sum, term) => sum + hitsOf(term, title).length, 0);
      total += wanted;
      expect(Math.min(found ?? -1, 100)).toBe(Math.min(wanted, 100));
    }),
    { numRuns: 400 },
  );
  expect(total).toBeGreaterThan(300);
});

test('a hit inside a shadow phrase does not count, and no other is lost', () => {
  const few = fc.uniqueArray(pattern, { minLength: 1, maxLength: 4 });
  let shadowed = 0;
  fc.assert(
    fc.property(few, few, pieces, (terms, more, parts) => {
      // Longer phrases around the terms themselves.
      const shadows = [...more, ...terms.map((term) => `북한 ${term.replace(/^\*/u, '')}`)].filter(isTerm);
      const title = textOf([...terms, ...shadows], parts);
      const rules = rulesWith(terms, shadows);
      const dark = shadows.flatMap((term) => hitsOf(term, title));
      const hits = terms.flatMap((term) => hitsOf(term, title));
      const lit = hits.filter(([start, end]) => !dark.some(([from, to]) => from <= start && to >= end));
      shadowed += hits.length - lit.length;
      expect(matchEntry(rules, textEntry(title)).length > 0).toBe(lit.length > 0);
    }),
    { numRuns: 400 },
  );
  expect(shadowed).toBeGreaterThan(50);
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

type Hit = readonly [start: number, end: number];

/** Places at which the term begins; each gives one hit. */
function hitsOf(term: string, source: string): Hit[] {
  const folded = foldText(source);
  const hits: Hit[] = [];
  for (let at = 0; at < folded.length; at++) {
    const end = hitAt(term, folded, at);
    if (end >= 0) hits.push([at, end]);
  }
  return hits;
}

/** Once more, and independently of lib/match/search/boundary. */
const ARABIC_PREFIXES = 'و ف ب ك ل س ال لل وس وب ول فب فل فس ولل وال بال كال فال وبال فلل وكال'.split(' ');
const ARABIC_SUFFIXES = 'ا ه ها هم هن ك نا ي يه يين يون ات ون ين ان وا'.split(' ');

function isPrefix(text: string, scriptClass: number): boolean {
  if (scriptClass === CLASS.arabic) return ARABIC_PREFIXES.includes(text);
  return scriptClass === CLASS.hebrew && /^[והבלמשכ]{1,2}$/u.test(text);
}

/** @returns where the term ends that begins at `start`, or -1 */
function hitAt(term: string, folded: string, start: number): number {
  const words = readTerm(term);
  const first = classOf(folded[start]);
  let wordStart = start;
  while (wordStart > 0 && classOf(folded[wordStart - 1]) === first) wordStart--;
  const isFree = words[0]!.leftFree || first === CLASS.han || first === CLASS.thai;
  if (first === CLASS.separator) return -1;
  if (!isFree && wordStart < start && !isPrefix(folded.slice(wordStart, start), first)) return -1;
  let at = start;
  for (const [index, one] of words.entries()) {
    if (index > 0) {
      if (folded[at] !== ' ') return -1;
      at = behindPrefix(one.literal, folded, at + 1);
    }
    at = wordEnd(one, folded, at, index === words.length - 1);
    if (at < 0) return -1;
  }
  return at;
}

/** The later words of a phrase may carry a prefix too, one of their own script. */
function behindPrefix(literal: string, folded: string, at: number): number {
  const scriptClass = classOf(folded[at]);
  for (let skip = 0; skip <= 4; skip++) {
    const isOwn =
      classOf(folded[at + skip]) === scriptClass && isPrefix(folded.slice(at, at + skip), scriptClass);
    if ((skip === 0 || isOwn) && folded.startsWith(literal, at + skip)) return at + skip;
  }
  return at;
}

function wordEnd({ literal, suffix }: TermWord, folded: string, start: number, isLast: boolean): number {
  if (!folded.startsWith(literal, start)) return -1;
  const end = start + literal.length;
  let at = end;
  const last = classOf(folded[end - 1]);
  if (isLast && (last === CLASS.hangul || last === CLASS.han || last === CLASS.thai)) return end;
  const most = suffix > 30 ? folded.length : end + suffix;
  while (at < most && classOf(folded[at]) === last) at++;
  if (classOf(folded[at]) !== last) return at;
  if (suffix > 0 || last !== CLASS.arabic) return -1;
  while (classOf(folded[at]) === last) at++;
  if (!ARABIC_SUFFIXES.includes(folded.slice(end, at))) return -1;
  return isLast ? end : at;
}
