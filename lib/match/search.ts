/** Runs the tries over folded text and notes every hit. Knows patterns and leaves; not what rules make of them. */
import { ENTRY_HITS_MAX } from '../model/limits.ts';
import type { Folded } from '../text/fold.ts';
import { isLeftFree, isPrefix, wordEnd } from './boundary.ts';
import type { Sections } from './format.ts';

/** A pattern may belong to several concepts: each hit is linked from all of them. */
const LINKS_MAX = ENTRY_HITS_MAX * 4;

/** The hits of one entry. Reused; `clear` forgets by raising the generation. */
export class Hits {
  readonly start = new Int32Array(ENTRY_HITS_MAX);
  readonly end = new Int32Array(ENTRY_HITS_MAX);
  readonly pattern = new Int32Array(ENTRY_HITS_MAX);
  length = 0;
  truncated = false;
  /** By leaf: generation in which it was last hit. */
  readonly #stamp: Uint32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly linkHit = new Int32Array(LINKS_MAX);
  /** Next link of the same leaf, -1 ends. */
  readonly linkNext = new Int32Array(LINKS_MAX);
  #links = 0;
  #generation = 0;
  /** Leaves hit, each once, in order of their first hit. */
  readonly leaves: Int32Array;
  leafCount = 0;

  constructor(leaves: number) {
    this.#stamp = new Uint32Array(leaves);
    this.#first = new Int32Array(leaves);
    this.#last = new Int32Array(leaves);
    this.leaves = new Int32Array(leaves);
  }

  clear(): void {
    this.length = 0;
    this.#links = 0;
    this.leafCount = 0;
    this.truncated = false;
    this.#generation++;
  }

  /** First link of a leaf, -1 if it was not hit. */
  firstLink(leaf: number): number {
    return this.#stamp[leaf] === this.#generation ? this.#first[leaf]! : -1;
  }

  add(pattern: number, start: number, end: number): number {
    if (this.length === ENTRY_HITS_MAX) {
      this.truncated = true;
      return -1;
    }
    const hit = this.length++;
    this.start[hit] = start;
    this.end[hit] = end;
    this.pattern[hit] = pattern;
    return hit;
  }

  link(leaf: number, hit: number): void {
    if (this.#links === LINKS_MAX) {
      this.truncated = true;
      return;
    }
    const link = this.#links++;
    this.linkHit[link] = hit;
    this.linkNext[link] = -1;
    if (this.#stamp[leaf] === this.#generation) this.linkNext[this.#last[leaf]!] = link;
    else {
      this.#stamp[leaf] = this.#generation;
      this.#first[leaf] = link;
      this.leaves[this.leafCount++] = leaf;
    }
    this.#last[leaf] = link;
  }
}

/** The texts that `from` and `to` of the folded units index into, by field; for case-exact terms. */
export interface SearchText {
  readonly folded: Folded;
  /** @returns the source text of the field that holds the folded unit */
  sourceAt(unit: number): string;
  readonly strings: (id: number) => string;
}

export class Searcher {
  readonly #sections: Sections;
  readonly #symbols = new Uint16Array(0x10000);
  readonly #hasFree: boolean;

  constructor(sections: Sections) {
    this.#sections = sections;
    const { symbols } = sections;
    for (let rank = 0; rank < symbols.length; rank++) this.#symbols[symbols[rank]!] = rank + 1;
    this.#hasFree = sections.freeOut.length > 0;
  }

  /** Adds the hits of every pattern, those with a fixed left side in order of their start. */
  search(text: SearchText, hits: Hits): void {
    const { folded } = text;
    const { classes, units, length } = folded;
    const { base, check, out } = this.#sections;
    let wordStart = 0;
    for (let at = 1; at < length; at++) {
      const scriptClass = classes[at]!;
      if (scriptClass === 0) continue;
      if (scriptClass !== classes[at - 1]) wordStart = at;
      else if (!isLeftFree(scriptClass) && !isPrefix(units, wordStart, at, scriptClass)) continue;
      this.#walk(text, at, base, check, out, hits);
    }
    if (!this.#hasFree) return;
    const { freeBase, freeCheck, freeOut } = this.#sections;
    for (let at = 1; at < length; at++) {
      if (classes[at] !== 0) this.#walk(text, at, freeBase, freeCheck, freeOut, hits);
    }
  }

  #walk(
    text: SearchText,
    start: number,
    base: Int32Array,
    check: Int32Array,
    out: Int32Array,
    hits: Hits,
  ): void {
    const { units } = text.folded;
    let node = 0;
    let at = start;
    while (true) {
      const symbol = this.#symbols[units[at]!]!;
      if (symbol === 0) return;
      const child = base[node]! + symbol;
      if (check[child] !== node) return;
      node = child;
      at++;
      const first = out[node]!;
      if (first >= 0) this.#patterns(text, first, start, at, hits);
      if (base[node] === 0) return;
    }
  }

  #patterns(text: SearchText, first: number, start: number, at: number, hits: Hits): void {
    const { next, tail, tailAt, exact, patternLeaf, patternLeafAt } = this.#sections;
    const { units } = text.folded;
    for (let pattern = first; pattern >= 0; pattern = next[pattern]!) {
      let from = tailAt[pattern]!;
      const to = tailAt[pattern + 1]!;
      let end = at;
      while (from < to && tail[from] === units[end]) {
        from++;
        end++;
      }
      if (from < to) continue;
      end = this.#end(text.folded, pattern, end);
      if (end < 0) continue;
      if (exact[pattern]! >= 0 && !isExact(text, start, end, text.strings(exact[pattern]!))) continue;
      const hit = hits.add(pattern, start, end);
      if (hit < 0) return;
      for (let leaf = patternLeafAt[pattern]!; leaf < patternLeafAt[pattern + 1]!; leaf++) {
        hits.link(patternLeaf[leaf]!, hit);
      }
    }
  }

  /** Where the whole pattern ends whose head ends at `at`, or -1. */
  #end(folded: Folded, pattern: number, at: number): number {
    const { suffix, rest, restAt } = this.#sections;
    const { units, classes } = folded;
    let word = restAt[pattern]!;
    const restEnd = restAt[pattern + 1]!;
    let end = wordEnd(units, classes, at, suffix[pattern]!, word === restEnd);
    while (word < restEnd && end >= 0) {
      if (units[end] !== 0x20) return -1;
      const length = rest[word]!;
      const wordSuffix = rest[word + 1]!;
      const literalEnd = literalEndAt(folded, rest, word + 2, length, end + 1);
      if (literalEnd < 0) return -1;
      word += 2 + length;
      end = wordEnd(units, classes, literalEnd, wordSuffix, word === restEnd);
    }
    return end;
  }
}

/** Where the literal ends that begins at `at`, or behind an Arabic or Hebrew prefix there; -1 if it does not. */
function literalEndAt(folded: Folded, rest: Uint16Array, from: number, length: number, at: number): number {
  const { units, classes } = folded;
  const scriptClass = classes[at]!;
  for (let skip = 0; skip <= 4; skip++) {
    if (skip > 0 && !isPrefix(units, at, at + skip, scriptClass)) {
      if (skip === 1 && scriptClass !== 6 && scriptClass !== 7) return -1;
      continue;
    }
    let same = 0;
    while (same < length && rest[from + same] === units[at + skip + same]) same++;
    if (same === length) return at + skip + length;
  }
  return -1;
}

/** Whether the source of a hit is the very text, case and accents included. */
function isExact(text: SearchText, start: number, end: number, wanted: string): boolean {
  const { from, to } = text.folded;
  const source = text.sourceAt(start);
  const first = from[start]!;
  const last = to[end - 1]!;
  if (last - first === wanted.length && source.startsWith(wanted, first)) return true;
  return source.slice(first, last).normalize('NFC') === wanted;
}
