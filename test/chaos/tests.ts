/** Scenarios as tests, two side by side, at the size of a check before a merge. Prints the seed; VIGIE_SEED takes another one. */
import { describe, expect, test } from 'vitest';
import { lineOf, runScenario, type Scenario } from './scenario.ts';
import { FIXED_SEED } from './seeded.ts';

const seed = Number(process.env['VIGIE_SEED'] ?? FIXED_SEED);

export function testScenarios(scenarios: readonly Scenario[]): void {
  describe.concurrent(`seed ${seed}`, { timeout: 400_000 }, () => {
    test.each(scenarios.map((scenario) => ({ ...scenario })))('$id: $title', async (scenario) => {
      const result = await runScenario(scenario, seed, false);
      console.log(lineOf(result));
      expect(result.problems).toEqual([]);
    });
  });
}
