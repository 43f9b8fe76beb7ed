/** What a scenario is, and how one is run to its end. */
import type { Outcome } from './rig.ts';
import { Rig } from './rig.ts';

export interface Scenario {
  /** As in test/chaos/table.ts and ARCHITECTURE.md. */
  readonly id: string;
  readonly title: string;
  /** Chance decides nothing in it: one seed is enough. */
  readonly once?: true;
  readonly run: (rig: Rig) => Promise<Outcome>;
}

export interface Result extends Outcome {
  readonly id: string;
  readonly title: string;
  readonly seed: number;
  readonly seconds: number;
}

/** A crash of the rig is a problem like any other: the seed stands beside it. */
export async function runScenario(
  { id, title, run }: Scenario,
  seed: number,
  long: boolean,
): Promise<Result> {
  const began = Date.now();
  const rig = new Rig(seed, long);
  const seconds = (): number => Math.round((Date.now() - began) / 100) / 10;
  try {
    const outcome = await run(rig);
    return { id, title, seed, seconds: seconds(), ...outcome };
  } catch (error) {
    const said = rig.said.slice(-3).join(' | ');
    const message = `the rig failed: ${error instanceof Error ? error.message : String(error)}; the service said: ${said}`;
    return { id, title, seed, seconds: seconds(), problems: [message], figures: {} };
  } finally {
    await rig.close();
  }
}

export function lineOf({ id, title, seed, seconds, problems, figures }: Result): string {
  const facts = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  const verdict = problems.length === 0 ? 'held' : 'FAILED';
  const repeat = `repeat: npm run chaos -- --only ${id} --seed ${seed}`;
  return [
    `${id} ${verdict} in ${seconds} s, seed ${seed}: ${title}`,
    ...(facts.length === 0 ? [] : [`    ${facts.join(', ')}`]),
    ...problems.map((problem) => `    ${problem}`),
    ...(problems.length === 0 ? [] : [`    ${repeat}`]),
  ].join('\n');
}
