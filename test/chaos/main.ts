/** `npm run chaos [-- --long] [--only C05,C07] [--seed N]`: the scenarios side by side; ends with 1 if one did not hold. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { record } from './record.ts';
import { lineOf, type Result, runScenario } from './scenario.ts';
import { FIXED_SEED } from './seeded.ts';
import { sideBySide } from './side-by-side.ts';
import { SCENARIOS } from './table.ts';

const SEEDS_LONG = 3;
/** Most of a long run waits: for retries, pauses and starts. */
const LANES = { short: 2, long: 3 };

/** Chance has its place in the long run: each line says its seed. */
function seedsOf(long: boolean): number[] {
  return long ? Array.from({ length: SEEDS_LONG }, () => randomBytes(4).readUInt32LE()) : [FIXED_SEED];
}

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '' },
  },
});
const only = values.only === '' ? null : values.only.split(',');
const chosen = SCENARIOS.filter(({ id }) => only === null || only.includes(id));
const seeds = values.seed === '' ? seedsOf(values.long) : [Number(values.seed)];
const runs = seeds.flatMap((seed, nth) =>
  chosen.filter(({ once }) => nth === 0 || once !== true).map((scenario) => ({ scenario, seed })),
);
const results: Result[] = [];
await sideBySide(runs, values.long ? LANES.long : LANES.short, async ({ scenario, seed }) => {
  const result = await runScenario(scenario, seed, values.long);
  results.push(result);
  process.stdout.write(`${lineOf(result)}\n`);
});
const failed = results.filter(({ problems }) => problems.length > 0);
process.stdout.write(`${results.length - failed.length} of ${results.length} held\n`);
if (values.record) record(results, values.long);
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1;
