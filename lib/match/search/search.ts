/**
 * Finds all hits of all terms in the folded text of one entry.
 *
 * 1. Every position where a pattern may begin is tested with a filter of two units; most positions end here.
 * 2. The trie is walked from there, unit by unit; every node may hold patterns.
 * 3. Of each pattern the tail, the word end, further words of a phrase and the exact spelling are checked.
 * 4. The hit is linked from all leaves (terms and concepts) that contain the pattern.
 *
 * The time is linear in the text, times the length of the longest common beginning of patterns. Nothing is allocated per
 * entry. lib/match/run/ evaluates rules over the hits.
 */
import { ENTRY_HITS_MAX } from '../../model/limits.ts';
import type { Folded } from '../../text/fold.ts';
import { CLASS } from '../../text/fold-table.ts';
import type { Sections } from '../format.ts';
import { isLeftFree, isPrefix, wordEnd } from './boundary.ts';

/** By script class: where a pattern may begin inside a word: 0 nowhere, 1 anywhere, 2 after a prefix. */
const STARTS = new Uint8Array(16);
for (const scriptClass of Object.values(CLASS)) STARTS[scriptClass] = isLeftFree(scriptClass) ? 1 : 0;
STARTS[CLASS.arabic] = 2;
STARTS[CLASS.hebrew] = 2;

/** A pattern may belong to several concepts: each of them links to the hit. */
const LINKS_MAX = ENTRY_HITS_MAX * 4;

/** The hits of one entry. Reused: `clear` invalidates all by increasing the generation. */
export class Hits {
  readonly start = new Int32Array(ENTRY_HITS_MAX);
  readonly end = new Int32Array(ENTRY_HITS_MAX);
  /** Number of the pattern, or for a re:"…" the complement (~n) of its number. */
  readonly pattern = new Int32Array(ENTRY_HITS_MAX);
  /** Offsets in the source text; only for a re:"…", which may begin and end anywhere. */
  readonly sourceStart = new Int32Array(ENTRY_HITS_MAX);
  readonly sourceEnd = new Int32Array(ENTRY_HITS_MAX);
  /** Number of leaves that it belongs to. */
  readonly uses = new Uint16Array(ENTRY_HITS_MAX);
  length = 0;
  truncated = false;
  /** By leaf: generation of its last hit. */
  readonly #stamp: Uint32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly linkHit = new Int32Array(LINKS_MAX);
  /** Next link of the same leaf; -1: last. */
  readonly linkNext = new Int32Array(LINKS_MAX);
  #links = 0;
  #generation = 0;
  /** Leaves that were hit, each once, in order of their first hit. */
  readonly leaves: Int32Array;
  leafCount = 0;

  constructor(leaves: number) {
    this.#stamp = new Uint32Array(leaves);
    this.#first = new Int32Array(leaves);
    this.#last = new Int32Array(leaves);
    this.leaves = new Int32Array(leaves);
  }

  /** Forgets all hits in constant time. */
  clear(): void {
    this.length = 0;
    this.#links = 0;
    this.leafCount = 0;
    this.truncated = false;
    this.#generation++;
  }

  /** First link of a leaf; -1: the leaf was not hit. */
  firstLink(leaf: number): number {
    return this.#stamp[leaf] === this.#generation ? this.#first[leaf]! : -1;
  }

  /** @returns number of the hit; -1 if ENTRY_HITS_MAX is reached, which sets `truncated` */
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

  /** Adds a hit with its own offsets in the source text. */
  addSource(pattern: number, start: number, end: number, sourceStart: number, sourceEnd: number): number {
    const hit = this.add(pattern, start, end);
    if (hit >= 0) {
      this.sourceStart[hit] = sourceStart;
      this.sourceEnd[hit] = sourceEnd;
    }
    return hit;
  }

  /** Appends a hit to the list of a leaf. */
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

/** The texts behind the folded units, for exact terms. */
export interface SearchText {
  readonly folded: Folded;
  /** @returns the source text of the field that contains the folded unit */
  sourceAt(unit: number): string;
  readonly strings: (id: number) => string;
}

/** A trie with filters that reject most start positions by their first two units. */
interface Trie {
  readonly base: Int32Array;
  readonly check: Int32Array;
  readonly out: Int32Array;
  /** By hash of two units: 0 if no pattern begins with them. */
  readonly pairs: Uint8Array;
  /** By unit: 1 if it is a whole pattern, or the whole first word of one. */
  readonly alone: Uint8Array;
}

/** The arrays of one double-array trie. */
type Tables = Pick<Trie, 'base' | 'check' | 'out'>;

/** Maps two units to 64K slots; collisions only cost a walk through the trie. */
function pairHash(first: number, second: number): number {
  return ((first * 0x9e3b) ^ second) & 0xffff;
}

/** Finds the hits of all terms of one set of compiled rules. */
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

  /** Adds the hits of all patterns; those that begin at a word start come in order of their start. */
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

  /** Patterns that may begin inside a word are tried at every unit. */
  #searchEverywhere(text: SearchText, trie: Trie, hits: Hits): void {
    const { classes, units, length } = text.folded;
    const { pairs, alone } = trie;
    for (let at = 1; at < length; at++) {
      if (pairs[pairHash(units[at]!, units[at + 1]!)] === 0 && alone[units[at]!] === 0) continue;
      if (classes[at] !== 0) this.#walk(text, at, trie, hits);
    }
  }

  /** Walks the trie from one start, and checks the patterns at every node on the way. */
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

  /** Checks the patterns of one node: tail, word ends, further words, exact spelling. */
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

  /** End of the whole pattern whose head ends at `at`; -1: it does not match. */
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
 * Computes from the trie which two units a pattern can begin with: slots two steps below the root, and tails of slots one
 * step below. A single pass over the slots, because it runs whenever rules are loaded.
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

/** End of the literal that begins at `at`, or after a prefix of the same script there; -1: no match. */
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

/** Whether the source text of a hit equals the term, including case and accents (NFC). */
function isExact(text: SearchText, start: number, end: number, wanted: string): boolean {
  const { from, to } = text.folded;
  const source = text.sourceAt(start);
  const first = from[start]!;
  const last = to[end - 1]!;
  if (last - first === wanted.length && source.startsWith(wanted, first)) return true;
  return source.slice(first, last).normalize('NFC') === wanted;
}
