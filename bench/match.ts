/**
 * The engine against a list of regular expressions, the way self-hosted readers do it: µs per entry, and the ratio.
 * Texts are made up from the shipped packs' words in fifteen languages. `--record` keeps the result.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { compileRules } from '../lib/match/compile.ts';
import { loadRules } from '../lib/match/load.ts';
import { matchEntry } from '../lib/match/match.ts';
import type { EntryText } from '../lib/model/entry.ts';
import { packLists } from '../lib/packs/packs.ts';
import { readConfig } from '../lib/rule/config.ts';
import { Folded } from '../lib/text/fold.ts';

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
  const units = 100 + Math.floor(next() ** 2 * 1_700);
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

/** Median of several rounds, in µs per entry. */
function measure(entries: readonly EntryText[], rounds: number, work: (entry: EntryText) => void): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const entry of entries) work(entry);
    times.push(((performance.now() - start) * 1_000) / entries.length);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

function run(terms: number, entries: readonly EntryText[], pools: readonly string[][]) {
  const list = termsOf(terms, pools);
  const { config } = readConfig(documentOf(list), { hasVariable: null });
  if (config === null) throw new Error('the benchmark’s own document is wrong');
  const started = performance.now();
  const { binary } = compileRules(config);
  const compileMs = performance.now() - started;
  if (binary === null) throw new Error('the benchmark’s own rules are wrong');
  const loading = performance.now();
  const rules = loadRules(binary);
  const loadMs = performance.now() - loading;
  const engine = measure(entries, 9, (entry) => matchEntry(rules, entry));
  const patterns = list.map((term) => new RegExp(term, 'iu'));
  const sample = entries.slice(0, terms > 1_000 ? 20 : 100);
  const regExps = measure(sample, 3, (entry) => {
    const text = `${entry.title} ${entry.summary}`;
    for (const pattern of patterns) pattern.test(text);
  });
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return {
    terms,
    rules: config.rules.length,
    engineUs: rounded(engine),
    regExpsUs: rounded(regExps),
    ratio: Math.round(regExps / engine),
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
const folded = new Folded();
const foldUs = measure(entries, 9, (entry) => {
  folded.clear();
  folded.append(entry.title, 0);
  folded.append(entry.summary, 100);
});
const sizes = [1_000, 10_000].map((terms) => run(terms, entries, pools));
const result = { unitsPerEntry: units, foldUs: Math.round(foldUs * 10) / 10, sizes };
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if (process.argv.includes('--record')) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(
    `bench/record/${date}-match.json`,
    `${JSON.stringify({ date, ...machine, ...result }, null, 2)}\n`,
  );
}
