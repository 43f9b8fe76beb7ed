/** `vigie match --config CONFIG [--rule ID] [--explain]`: reads entries and prints matches, both as JSON Lines. */
import { parseArgs } from 'node:util';
import { explain } from '../../lib/match/run/explain.ts';
import { type Rules, ruleIds } from '../../lib/match/run/load.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { rulesOfFile } from './config-file.ts';
import { eachEntry } from './entry-stream.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      config: { type: 'string' },
      rule: { type: 'string' },
      explain: { type: 'boolean', default: false },
    },
  });
  if (values.config === undefined) throw new UsageError('--config is missing');
  const file = await rulesOfFile(values.config, terminal);
  if (file === null) return EXIT.badInput;
  const { rules } = file;
  const ids = values.rule === undefined ? ruleIds(rules) : [values.rule];
  for (const id of ids) if (!ruleIds(rules).includes(id)) throw new UsageError(`no rule has the id '${id}'`);
  const linesOf = values.explain ? explanations : matches;
  return await eachEntry(terminal, (entry) => {
    const found = linesOf(rules, entry, ids);
    for (const out of found) terminal.stdout.write(`${JSON.stringify(out)}\n`);
    return found.length;
  });
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
        // For a long clause: its nearest alternative, and what is missing.
        nearest: first?.shortfall ?? null,
        spans: found.clauses.flatMap((clause) => clause.spans),
      },
    ];
  });
}
