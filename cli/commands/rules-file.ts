/** A configuration file as compiled rules; its errors on standard error. */

import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { openRules, type Rules } from '../../lib/match/run/load.ts';
import type { Config } from '../../lib/model/config.ts';
import { localFloorMs } from '../local/document.ts';
import { readText } from './check.ts';

export interface RulesFile {
  readonly config: Config;
  readonly rules: Rules;
}

/** @returns null after saying on standard error why the file cannot be used */
export async function rulesOfFile(file: string): Promise<RulesFile | null> {
  const source = readText(file);
  if (source === null) return null;
  const { config, problems } = readConfig(source, { hasVariable: null, floorMs: localFloorMs() });
  const compiled = config === null ? null : await compileRules(config);
  for (const problem of [...problems, ...(compiled?.problems ?? [])]) {
    if (problem.level === 'error') process.stderr.write(`${formatProblem(problem, source, file)}\n`);
  }
  const binary = compiled?.binary ?? null;
  return config === null || binary === null ? null : { config, rules: await openRules(binary) };
}
