/** Compiles a search of the archive, and formats its results as a file. Runs in the worker. */
import type { SearchLine } from '../../lib/api/archive.ts';
import { searchCsv, sentEntry } from '../../lib/api/archive-line.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { queryRule } from '../../lib/match/compile/query-rule.ts';
import { openRules, type Rules } from '../../lib/match/run/load.ts';
import type { ConfigProblem } from '../../lib/model/config.ts';
import { QUERY_UNITS_MAX } from '../../lib/model/limits.ts';
import { isoTime } from '../../lib/model/time.ts';
import { RuleError } from '../../lib/rule/error.ts';
import { parseQuery } from '../../lib/rule/parse.ts';
import { problemAt } from '../../lib/rule/problem.ts';
import type { OpenDocument } from './documents.ts';
import type { Hit } from './rows.ts';

/** @returns compiled rules; or the mistakes, with offsets into the query */
export async function searchRules(
  query: string,
  document: OpenDocument | null,
): Promise<Rules | ConfigProblem[]> {
  const mistake = syntaxMistake(query);
  if (mistake !== null) return [mistake];
  const lists = document?.lists?.config ?? { use: [], lists: [] };
  const { binary, problems } = await compileRules(queryRule(query, lists));
  return binary === null ? problems.filter(({ level }) => level === 'error') : await openRules(binary);
}

/** A syntax error of the query, with its offset in the query; null: the syntax is correct. */
function syntaxMistake(query: string): ConfigProblem | null {
  const places = { lineStarts: [0], byPath: {} };
  if (query.length > QUERY_UNITS_MAX) {
    return problemAt(places, '', null, {
      code: 'E_LIMIT',
      message: `a query has at most ${QUERY_UNITS_MAX} characters; this one has ${query.length}`,
    });
  }
  try {
    parseQuery(query);
    return null;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const { from, to } = error.span;
    return problemAt(places, '', { offset: from, length: Math.max(1, to - from) }, error);
  }
}

/** JSON Lines, or CSV. */
export function fileOf(hits: readonly Hit[], format: 'jsonl' | 'csv'): string {
  const lines = hits.map(
    ({ one: { seen, entry }, match: { spans } }): SearchLine => ({
      seen: isoTime(seen),
      entry: sentEntry(entry),
      spans,
    }),
  );
  return format === 'csv' ? searchCsv(lines) : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
