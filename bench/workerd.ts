/**
 * How long feeds take inside workerd, where they are read: ours beside the others, each in a process of its own, warm and
 * cold. Trust the ratios. `node bench/workerd.ts [--record]`; the record goes to bench/record/<date>-workerd.json.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { shapes } from './feeds.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const ROUNDS = 9;
/** Of these the first warm up. */
const WARM_UP = 4;
const ROUND_MS = 200;
const COLD_RUNS = 3;
/** Cold: most that ours may take of rss-parser's time. */
const COLD_BAR = 0.4;

/** Name → the imports and the function that reads bytes. */
const READERS = new Map([
  [
    'ours',
    `import { parseFeed } from './lib/feed/parse.ts';
     const read = (bytes) => parseFeed(bytes, { contentType: null, url: 'https://example.org/feed' });`,
  ],
  [
    'rss-parser',
    `import RssParser from 'rss-parser/lib/parser.js';
     const read = (bytes) => new RssParser().parseString(new TextDecoder().decode(bytes));`,
  ],
  [
    'fast-xml-parser',
    `import { XMLParser } from 'fast-xml-parser';
     const options = { ignoreAttributes: false, parseTagValue: false, htmlEntities: true };
     const read = (bytes) => new XMLParser(options).parse(new TextDecoder().decode(bytes));`,
  ],
  [
    'feedsmith',
    `import { parseFeed } from 'feedsmith';
     const read = (bytes) => parseFeed(new TextDecoder().decode(bytes));`,
  ],
]);

const documents = [...shapes()].map(([shape, text]) => ({ shape, bytes: new TextEncoder().encode(text) }));

function start(reader: string): Promise<Sandbox> {
  const source = `${READERS.get(reader)}
    import { timing } from './bench/worker/timing.ts';
    export default timing(read);`;
  return startSandbox({ source, node: reader === 'rss-parser' });
}

async function millisecondsOf(sandbox: Sandbox, bytes: Uint8Array, forMs: number): Promise<number> {
  const { runs, ms } = (await sandbox.post(`/${forMs}`, bytes)) as { runs: number; ms: number };
  return ms / runs;
}

/** The very first document of a process that has answered nothing before. */
async function coldMs(reader: string): Promise<number> {
  const sandbox = await start(reader);
  const ms = await millisecondsOf(sandbox, documents[0]?.bytes ?? new Uint8Array(), 0);
  await sandbox.stop();
  return round(ms);
}

/** Shape → reader → median milliseconds. The readers take turns, so that a busy machine slows all alike. */
async function warmTable(): Promise<Map<string, Map<string, number>>> {
  const sandboxes = new Map<string, Sandbox>();
  for (const reader of READERS.keys()) sandboxes.set(reader, await start(reader));
  const table = new Map<string, Map<string, number>>();
  for (const { shape, bytes } of documents) {
    const rounds = new Map<string, number[]>();
    for (let turn = 0; turn < ROUNDS; turn++) {
      for (const [reader, sandbox] of sandboxes) {
        const ms = await millisecondsOf(sandbox, bytes, ROUND_MS);
        rounds.set(reader, [...(rounds.get(reader) ?? []), ms]);
      }
    }
    table.set(shape, new Map([...rounds].map(([reader, all]) => [reader, median(all.slice(WARM_UP))])));
  }
  for (const sandbox of sandboxes.values()) await sandbox.stop();
  return table;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const round = (value: number) => Number(value.toPrecision(3));
const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

const cold: Record<string, number[]> = {};
for (let run = 0; run < COLD_RUNS; run++) {
  for (const reader of READERS.keys()) cold[reader] = [...(cold[reader] ?? []), await coldMs(reader)];
}
const coldShare = round(median(cold['ours'] ?? []) / median(cold['rss-parser'] ?? []));
const warm = await warmTable();
const rivals = [...READERS.keys()].filter((reader) => reader !== 'ours');
const timesOurs = (shape: string, rival: string) =>
  (warm.get(shape)?.get(rival) ?? 0) / (warm.get(shape)?.get('ours') ?? 1);
const table = documents.map(({ shape, bytes }) => ({
  shape,
  kB: Math.round(bytes.length / 1000),
  'ours ms': round(warm.get(shape)?.get('ours') ?? 0),
  ...Object.fromEntries(rivals.map((rival) => [`${rival} ×`, round(timesOurs(shape, rival))])),
}));
const means = Object.fromEntries(
  rivals.map((rival) => [rival, round(geometricMean(documents.map(({ shape }) => timesOurs(shape, rival))))]),
);
console.table(table);
console.log('warm, geometric means, times our time:', means);
console.log('cold, ms of the first 50-entry feed of a process:', cold);
console.log(`cold, ours of rss-parser's: ${coldShare} (bar: ${COLD_BAR})`);

if (process.argv.includes('--record')) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cpu: cpus()[0]?.model };
  const record = {
    date,
    command: 'node bench/workerd.ts --record',
    ...machine,
    table,
    means,
    cold,
    coldShare,
  };
  writeFileSync(
    new URL(`record/${date}-workerd.json`, import.meta.url),
    `${JSON.stringify(record, null, 2)}\n`,
  );
}
if (coldShare > COLD_BAR) process.exitCode = 1;
