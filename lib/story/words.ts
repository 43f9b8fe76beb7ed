/** A text as a set of word hashes, and the overlap of two sets. Words are folded; Han and Thai text is split into pairs. */

import { Folded } from '../text/fold.ts';
import { CLASS } from '../text/fold-table.ts';

const folded = new Folded();

/** 32-bit hashes, sorted, without duplicates. */
export interface Words {
  readonly words: readonly number[];
  /** The subset of hashes that stand for runs of digits. */
  readonly numbers: readonly number[];
}

/** @param max number of words read from the start of the text */
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

/** Adjacent pairs of characters, as words of scripts without spaces. */
function addPairs(from: number, to: number, found: Set<number>, max: number): void {
  for (let at = from; at + 1 < to && found.size < max; at++) found.add(hashOf(at, at + 2));
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function hashOf(from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ folded.units[at]!, 0x01000193);
  return hash >>> 0;
}

/** Size of the intersection of two sorted lists. */
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

/** Jaccard index: intersection divided by union, 0 to 1; 0 for two empty lists. */
export function jaccard(a: readonly number[], b: readonly number[]): number {
  const shared = sharedCount(a, b);
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

/** Texts of at most this many words must agree almost completely, because short texts share words by chance. */
const SHORT_WORDS_MAX = 9;
const SHORT_SHARE_MIN = 0.85;
/** Words of a headline, and of a label added to it. */
const HEADLINE_WORDS_MIN = 5;
const LABEL_WORDS_MAX = 4;
/** Share of all words in an edited copy. */
const COPY_SHARE_MIN = 0.42;
/** Share of the shorter text's words in a shortened copy … */
const CUT_SHARE_MIN = 0.8;
/** … and in a shortened and edited copy. */
const EDITED_CUT_SHARE_MIN = 0.62;
const EDITED_SHARE_MIN = 0.34;

/** Thresholds if each text has a name that the other does not. */
const RENAMED_SHARE_MIN = 0.5;
const RENAMED_CUT_MIN = 0.9;

/** Words with the name skeletons of the text (lib/text/skeleton.ts). */
export type NamedWords = Words & { readonly names: readonly string[] };

/**
 * Whether one text is an edited or shortened version of the other. Measured on test/cases/story: two independent reports of
 * one event in one language share at most 0.31 of their words, a copy at least 0.37. Texts that differ in figures on both
 * sides were made from one template; texts that differ in names on both sides ("Cyberattack on the town hall of Vannes", "…
 * of Saint-Nazaire") often were, and must share more.
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

/** A whole headline with a few words before or after it: a department, "live", "what we know". */
function isLabelled(a: Words, b: Words, shared: number): boolean {
  const smaller = Math.min(a.words.length, b.words.length);
  const more = Math.max(a.words.length, b.words.length) - smaller;
  return shared === smaller && smaller >= HEADLINE_WORDS_MIN && more <= LABEL_WORDS_MAX;
}

/** Each has figures that the other does not. */
function disagree(a: readonly number[], b: readonly number[]): boolean {
  const shared = sharedCount(a, b);
  return shared < a.length && shared < b.length;
}

/** Each has names that the other does not. */
function nameOthers(a: readonly string[], b: readonly string[]): boolean {
  return a.some((name) => !b.includes(name)) && b.some((name) => !a.includes(name));
}
