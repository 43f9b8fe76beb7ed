/**
 * The engine against a list of regular expressions, the way self-hosted readers do it, against the Aho-Corasick packages
 * of npm, and against one bare pass over the text: µs per entry.
 * Texts are made up from the shipped packs' words in fifteen languages. `--record` keeps the result.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readConfig } from '../lib/config/document/config.ts';
import { compileLoaded } from '../lib/match/compile/compile.ts';
import { entrySearchOf } from '../lib/match/run/entry-search.ts';
import { loadRules, type Rules } from '../lib/match/run/load.ts';
import { matchEntry } from '../lib/match/run/match.ts';
import type { EntryText } from '../lib/model/entry.ts';
import { packLists } from '../lib/packs/packs.ts';
import { Folded, foldText } from '../lib/text/fold.ts';
import { AUTOMATA } from './automata.ts';

const LANGS = 'en fr de es ru uk pl tr ar he hi ko ja zh-Hans th'.split(' ');
const ENTRIES = 400;
const LISTS_PER_RULE = 3;
const TERMS_PER_LIST = 8;

/** Small and repeatable; chance would make two runs incomparable. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const next = numbers(7);
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;

function wordsOf(lang: string): string[] {
  const lists = ['countries', 'military'].flatMap(packLists);
  return lists.flatMap((list) =>
    list.terms.filter((term) => term.lang === lang).map(({ term }) => term.replace(/\*\d*/gu, '')),
  );
}

/** Mean about 650 units, 100 to 2,000. Most words are no terms: letters of one are moved to make another. */
function entryOf(at: number, words: readonly string[]): EntryText {
  const units = 100 + Math.floor(next() ** 2 * 1_650);
  const parts: string[] = [];
  for (let length = 0; length < units; ) {
    const word = pick(words);
    const other = next() < 0.05 ? word : [...word].reverse().join('');
    parts.push(other);
    length += other.length + 1;
  }
  const text = parts.join(' ');
  const nothing = { content: '', url: null, lang: null, publisher: null, country: null, feed: null };
  return {
    id: String(at),
    title: text.slice(0, 80),
    summary: text.slice(80),
    ...nothing,
    authors: [],
    tags: [],
    published: null,
  };
}

/** Terms: own words of two pieces, so that any number can be had. */
function termsOf(count: number, pools: readonly string[][]): string[] {
  const terms = new Set<string>();
  while (terms.size < count) {
    const words = pick(pools);
    const term = next() < 0.3 ? pick(words) : `${pick(words).slice(0, 5)}${pick(words).slice(-4)}`;
    if (/^[\p{L}\p{M} -]{3,}$/u.test(term)) terms.add(term);
  }
  return [...terms];
}

function documentOf(terms: readonly string[]): string {
  const lists: string[] = [];
  for (let at = 0; at < terms.length; at += TERMS_PER_LIST) {
    lists.push(`  c${lists.length}: { terms: ${JSON.stringify(terms.slice(at, at + TERMS_PER_LIST))} }`);
  }
  const rules: string[] = [];
  for (let at = 0; at + LISTS_PER_RULE <= lists.length; at += LISTS_PER_RULE) {
    rules.push(`  - { id: r${rules.length}, query: "(@c${at} NEAR/15 @c${at + 1}) AND NOT @c${at + 2}" }`);
  }
  return `version: 1\nfeeds: [{ url: https://example.org/ }]\nconcepts:\n${lists.join('\n')}\nrules:\n${rules.join('\n')}\n`;
}

/** Median of several rounds after some that warm up, in µs per entry. */
function measure(entries: readonly EntryText[], rounds: number, work: (entry: EntryText) => void): number {
  const times: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const start = performance.now();
    for (const entry of entries) work(entry);
    if (round >= 0) times.push(((performance.now() - start) * 1_000) / entries.length);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

const rounded = (value: number) => Math.round(value * 10) / 10;
const textOf = (entry: EntryText) => `${entry.title} ${entry.summary}`;

/** What a self-hosted reader runs: one expression a term, with word boundaries (a), and without (b). */
function regExpsUs(terms: readonly string[], entries: readonly EntryText[]) {
  const texts = new Map(entries.map((entry) => [entry, textOf(entry)]));
  const run = (patterns: readonly RegExp[]) =>
    measure(entries.slice(0, terms.length > 1_000 ? 20 : 100), 3, (entry) => {
      const text = texts.get(entry)!;
      for (const pattern of patterns) pattern.test(text);
    });
  const bounded = terms.map((term) => new RegExp(`(?<![\\p{L}\\p{N}])${term}(?![\\p{L}\\p{N}])`, 'iu'));
  const plain = terms.map((term) => new RegExp(term, 'i'));
  return { boundedUs: rounded(run(bounded)), plainUs: rounded(run(plain)) };
}

/** Aho-Corasick packages: substrings only, the text folded for them beforehand and not on their clock. */
async function packagesUs(terms: readonly string[], entries: readonly EntryText[]) {
  const folded = terms.map(foldText);
  const texts = new Map(entries.map((entry) => [entry, foldText(textOf(entry))]));
  const results: Record<string, number | string> = {};
  for (const rival of AUTOMATA) {
    const search = await rival.build(folded);
    const work = (entry: EntryText) => search?.(texts.get(entry)!);
    results[rival.name] =
      search === null ? 'not installed' : rounded(measure(entries.slice(0, 100), 3, work));
  }
  return results;
}

/** Hits of terms and matches of rules over all entries. */
function found(rules: Rules, entries: readonly EntryText[]): [number, number] {
  let hits = 0;
  let matches = 0;
  for (const entry of entries) {
    matches += matchEntry(rules, entry).length;
    hits += entrySearchOf(rules).hits.length;
  }
  return [hits, matches];
}

/** Heap used by one round, for each entry; about 0 means that nothing is allocated. */
function bytesAllocated(rules: Rules, entries: readonly EntryText[]): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (const entry of entries) matchEntry(rules, entry);
  return Math.round((process.memoryUsage().heapUsed - before) / entries.length);
}

async function run(terms: number, entries: readonly EntryText[], pools: readonly string[][]) {
  const list = termsOf(terms, pools);
  const { config } = readConfig(documentOf(list), { hasVariable: null });
  if (config === null) throw new Error('the benchmark’s own document is wrong');
  const started = performance.now();
  const { binary } = compileLoaded(config);
  const compileMs = performance.now() - started;
  if (binary === null) throw new Error('the benchmark’s own rules are wrong');
  const loading = performance.now();
  const rules = loadRules(binary);
  const loadMs = performance.now() - loading;
  const engine = measure(entries, 15, (entry) => matchEntry(rules, entry));
  const [hits, matches] = found(rules, entries);
  const regExps = terms > 10_000 ? null : regExpsUs(list, entries);
  return {
    terms,
    rules: config.rules.length,
    hitsPerEntry: rounded(hits / entries.length),
    matches,
    engineUs: rounded(engine),
    bytesPerEntry: bytesAllocated(rules, entries),
    regExps,
    ratio: regExps === null ? null : Math.round(regExps.boundedUs / engine),
    ratioToPlain: regExps === null ? null : Math.round(regExps.plainUs / engine),
    packages: terms > 10_000 ? null : await packagesUs(list, entries),
    compileMs: rounded(compileMs),
    loadMs: Math.round(loadMs * 1_000) / 1_000,
    bytes: binary.length,
  };
}

const pools = LANGS.map(wordsOf);
const entries = Array.from({ length: ENTRIES }, (_, at) => entryOf(at, pools[at % pools.length]!));
const units = Math.round(
  entries.reduce((sum, entry) => sum + entry.title.length + entry.summary.length, 0) / ENTRIES,
);
let sum = 0;
const floorUs = measure(entries, 15, ({ title, summary }) => {
  for (let at = 0; at < title.length; at++) sum = (sum + title.charCodeAt(at)) & 0xffff;
  for (let at = 0; at < summary.length; at++) sum = (sum + summary.charCodeAt(at)) & 0xffff;
});
const folded = new Folded();
const foldUs = measure(entries, 15, (entry) => {
  folded.clear();
  folded.append(entry.title, 0);
  folded.append(entry.summary, 100);
});
const sizes = [];
for (const terms of [1_000, 10_000, 100_000]) sizes.push(await run(terms, entries, pools));
const result = {
  unitsPerEntry: units,
  floorUs: rounded(floorUs),
  foldUs: rounded(foldUs),
  sizes,
  checksum: sum,
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if (process.argv.includes('--record')) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(
    `bench/record/${date}-match.json`,
    `${JSON.stringify({ date, ...machine, ...result }, null, 2)}\n`,
  );
}
