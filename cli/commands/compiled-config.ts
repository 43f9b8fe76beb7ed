/** A configuration file as the engine runs it; its errors go to standard error with their places. */

import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import type { Config } from '../../lib/model/config.ts';
import { readText } from './check.ts';

export interface CompiledConfig {
  readonly config: Config;
  readonly binary: Uint8Array;
}

/** @returns null after saying on standard error what is wrong */
export async function compiledConfig(file: string): Promise<CompiledConfig | null> {
  const source = readText(file);
  if (source === null) return null;
  const { config, problems } = readConfig(source, { hasVariable: null });
  const compiled = config === null ? null : await compileRules(config);
  for (const problem of [...problems, ...(compiled?.problems ?? [])]) {
    if (problem.level === 'error') process.stderr.write(`${formatProblem(problem, source, file)}\n`);
  }
  const binary = compiled?.binary ?? null;
  return config === null || binary === null ? null : { config, binary };
}
