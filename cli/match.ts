/** `vigie match --config CONFIG [--rule ID] [--explain]`: entries in, matches out, both JSON Lines. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { compileRules } from '../lib/match/compile.ts';
import { explain } from '../lib/match/explain.ts';
import { openRules, type Rules, ruleIds } from '../lib/match/load.ts';
import { matchEntry } from '../lib/match/match.ts';
import type { EntryText } from '../lib/model/entry.ts';
import { formatProblem, readConfig } from '../lib/rule/config.ts';
import { readText } from './check.ts';
import { EXIT, UsageError } from './command.ts';
import { readEntry } from './entry-line.ts';

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      config: { type: 'string' },
      rule: { type: 'string' },
      explain: { type: 'boolean', default: false },
    },
  });
  if (values.config === undefined) throw new UsageError('--config is missing');
  const rules = await load(values.config);
  if (rules === null) return EXIT.badInput;
  const ids = values.rule === undefined ? ruleIds(rules) : [values.rule];
  for (const id of ids) if (!ruleIds(rules).includes(id)) throw new UsageError(`there is no rule '${id}'`);
  const linesOf = values.explain ? explanations : matches;
  return await eachEntry((entry) => linesOf(rules, entry, ids));
}

async function load(file: string): Promise<Rules | null> {
  const source = readText(file);
  if (source === null) return null;
  const { config, problems } = readConfig(source, { hasVariable: null });
  const compiled = config === null ? null : await compileRules(config);
  const all = [...problems, ...(compiled?.problems ?? [])];
  for (const problem of all) {
    if (problem.level === 'error') process.stderr.write(`${formatProblem(problem, source, file)}\n`);
  }
  const binary = compiled?.binary ?? null;
  return binary === null ? null : await openRules(binary);
}

function matches(rules: Rules, entry: EntryText, ids: readonly string[]): object[] {
  return matchEntry(rules, entry)
    .filter((match) => ids.includes(match.rule))
    .map(({ rule, spans, quantities, truncated }) => ({
      id: entry.id,
      rule,
      spans,
      quantities,
      ...(truncated ? { truncated } : {}),
    }));
}

function explanations(rules: Rules, entry: EntryText, ids: readonly string[]): object[] {
  return ids.flatMap((id) => {
    const found = explain(rules, entry, id);
    if (found === null) return [];
    const first = found.failed === null ? null : found.clauses[found.failed];
    return [
      {
        id: entry.id,
        ...found,
        failed: first?.text ?? null,
        // Of a long clause the part that matters: of its alternatives the nearest, and what it lacks.
        nearest: first?.shortfall ?? null,
        spans: found.clauses.flatMap((clause) => clause.spans),
      },
    ];
  });
}

/** Reads standard input line by line; a bad line is reported and does not stop the others. */
async function eachEntry(linesOf: (entry: EntryText) => object[]): Promise<number> {
  let code: number = EXIT.done;
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const entry = readEntry(line);
    if (typeof entry === 'string') {
      process.stderr.write(`stdin:${number}:1: ${entry}\n`);
      code = EXIT.badInput;
      continue;
    }
    for (const out of linesOf(entry)) process.stdout.write(`${JSON.stringify(out)}\n`);
  }
  return code;
}
