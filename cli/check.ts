/** `vigie check CONFIG [--json]`: every error and warning of a configuration with its place; runs the rules' own tests. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compileRules } from '../lib/match/compile.ts';
import type { ConfigProblem } from '../lib/model/config.ts';
import { formatProblem, readConfig } from '../lib/rule/config.ts';
import { addressProblems } from './addresses.ts';
import { EXIT, UsageError } from './command.ts';
import { localFloorMs } from './local/document.ts';

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('name one configuration file');
  const source = readText(file);
  if (source === null) return EXIT.badInput;
  const problems = await problemsOf(source);
  const errors = problems.filter((problem) => problem.level === 'error').length;
  if (values.json) process.stdout.write(`${JSON.stringify({ file, ok: errors === 0, problems })}\n`);
  else process.stdout.write(report(problems, errors, source, file));
  return errors === 0 ? EXIT.done : EXIT.badInput;
}

async function problemsOf(source: string): Promise<ConfigProblem[]> {
  // Variables are those of the machine that runs the service, not of the one that checks.
  const { config, problems } = readConfig(source, { hasVariable: null, floorMs: localFloorMs() });
  if (config === null) return problems;
  const compiled = await compileRules(config);
  return [...problems, ...compiled.problems, ...addressProblems(config)].sort((a, b) => a.offset - b.offset);
}

function report(problems: readonly ConfigProblem[], errors: number, source: string, file: string): string {
  const shown = problems.map((problem) => `${formatProblem(problem, source, file)}\n`).join('\n');
  const warnings = problems.length - errors;
  const sum = `${file}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return shown === '' ? `${file}: ok\n` : `${shown}\n${sum}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** @returns null after saying on standard error why the file cannot be read */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/u, '');
  } catch (error) {
    // A file that is not there is the user's mistake.
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
