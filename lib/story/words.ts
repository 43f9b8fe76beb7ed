/** A text as a set of word hashes, and how much two such sets share. Words are folded; Han, kana and Thai go by pairs. */

import { Folded } from '../text/fold.ts';
import { CLASS } from '../text/fold-table.ts';

const folded = new Folded();

/** Both sorted, each once: 32-bit hashes. */
export interface Words {
  readonly words: readonly number[];
  /** Those of them that are runs of digits. */
  readonly numbers: readonly number[];
}

/** @param max words read, the first of the text */
export function wordsOf(text: string, max: number): Words {
  folded.clear();
  const first = folded.append(text, 0);
  const found = new Set<number>();
  const numbers = new Set<number>();
  const { classes, length } = folded;
  for (let at = first; at < length && found.size < max; ) {
    const scriptClass = classes[at]!;
    let end = at + 1;
    while (end < length && classes[end] === scriptClass) end++;
    if (scriptClass === CLASS.han || scriptClass === CLASS.thai) addPairs(at, end, found, max);
    else if (scriptClass !== CLASS.separator) found.add(hashOf(at, end));
    if (scriptClass === CLASS.digit) numbers.add(hashOf(at, end));
    at = end;
  }
  return { words: sorted(found), numbers: sorted(numbers) };
}

const sorted = (hashes: ReadonlySet<number>): number[] => [...hashes].sort((a, b) => a - b);

function addPairs(from: number, to: number, found: Set<number>, max: number): void {
  for (let at = from; at + 1 < to && found.size < max; at++) found.add(hashOf(at, at + 2));
}

/** FNV-1a over UTF-16 units. */
function hashOf(from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ folded.units[at]!, 0x01000193);
  return hash >>> 0;
}

/** How many numbers two sorted lists share. */
export function sharedCount(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i]!;
    const y = b[j]!;
    if (x === y) {
      shared++;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
  }
  return shared;
}

/** Shared of all, 0 to 1; 0 for two empty lists. */
export function jaccard(a: readonly number[], b: readonly number[]): number {
  const shared = sharedCount(a, b);
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

/** Shorter texts must agree almost to the word: a few words are shared by chance. */
const SHORT_WORDS_MAX = 9;
const SHORT_SHARE_MIN = 0.85;
/** A headline of its own, and what is added to one. */
const HEADLINE_WORDS_MIN = 5;
const LABEL_WORDS_MAX = 4;
/** Shared of all words: an edited copy. */
const COPY_SHARE_MIN = 0.42;
/** Shared of the shorter text's words: a copy that was cut short … */
const CUT_SHARE_MIN = 0.8;
/** … or cut and edited. */
const EDITED_CUT_SHARE_MIN = 0.62;
const EDITED_SHARE_MIN = 0.34;

/** Where each names somebody or some place that the other does not. */
const RENAMED_SHARE_MIN = 0.5;
const RENAMED_CUT_MIN = 0.9;

/** With the names of the text (lib/text/skeleton.ts). */
export type NamedWords = Words & { readonly names: readonly string[] };

/**
 * Whether one text is the other, edited: nearly the same words, or a cut version of it. Measured on test/cases/story: two
 * independent reports of one event in one language share at most 0.31 of their words, a copy at least 0.37. Texts that
 * differ in their figures on both sides are two entries made from one form; those that differ in their names on both sides
 * ("Cyberattack on the town hall of Vannes", "… of Saint-Nazaire") often are, and must share more.
 */
export function isNearCopy(a: NamedWords, b: NamedWords): boolean {
  const shared = sharedCount(a.words, b.words);
  const smaller = Math.min(a.words.length, b.words.length);
  if (smaller === 0 || disagree(a.numbers, b.numbers)) return false;
  const share = shared / (a.words.length + b.words.length - shared);
  const cut = shared / smaller;
  if (smaller <= SHORT_WORDS_MAX) return share >= SHORT_SHARE_MIN || isLabelled(a, b, shared);
  if (nameOthers(a.names, b.names)) return share >= RENAMED_SHARE_MIN || cut >= RENAMED_CUT_MIN;
  return (
    share >= COPY_SHARE_MIN ||
    cut >= CUT_SHARE_MIN ||
    (cut >= EDITED_CUT_SHARE_MIN && share >= EDITED_SHARE_MIN)
  );
}

/** A whole headline with a few words before or behind it: a desk's name, "live", "what we know". */
function isLabelled(a: Words, b: Words, shared: number): boolean {
  const smaller = Math.min(a.words.length, b.words.length);
  const more = Math.max(a.words.length, b.words.length) - smaller;
  return shared === smaller && smaller >= HEADLINE_WORDS_MIN && more <= LABEL_WORDS_MAX;
}

/** Each has figures that the other lacks. */
function disagree(a: readonly number[], b: readonly number[]): boolean {
  const shared = sharedCount(a, b);
  return shared < a.length && shared < b.length;
}

/** Each has names that the other lacks. */
function nameOthers(a: readonly string[], b: readonly string[]): boolean {
  return a.some((name) => !b.includes(name)) && b.some((name) => !a.includes(name));
}
