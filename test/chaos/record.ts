/** Keeps the figures of a run in bench/record/, as the benchmarks do. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Result } from './scenario.ts';

export function record(results: readonly Result[], long: boolean): void {
  const date = new Date().toISOString().slice(0, 10);
  const file = fileURLToPath(new URL(`../../bench/record/${date}-chaos.json`, import.meta.url));
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  const scenarios = results.toSorted((a, b) => a.id.localeCompare(b.id) || a.seed - b.seed);
  writeFileSync(
    file,
    `${JSON.stringify({ date, run: long ? 'long' : 'short', machine, scenarios }, null, 2)}\n`,
  );
}
