/** Runs the tries over folded text and notes every hit. Knows patterns and leaves; not what rules make of them. */
import { ENTRY_HITS_MAX } from '../../model/limits.ts';
import type { Folded } from '../../text/fold.ts';
import { CLASS } from '../../text/fold-table.ts';
import type { Sections } from '../format.ts';
import { isLeftFree, isPrefix, wordEnd } from './boundary.ts';

/** By class: whether a pattern may begin inside a word: 0 never, 1 anywhere, 2 behind a prefix written together. */
const STARTS = new Uint8Array(16);
for (const scriptClass of Object.values(CLASS)) STARTS[scriptClass] = isLeftFree(scriptClass) ? 1 : 0;
STARTS[CLASS.arabic] = 2;
STARTS[CLASS.hebrew] = 2;

/** A pattern may belong to several concepts: each hit is linked from all of them. */
const LINKS_MAX = ENTRY_HITS_MAX * 4;

/** The hits of one entry. Reused; `clear` forgets by raising the generation. */
export class Hits {
  readonly start = new Int32Array(ENTRY_HITS_MAX);
  readonly end = new Int32Array(ENTRY_HITS_MAX);
  /** Pattern, or the complement (~n) of the number of a re:"…". */
  readonly pattern = new Int32Array(ENTRY_HITS_MAX);
  /** Offsets in the source; only of a re:"…", which may begin and end anywhere. */
  readonly sourceStart = new Int32Array(ENTRY_HITS_MAX);
  readonly sourceEnd = new Int32Array(ENTRY_HITS_MAX);
  /** Leaves that it counts for. */
  readonly uses = new Uint16Array(ENTRY_HITS_MAX);
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
    this.uses[hit] = 0;
    return hit;
  }

  /** A hit with offsets of its own in the source. */
  addSource(pattern: number, start: number, end: number, sourceStart: number, sourceEnd: number): number {
    const hit = this.add(pattern, start, end);
    if (hit >= 0) {
      this.sourceStart[hit] = sourceStart;
      this.sourceEnd[hit] = sourceEnd;
    }
    return hit;
  }

  link(leaf: number, hit: number): void {
    if (this.#links === LINKS_MAX) {
      this.truncated = true;
      return;
    }
    const link = this.#links++;
    this.uses[hit] = this.uses[hit]! + 1;
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

/** One trie with what tells, of two units, that no pattern of it begins so. */
interface Trie {
  readonly base: Int32Array;
  readonly check: Int32Array;
  readonly out: Int32Array;
  /** By hash of two units: 0 where no pattern begins with them. */
  readonly pairs: Uint8Array;
  /** By unit: 1 where it is a pattern, or the first word of one, by itself. */
  readonly alone: Uint8Array;
}

type Tables = Pick<Trie, 'base' | 'check' | 'out'>;

/** Spreads two units over 64K places; colliding pairs only cost a walk. */
function pairHash(first: number, second: number): number {
  return ((first * 0x9e3b) ^ second) & 0xffff;
}

export class Searcher {
  readonly #sections: Sections;
  readonly #symbols = new Uint16Array(0x10000);
  readonly #bound: Trie;
  readonly #free: Trie | null;

  constructor(sections: Sections) {
    this.#sections = sections;
    const { symbols, base, check, out, freeBase, freeCheck, freeOut } = sections;
    for (let rank = 0; rank < symbols.length; rank++) this.#symbols[symbols[rank]!] = rank + 1;
    const trie = (tables: Tables) => ({ ...tables, ...beginningsOf(tables, sections) });
    this.#bound = trie({ base, check, out });
    this.#free = freeOut.length > 0 ? trie({ base: freeBase, check: freeCheck, out: freeOut }) : null;
  }

  /** Adds the hits of every pattern, those with a fixed left side in order of their start. */
  search(text: SearchText, hits: Hits): void {
    const { classes, units, length } = text.folded;
    const trie = this.#bound;
    const { pairs, alone } = trie;
    let wordStart = 0;
    let last = 0;
    for (let at = 1; at < length; at++) {
      const scriptClass = classes[at]!;
      if (scriptClass !== last) {
        last = scriptClass;
        wordStart = at;
        if (scriptClass === 0) continue;
      } else if (STARTS[scriptClass] === 0) continue;
      if (pairs[pairHash(units[at]!, units[at + 1]!)] === 0 && alone[units[at]!] === 0) continue;
      if (at > wordStart && STARTS[scriptClass] === 2 && !isPrefix(units, wordStart, at, scriptClass))
        continue;
      this.#walk(text, at, trie, hits);
    }
    if (this.#free !== null) this.#searchEverywhere(text, this.#free, hits);
  }

  #searchEverywhere(text: SearchText, trie: Trie, hits: Hits): void {
    const { classes, units, length } = text.folded;
    const { pairs, alone } = trie;
    for (let at = 1; at < length; at++) {
      if (pairs[pairHash(units[at]!, units[at + 1]!)] === 0 && alone[units[at]!] === 0) continue;
      if (classes[at] !== 0) this.#walk(text, at, trie, hits);
    }
  }

  #walk(text: SearchText, start: number, { base, check, out }: Trie, hits: Hits): void {
    const { units } = text.folded;
    const symbols = this.#symbols;
    let node = 0;
    let at = start;
    while (true) {
      const symbol = symbols[units[at]!]!;
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

/**
 * Reads from the trie which two units a pattern can begin with: the slots two steps below the root, and the tails of
 * those one step below. One pass over the slots: this runs whenever rules are loaded.
 */
function beginningsOf({ base, check, out }: Tables, sections: Sections): Omit<Trie, keyof Tables> {
  const { symbols, next, tail, tailAt } = sections;
  const pairs = new Uint8Array(0x10000);
  const alone = new Uint8Array(0x10000);
  const size = check.length;
  for (let slot = 1; slot < size; slot++) {
    const parent = check[slot]!;
    if (parent < 0) continue;
    if (parent > 0) {
      if (check[parent] === 0)
        pairs[pairHash(symbols[parent - base[0]! - 1]!, symbols[slot - base[parent]! - 1]!)] = 1;
      continue;
    }
    const first = symbols[slot - base[0]! - 1]!;
    for (let pattern = out[slot]!; pattern >= 0; pattern = next[pattern]!) {
      const from = tailAt[pattern]!;
      if (from < tailAt[pattern + 1]!) pairs[pairHash(first, tail[from]!)] = 1;
      else alone[first] = 1;
    }
  }
  return { pairs, alone };
}

/** Where the literal ends that begins at `at`, or behind a prefix of its own script there; -1 if it does not. */
function literalEndAt(folded: Folded, rest: Uint16Array, from: number, length: number, at: number): number {
  const { units, classes } = folded;
  const scriptClass = classes[at]!;
  for (let skip = 0; skip <= 4; skip++) {
    if (skip === 1 && scriptClass !== CLASS.arabic && scriptClass !== CLASS.hebrew) return -1;
    if (skip > 0 && (classes[at + skip] !== scriptClass || !isPrefix(units, at, at + skip, scriptClass)))
      continue;
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
