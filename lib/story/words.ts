/** A text as a set of word hashes, and how much two such sets share. Words are folded; Han, kana and Thai go by pairs. */

import { Folded } from '../text/fold.ts';
import { CLASS } from '../text/fold-table.ts';

/** Shorter words in spaced scripts say nothing of their text. */
const WORD_UNITS_MIN = 3;

const folded = new Folded();

/** @returns sorted, each once, at most `max` (the first of the text): 32-bit hashes */
export function wordHashes(text: string, max: number): number[] {
  folded.clear();
  const first = folded.append(text, 0);
  const found = new Set<number>();
  const { classes, length } = folded;
  for (let at = first; at < length && found.size < max; ) {
    const scriptClass = classes[at]!;
    if (scriptClass === CLASS.separator) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < length && classes[end] === scriptClass) end++;
    if (scriptClass === CLASS.han || scriptClass === CLASS.thai) addPairs(at, end, found, max);
    else if (end - at >= WORD_UNITS_MIN || scriptClass === CLASS.digit || scriptClass === CLASS.hangul)
      found.add(hashOf(at, end));
    at = end;
  }
  return [...found].sort((a, b) => a - b);
}

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

/** Least words for containment to mean a copy that was cut short. */
const CONTAINED_WORDS_MIN = 8;
const COPY_JACCARD_MIN = 0.6;
const COPY_CONTAINMENT_MIN = 0.8;

/**
 * Whether one text is the other, edited: nearly the same words, or a cut version of it (matching.md §5: unrelated texts
 * share at most 0.15, edits of a third of the words still 0.36 and more).
 */
export function isNearCopy(a: readonly number[], b: readonly number[]): boolean {
  const shared = sharedCount(a, b);
  const smaller = Math.min(a.length, b.length);
  if (smaller === 0) return false;
  if (shared / (a.length + b.length - shared) >= COPY_JACCARD_MIN) return true;
  return smaller >= CONTAINED_WORDS_MIN && shared / smaller >= COPY_CONTAINMENT_MIN;
}
