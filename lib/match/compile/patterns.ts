/** Collects the distinct patterns of all rules and the leaves that contain them, and lays them out as sections. */

import { readTerm } from '../../rule/term.ts';
import type { Sections } from '../format.ts';
import type { ReadTerm } from '../lists.ts';
import { buildTrie, type TrieTables } from './trie.ts';

/** A term as the automaton knows it: a literal head, then words with wildcards that are checked after a hit. */
interface Pattern {
  readonly head: string;
  readonly suffix: number;
  /** Words after the head, each as `length, suffix, units…`. */
  readonly rest: readonly number[];
  readonly leftFree: boolean;
  readonly exact: string | null;
  readonly text: string;
  readonly leaves: Set<number>;
}

/** Hebrew and Arabic words take prefixes and suffixes within a phrase, too. */
const CLITIC = /[\u0590-\u05ff\u0600-\u06ff]/u;

/**
 * Tables of patterns and leaves of one configuration.
 *
 * A pattern is a distinct spelling; a leaf is what a rule asks for: a term, a concept or a re:"…". Several leaves may share
 * a pattern, and a leaf may have thousands of them. Numbers of patterns and leaves count from 0 in order of creation.
 */
export class Patterns {
  readonly #patterns = new Map<string, Pattern>();
  readonly #leafNames: (string | null)[] = [];
  readonly #leafShadows: number[] = [];
  readonly #entities = new Set<number>();

  readonly #regexes: { readonly pattern: string; readonly gate: number; readonly leaf: number }[] = [];

  /** Number of distinct patterns. */
  get count(): number {
    return this.#patterns.size;
  }

  /** Number of leaves, those of shadows included. */
  get leafCount(): number {
    return this.#leafNames.length;
  }

  /** @param name id of the entity or concept; null for a term of a query. @returns number of the new leaf */
  addLeaf(name: string | null, terms: readonly ReadTerm[], shadows: readonly ReadTerm[]): number {
    const leaf = this.#leafNames.push(name) - 1;
    this.#leafShadows.push(-1);
    for (const term of terms) this.#add(term, leaf);
    if (shadows.length > 0) this.#leafShadows[leaf] = this.addLeaf(name, shadows, []);
    return leaf;
  }

  /** Entities never explain what a figure counts. */
  markEntity(leaf: number): void {
    this.#entities.add(leaf);
  }

  /** @param words of which one occurs in every match; null: none known. @returns number of the new leaf */
  addRegex(pattern: string, words: readonly string[] | null): number {
    const terms = words?.map((text) => ({ text, words: readTerm(`*${text}*`), exact: false }));
    const gate = terms === undefined ? -1 : this.addLeaf(null, terms, []);
    const leaf = this.addLeaf(null, [], []);
    this.#regexes.push({ pattern, gate, leaf });
    return leaf;
  }

  /** Number of distinct re:"…". */
  get regexCount(): number {
    return this.#regexes.length;
  }

  /** Number of those without required words. */
  get looseRegexCount(): number {
    return this.#regexes.filter(({ gate }) => gate < 0).length;
  }

  /** Adds a term to a leaf; equal terms share one pattern. */
  #add(term: ReadTerm, leaf: number): void {
    const { head, used } = headOf(term);
    const rest = term.words
      .slice(used)
      .flatMap(({ literal, suffix }) => [literal.length, suffix, ...unitsOf(literal)]);
    const suffix = term.words[used - 1]?.suffix ?? 0;
    const leftFree = term.words[0]?.leftFree ?? false;
    const exact = term.exact ? term.text.normalize('NFC') : null;
    const key = JSON.stringify([head, suffix, rest, leftFree, exact]);
    let pattern = this.#patterns.get(key);
    if (pattern === undefined) {
      pattern = { head, suffix, rest, leftFree, exact, text: term.text, leaves: new Set() };
      this.#patterns.set(key, pattern);
    }
    pattern.leaves.add(leaf);
  }

  /** @param string returns the number of a text in the string table */
  sections(string: (text: string) => number) {
    const patterns = [...this.#patterns.values()];
    const { symbols, bySymbol } = symbolsOf(patterns);
    const tables = {
      heads: patterns.map((pattern) => pattern.head),
      next: new Int32Array(patterns.length).fill(-1),
      tails: patterns.map(() => ''),
    };
    const trie = (free: boolean) => this.#trie(patterns, free, tables, bySymbol, symbols.length + 1);
    const [bound, free] = [trie(false), trie(true)];
    const tail = csr(tables.tails.map(unitsOf));
    const rest = csr(patterns.map((pattern) => pattern.rest));
    const leaves = csr(patterns.map((pattern) => [...pattern.leaves]));
    return {
      symbols,
      base: bound?.base ?? new Int32Array(symbols.length + 3),
      check: bound?.check ?? new Int32Array(symbols.length + 3).fill(-1),
      out: bound?.out ?? new Int32Array(symbols.length + 3).fill(-1),
      freeBase: free?.base ?? new Int32Array(),
      freeCheck: free?.check ?? new Int32Array(),
      freeOut: free?.out ?? new Int32Array(),
      next: tables.next,
      tailAt: tail.at,
      tail: Uint16Array.from(tail.values),
      suffix: Uint16Array.from(patterns, (pattern) => pattern.suffix),
      exact: Int32Array.from(patterns, ({ exact }) => (exact === null ? -1 : string(exact))),
      term: Int32Array.from(patterns, (pattern) => string(pattern.text)),
      restAt: rest.at,
      rest: Uint16Array.from(rest.values),
      patternLeafAt: leaves.at,
      patternLeaf: Int32Array.from(leaves.values),
      leafName: Int32Array.from(this.#leafNames, (name) => (name === null ? -1 : string(name))),
      leafIsEntity: Uint16Array.from(this.#leafNames, (_, leaf) => (this.#entities.has(leaf) ? 1 : 0)),
      leafShadow: Int32Array.from(this.#leafShadows),
      regexText: Int32Array.from(this.#regexes, ({ pattern }) => string(pattern)),
      regexGate: Int32Array.from(this.#regexes, ({ gate }) => gate),
      regexLeaf: Int32Array.from(this.#regexes, ({ leaf }) => leaf),
    } satisfies Partial<Sections>;
  }

  /** One trie for patterns that begin at word starts, one for those that may begin anywhere; null: no pattern. */
  #trie(
    patterns: readonly Pattern[],
    free: boolean,
    tables: TrieTables,
    symbols: Uint16Array,
    count: number,
  ) {
    const ids = patterns.flatMap((pattern, id) => (pattern.leftFree === free ? [id] : []));
    return ids.length === 0 ? null : buildTrie(ids, tables, symbols, count);
  }
}

/** The literal for the automaton: all words up to the first that has a wildcard or takes suffixes. */
function headOf({ words, exact }: ReadTerm): { head: string; used: number } {
  let used = 1;
  if (!exact)
    while (used < words.length && words[used - 1]!.suffix === 0 && !CLITIC.test(words[used - 1]!.literal))
      used++;
  else used = words.length;
  return {
    head: words
      .slice(0, used)
      .map((word) => word.literal)
      .join(' '),
    used,
  };
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** Numbers the symbols, the most frequent first: small numbers keep the double array dense. */
function symbolsOf(patterns: readonly Pattern[]): { symbols: Uint16Array; bySymbol: Uint16Array } {
  const counts = new Map<number, number>();
  for (const { head } of patterns)
    for (const unit of unitsOf(head)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const symbols = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  const bySymbol = new Uint16Array(0x10000);
  symbols.forEach((unit, rank) => {
    bySymbol[unit] = rank + 1;
  });
  return { symbols: Uint16Array.from(symbols), bySymbol };
}

/** Concatenates rows into one array, with the start of each row (compressed sparse rows). */
export function csr(rows: readonly (readonly number[])[]): { at: Int32Array; values: number[] } {
  const at = new Int32Array(rows.length + 1);
  const values: number[] = [];
  rows.forEach((row, index) => {
    for (const value of row) values.push(value);
    at[index + 1] = values.length;
  });
  return { at, values };
}
