/**
 * CPU of a tick in workerd: 40 feeds due, 34 answer 304, 2 the same body, 4 a body with two new entries; beside an empty
 * Worker that makes the same calls. The waits between polls are left out. Trust the ratios. `node bench/tick.ts [--record]`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { shapes } from './feeds.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const TICKS = 500;
/** /proc counts in steps of 10 ms: a batch lasts many. */
const BATCH_TICKS = 10;
const WARM_UP_BATCHES = 5;
const SETTLING_TICKS = 5;
const FEEDS = 40;
/** Feeds from this one on have no validators and a body that stays; from the next figure on, news in each tick. */
const UNCHANGED_FROM = 34;
const FRESH_FROM = 36;
const NEW_ENTRIES = 2;
const STEP_MS = 20 * 60_000;
/** p95 of a tick, in units of the empty Worker's. */
const BAR = 2;

const urls = Array.from({ length: FEEDS }, (_, i) => `https://feed-${i}.example.org/rss`);
const articles = [...(shapes().get('RSS, CDATA') ?? '').matchAll(/<item>[\s\S]*?<\/item>\n/g)].map(String);

/** As a feed stands at its nth poll: 50 entries, the newest first, two of them new. */
function documentAt(feed: number, poll: number): string {
  const newest = 50 + poll * NEW_ENTRIES;
  const items = Array.from({ length: 50 }, (_, i) => {
    const number = newest - i;
    const date = new Date(Date.UTC(2026, 5, 1) + number * 300_000).toUTCString();
    return (articles[number % articles.length] ?? '')
      .replace('<title>', `<title>${feed}-${number} `)
      .replace(/<link>.*?<\/link>/, `<link>https://feed-${feed}.example.org/news/${number}</link>`)
      .replace(/(<guid[^>]*>).*?</, `$1${feed}/${number}<`)
      .replace(/(<pubDate>).*?</, `$1${date}<`);
  });
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed ${feed}</title>${items.join('')}</channel></rss>`;
}

/** A newsroom for one Worker. */
function newsroom(): (request: { url: string; headers: Headers }) => Response {
  const polls = new Map<number, number>();
  const still = new Map(urls.map((_, i) => [i, documentAt(i, 0)]));
  return ({ url, headers }) => {
    const feed = urls.indexOf(url);
    const type = { 'content-type': 'application/rss+xml; charset=utf-8' };
    if (feed < UNCHANGED_FROM) {
      const known = headers.get('if-none-match') !== null;
      const etag = { ...type, etag: '"same"' };
      return new Response(known ? null : still.get(feed), { status: known ? 304 : 200, headers: etag });
    }
    if (feed < FRESH_FROM) return new Response(still.get(feed), { headers: type });
    const poll = (polls.get(feed) ?? 0) + 1;
    polls.set(feed, poll);
    return new Response(documentAt(feed, poll), { headers: type });
  };
}

/** The starter configuration's rules over these feeds. */
function configuration(): string {
  const starter = readFileSync(new URL('../config/watch.yaml', import.meta.url), 'utf8');
  const feeds = urls.map((url, i) => `  - { id: feed-${i}, url: "${url}", every: 5m, lang: en }`).join('\n');
  const rest = starter.slice(starter.indexOf('\nfeeds:') + 1).search(/\n(?!feeds:)\w+:/);
  return `version: 1\nfeeds:\n${feeds}\n${starter.slice(starter.indexOf('\nfeeds:') + 1 + rest)}`;
}

interface Contestant {
  readonly sandbox: Sandbox;
  /** Ticks at these times. @returns whether each is the tick that is to be measured: once a day robots.txt takes its place */
  readonly batch: (ats: readonly number[]) => Promise<boolean>;
  /** One tick of a Worker that knows nothing yet. */
  readonly first: (at: number) => Promise<boolean>;
}

async function startService(): Promise<Contestant> {
  const source = `export { Desk, service as default } from './bench/worker/tick.ts';`;
  const sandbox = await startSandbox({ source, service: { outbound: newsroom() } });
  const published = await sandbox.post('/publish', new TextEncoder().encode(configuration()));
  if ((published as { kind: string }).kind !== 'published') throw new Error(JSON.stringify(published));
  const tick = async (ats: readonly number[]) =>
    (await sandbox.post(`/tick?at=${ats.join()}`)) as { polled: number; fresh: number }[];
  return {
    sandbox,
    first: async (at) => {
      await tick([at]);
      return true;
    },
    async batch(ats) {
      const reports = await tick(ats);
      return reports.every(({ polled, fresh }) => polled === FEEDS && fresh >= FEEDS - FRESH_FROM);
    },
  };
}

async function startEmpty(): Promise<Contestant> {
  const source = `export { EmptyDesk as Desk, empty as default } from './bench/worker/tick.ts';`;
  const sandbox = await startSandbox({ source, service: { outbound: newsroom() } });
  // As long as the seen document of 40 feeds with 50 entries each.
  const document = new TextEncoder().encode('"1234567890123456",'.repeat(FEEDS * 50));
  const batch = async (ats: readonly number[]) => {
    await sandbox.post(`/tick?at=${ats.join()}&feeds=${urls.join()}`, document);
    return true;
  };
  return { sandbox, batch, first: (at) => batch([at]) };
}

/** null: the work was not what is to be measured. */
async function cpuMsOf({ sandbox }: Contestant, work: Promise<boolean>): Promise<number | null> {
  const before = sandbox.userCpuMs();
  return (await work) ? sandbox.userCpuMs() - before : null;
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const round = (value: number) => Number(value.toPrecision(3));
const figuresOf = (values: readonly number[]) => ({
  p50: round(quantile(values, 0.5)),
  p95: round(quantile(values, 0.95)),
  mean: round(values.reduce((sum, value) => sum + value, 0) / values.length),
});

const contestants = [await startService(), await startEmpty()] as const;
let at = Date.UTC(2026, 5, 2);
const next = (count: number) => Array.from({ length: count }, () => (at += STEP_MS));
const cold = [];
for (const contestant of contestants) {
  at += STEP_MS;
  cold.push(await cpuMsOf(contestant, contestant.first(at)));
}
// The bodies of the first ticks are more than one tick may read.
for (const at of next(SETTLING_TICKS)) for (const { first } of contestants) await first(at);
const samples: [number[], number[]] = [[], []];
const batches = WARM_UP_BATCHES + TICKS / BATCH_TICKS;
for (let batch = 0, tries = 0; batch < batches && tries < 2 * batches; tries++) {
  const ats = next(BATCH_TICKS);
  const costs: (number | null)[] = [];
  for (const contestant of contestants) costs.push(await cpuMsOf(contestant, contestant.batch(ats)));
  if (costs.includes(null)) continue;
  if (batch++ >= WARM_UP_BATCHES)
    for (const [i, cost] of costs.entries()) samples[i]?.push((cost ?? 0) / BATCH_TICKS);
}
for (const { sandbox } of contestants) await sandbox.stop();

const figures = {
  serviceMs: figuresOf(samples[0]),
  emptyMs: figuresOf(samples[1]),
  p95Ratio: round(quantile(samples[0], 0.95) / quantile(samples[1], 0.95)),
  coldMs: { service: cold[0], empty: cold[1] },
};
console.log(`user CPU a tick, ms, ${TICKS} ticks in batches of ${BATCH_TICKS}:`);
console.table({ service: figures.serviceMs, 'empty Worker': figures.emptyMs });
console.log(`p95: ${figures.p95Ratio} times the empty Worker's (bar: ${BAR})`);
console.log(
  `first tick of all, as many new feeds as one may read: ${cold[0]} ms; of the empty Worker: ${cold[1]} ms`,
);
if (process.argv.includes('--record')) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cpu: cpus()[0]?.model };
  writeFileSync(
    new URL(`record/${date}-tick.json`, import.meta.url),
    `${JSON.stringify({ date, command: 'node bench/tick.ts --record', ...machine, ...figures }, null, 2)}\n`,
  );
}
if (figures.p95Ratio > BAR) process.exitCode = 1;
