/**
 * How long feeds take: our reader beside rss-parser, fast-xml-parser and feedsmith on the same documents in the same run.
 * Trust the ratios. `node bench/feed.ts [--record]`; the record goes to bench/record/<date>-feed.json.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { XMLParser } from 'fast-xml-parser';
import { parseFeed as feedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { parseFeed } from '../lib/feed/parse.ts';
import { hash53 } from '../lib/text/hash.ts';
import { shapes } from './feeds.ts';

const ROUNDS = 15;
const ROUND_MS = 60;
const options = { contentType: null, url: 'https://example.org/feed' };

/** Median milliseconds of one run, warm. */
async function timeOf(run: () => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    const until = performance.now() + ROUND_MS;
    let runs = 0;
    do {
      await run();
      runs += 1;
    } while (performance.now() < until);
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / 1000 / runs);
  }
  // The first rounds warm up.
  return rounds.slice(5).sort((a, b) => a - b)[Math.floor((ROUNDS - 5) / 2)] ?? 0;
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const RIVALS: readonly [string, (bytes: Uint8Array) => unknown][] = [
  ['rss-parser', (bytes) => new RssParser().parseString(decode(bytes))],
  [
    'fast-xml-parser',
    (bytes) =>
      new XMLParser({ ignoreAttributes: false, parseTagValue: false, htmlEntities: true }).parse(
        decode(bytes),
      ),
  ],
  ['feedsmith', (bytes) => feedsmith(decode(bytes))],
];

const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
const round = (value: number) => Number(value.toPrecision(3));

/** A poll that brings one new entry of 50: the rest is known by its fingerprint. */
function pollOf(bytes: Uint8Array): () => unknown {
  const known = new Set(parseFeed(bytes, options).window.slice(1));
  return () => parseFeed(bytes, { ...options, known: (fingerprint) => known.has(fingerprint) });
}

/** What a poll cannot go below: decode, look for the entries' tags once, hash the text once. */
function limitOf(bytes: Uint8Array): () => unknown {
  const tag = decode(bytes).includes('<entry') ? '<entry' : '<item';
  return () => {
    const text = decode(bytes);
    let tags = 0;
    for (let at = text.indexOf(tag); at !== -1; at = text.indexOf(tag, at + 1)) tags += 1;
    return tags + hash53(text);
  };
}

async function measure(shape: string, document: string) {
  const bytes = new TextEncoder().encode(document);
  const oursMs = await timeOf(() => parseFeed(bytes, options));
  const pollMs = await timeOf(pollOf(bytes));
  const limitMs = await timeOf(limitOf(bytes));
  const rivals = new Map<string, number>();
  for (const [name, parse] of RIVALS) rivals.set(name, await timeOf(() => parse(bytes)));
  return { shape, kilobytes: Math.round(bytes.length / 1000), oursMs, pollMs, limitMs, rivals };
}

const rows: Awaited<ReturnType<typeof measure>>[] = [];
for (const [shape, document] of shapes()) rows.push(await measure(shape, document));

const table = rows.map(({ shape, kilobytes, oursMs, pollMs, limitMs, rivals }) => ({
  shape,
  kB: kilobytes,
  'ours ms': round(oursMs),
  '1 new of 50 ms': round(pollMs),
  ...Object.fromEntries([...rivals].map(([name, ms]) => [`${name} ×`, round(ms / oursMs)])),
  'poll: rss-parser ×': round((rivals.get('rss-parser') ?? 0) / pollMs),
  'limit ms': round(limitMs),
  'poll: limits': round(pollMs / limitMs),
}));
const means = {
  ...Object.fromEntries(
    RIVALS.map(([name]) => [
      name,
      round(geometricMean(rows.map(({ oursMs, rivals }) => (rivals.get(name) ?? 0) / oursMs))),
    ]),
  ),
  'poll: rss-parser': round(
    geometricMean(rows.map(({ pollMs, rivals }) => (rivals.get('rss-parser') ?? 0) / pollMs)),
  ),
};
console.table(table);
console.log('geometric means, times our CPU:', means);

if (process.argv.includes('--record')) {
  const date = new Date().toISOString().slice(0, 10);
  const record = {
    date,
    command: 'node bench/feed.ts --record',
    node: process.version,
    cpu: cpus()[0]?.model,
    table,
    means,
  };
  writeFileSync(new URL(`record/${date}-feed.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
}
