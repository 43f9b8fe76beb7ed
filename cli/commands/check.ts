/** `vigie check CONFIG [--json]`: prints all errors and warnings of a configuration, and runs the rules' own tests. */
import { parseArgs } from 'node:util';
import { checkDocument, formatProblem } from '../../lib/config/document/config.ts';
import { type ReadDocument, readDocument } from '../../lib/config/document/document.ts';
import { decodeDocument } from '../../lib/config/document/encoding.ts';
import { variablesOf } from '../../lib/config/document/variables.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import type { ConfigProblem } from '../../lib/model/config.ts';
import { counted } from '../../lib/text/count.ts';
import { type Environment, EXIT, type Terminal, UsageError } from '../local/command.ts';
import { localFloorMs } from '../local/document.ts';
import { readBytes } from '../local/files.ts';
import { addressProblems } from './addresses.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('name one configuration file');
  const { source, problem } = decodeDocument(readBytes(file));
  const read = readDocument(source);
  const problems = problem === null ? await problemsOf(read, localFloorMs(terminal.env)) : [problem];
  const errors = problems.filter(({ level }) => level === 'error').length;
  const variables = problem === null ? variablesOf(read) : [];
  if (values.json)
    terminal.stdout.write(`${JSON.stringify({ file, ok: errors === 0, problems, variables })}\n`);
  else terminal.stdout.write(report(problems, errors, source, file) + noteOn(variables, file, terminal.env));
  return errors === 0 ? EXIT.done : EXIT.badInput;
}

async function problemsOf(read: ReadDocument, floorMs: number): Promise<ConfigProblem[]> {
  // Whether variables are set is not checked: the service may run on another machine.
  const { config, problems } = checkDocument(read, { hasVariable: null, floorMs });
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

/** Variables that the document names. Unset ones are not errors: the service may run on another machine. */
function noteOn(variables: readonly string[], file: string, env: Environment): string {
  if (variables.length === 0) return '';
  const unset = variables.filter((name) => (env[name] ?? '') === '');
  const here =
    unset.length === 0 ? 'all are set on this machine' : `not set on this machine: ${unset.join(', ')}`;
  return `${file}: needs in the service's environment ${variables.join(', ')} (${here})\n`;
}

/**
 * @returns null after saying on standard error where the text is not valid UTF-8
 * @throws InputError when the file cannot be read
 */
export function readText(file: string, terminal: Terminal): string | null {
  const { source, problem } = decodeDocument(readBytes(file));
  if (problem === null) return source;
  terminal.stderr.write(`${formatProblem(problem, source, file)}\n`);
  return null;
}
