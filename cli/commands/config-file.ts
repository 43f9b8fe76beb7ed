/** Reads and compiles a configuration file; prints its errors with their places on standard error. */

import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { openRules, type Rules } from '../../lib/match/run/load.ts';
import type { Config } from '../../lib/model/config.ts';
import { POLL_FLOOR_PAID_MS } from '../../lib/model/limits.ts';
import type { Terminal } from '../local/command.ts';
import { readText } from './check.ts';

export interface CompiledConfig {
  readonly config: Config;
  readonly binary: Uint8Array;
}

export interface RulesFile {
  readonly config: Config;
  readonly rules: Rules;
}

/**
 * Without the checks that depend on an installation: that variables are set, and the polling floor of its plan.
 *
 * @returns null: the file has errors, which are printed on standard error
 */
export async function compiledConfig(file: string, terminal: Terminal): Promise<CompiledConfig | null> {
  const source = readText(file, terminal);
  if (source === null) return null;
  const { config, problems } = readConfig(source, { hasVariable: null, floorMs: POLL_FLOOR_PAID_MS });
  const compiled = config === null ? null : await compileRules(config);
  for (const problem of [...problems, ...(compiled?.problems ?? [])]) {
    if (problem.level === 'error') terminal.stderr.write(`${formatProblem(problem, source, file)}\n`);
  }
  const binary = compiled?.binary ?? null;
  return config === null || binary === null ? null : { config, binary };
}

/** As compiledConfig, with the rules opened. */
export async function rulesOfFile(file: string, terminal: Terminal): Promise<RulesFile | null> {
  const compiled = await compiledConfig(file, terminal);
  return compiled === null ? null : { config: compiled.config, rules: await openRules(compiled.binary) };
}
