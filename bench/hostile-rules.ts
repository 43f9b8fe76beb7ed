/** Hostile rules and configurations: how long the slowest of 10,000 takes to be refused or compiled. `--record` keeps it. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readConfig } from '../lib/config/document/config.ts';
import { compileLoaded } from '../lib/match/compile/compile.ts';
import { loadRegexEngine } from '../lib/match/search/regex-engine.ts';
import { hostileDocuments } from '../test/lib/rule/hostile.ts';

const DOCUMENTS = 10_000;
const SLOW_MS = 50;

await loadRegexEngine();

function millisecondsFor(source: string): number {
  const start = performance.now();
  const { config } = readConfig(source, { hasVariable: () => false });
  if (config !== null) compileLoaded(config);
  return performance.now() - start;
}

const slowest = new Map<string, number>();
let slow = 0;
for (const { name, source } of hostileDocuments(11, DOCUMENTS)) {
  const first = millisecondsFor(source);
  // The machine is shared: what is slow once is measured again.
  const ms = first < SLOW_MS ? first : Math.min(first, millisecondsFor(source));
  if (ms > SLOW_MS) slow++;
  slowest.set(name, Math.max(slowest.get(name) ?? 0, ms));
}
const kinds = Object.fromEntries([...slowest].map(([name, ms]) => [name, Math.round(ms * 10) / 10]));
const result = { documents: DOCUMENTS, over50ms: slow, slowestMsByKind: kinds };
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if (process.argv.includes('--record')) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(
    `bench/record/${date}-hostile-rules.json`,
    `${JSON.stringify({ date, ...machine, ...result }, null, 2)}\n`,
  );
}
