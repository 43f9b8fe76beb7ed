/** What the service weighs: size of the Worker, time from `npm start` to ready, memory of its processes. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundleWorker } from '../cli/local/bundle-worker.ts';
import { startService } from '../demo/service.ts';

const RUNS = 3;
const CONFIG = `version: 1
feeds: [{ id: none, url: "http://127.0.0.1:9/feed" }]
rules: [{ id: word, query: storm* }]
`;

const worker = await workerSize();
const runs = [];
for (let run = 0; run < RUNS; run++) runs.push(await startOnce());
const figures = {
  worker,
  readyMs: runs.map(({ readyMs }) => readyMs),
  memoryMiB: runs.map(({ memoryMiB }) => memoryMiB),
};
console.log(`Worker: ${worker.minifiedKiB} KiB minified, ${worker.gzipKiB} KiB gzipped`);
console.log(`npm start to ready: ${figures.readyMs.join(', ')} ms (first run of an empty folder each time)`);
console.log(`memory after two ticks, all processes: ${figures.memoryMiB.join(', ')} MiB`);
if (process.argv.includes('--record')) record(figures);

async function workerSize(): Promise<{ minifiedKiB: number; gzipKiB: number }> {
  const script = bundleWorker({ minify: true });
  return { minifiedKiB: kib(script.length), gzipKiB: kib(gzipSync(script).byteLength) };
}

async function startOnce(): Promise<{ readyMs: number; memoryMiB: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  const config = join(folder, 'watch.yaml');
  writeFileSync(config, CONFIG);
  const started = performance.now();
  const service = await startService({ config, state: join(folder, 'state'), variables: {} });
  const readyMs = Math.round(performance.now() - started);
  for (const minutes of [0, 60]) await service.tick(Date.now() + minutes * 60_000);
  await sleep(500);
  const memoryMiB = memoryOfGroup(service.pid);
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
  return { readyMs, memoryMiB };
}

/** Proportional set size where the kernel tells it: shared pages are counted once. Linux only; 0 elsewhere. */
function memoryOfGroup(group: number): number {
  let kibibytes = 0;
  for (const pid of safeList('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = safeRead(`/proc/${pid}/stat`);
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) continue;
    kibibytes += Number(/^Pss:\s+(\d+)/m.exec(safeRead(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  }
  return Math.round(kibibytes / 1024);
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function safeRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function record(figures: object): void {
  const date = new Date().toISOString().slice(0, 10);
  const folder = fileURLToPath(new URL('record', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  writeFileSync(
    join(folder, `${date}-service.json`),
    `${JSON.stringify({ date, command: 'npm run bench -- --record', machine, ...figures }, null, 2)}\n`,
  );
}

function kib(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
