/**
 * Every scenario at the size of a check before a merge, two side by side: the service is started, killed, fooled and
 * starved as a whole, and judged from outside. Prints its seed; VIGIE_SEED repeats a run, `npm run chaos` a single scenario.
 */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lineOf, runScenario } from './scenario.ts';
import { SCENARIOS } from './table.ts';

const seed = Number(process.env['VIGIE_SEED'] ?? randomBytes(4).readUInt32LE());

describe.concurrent(`seed ${seed}`, { timeout: 400_000 }, () => {
  test.each(SCENARIOS.map((scenario) => ({ ...scenario })))('$id: $title', async (scenario) => {
    const result = await runScenario(scenario, seed, false);
    console.log(lineOf(result));
    expect(result.problems).toEqual([]);
  });
});
