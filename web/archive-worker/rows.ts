/** Entries as rows, with marks on the words that matched, and why another version of the rule does not match. */

import type { Lists } from '../../lib/match/lists.ts';
import { explain } from '../../lib/match/run/explain.ts';
import type { Rules } from '../../lib/match/run/load.ts';
import type { ArchivedEntry, EntryText } from '../../lib/model/entry.ts';
import type { Match, MatchSpan } from '../../lib/model/match.ts';
import { parseQuery } from '../../lib/rule/parse.ts';
import { operandsOf, type Query } from '../../lib/rule/query.ts';
import { cutText } from '../../lib/text/cut.ts';
import type { Marked } from '../text/cut.ts';
import { styleOf } from '../text/marks.ts';
import type { EntryRow } from './protocol.ts';

export interface Hit {
  readonly one: ArchivedEntry;
  readonly match: Match;
}

/** UTF-16 units of a summary shown before the first mark, and in total. */
const BEFORE_UNITS = 60;
const PASSAGE_UNITS = 220;
const CLAUSE_UNITS = 90;

/** The row of a match. */
export function rowOf({ one, match }: Hit, lists: Lists): EntryRow {
  const figures = match.quantities.map(({ field, start, end }) => ({
    field,
    start,
    end,
    style: 'figure' as const,
  }));
  return row(one, [...marksOf(match.spans, lists), ...figures], null);
}

/** The row of a match that another version does not match. @param rules that version */
export function missedRow(
  { one, match }: Hit,
  { rules, rule, lists }: { rules: Rules; rule: string; lists: Lists },
): EntryRow {
  const marks = [...marksOf(match.spans, lists)];
  const found = explain(rules, one.entry, rule);
  const clause = found === null || found.failed === null ? undefined : found.clauses[found.failed];
  if (found === null || clause === undefined) return row(one, marks, null);
  const text = cutText(clause.text, CLAUSE_UNITS);
  if (clause.text.startsWith('NOT ')) {
    const names = excludedBy(clause.text);
    const words = found.hits.filter(({ concept, term }) =>
      names.has(concept === null ? term : `@${concept}`),
    );
    marks.push(...words.map(({ field, start, end }) => ({ field, start, end, style: 'excluded' as const })));
    return row(one, marks, `excluded by ${text}`);
  }
  const { fails = text, why = 'does not match' } = clause.shortfall ?? {};
  return row(one, marks, `${cutText(fails, CLAUSE_UNITS)}: ${why}`);
}

/** How near an entry comes to matching, in matched clauses; null: it matches, or has no word of the rule. */
export function nearnessOf(
  rules: Rules,
  rule: string,
  entry: EntryText,
): { row: (one: ArchivedEntry) => EntryRow; held: number } | null {
  const found = explain(rules, entry, rule);
  if (found === null || found.matched || found.hits.length === 0) return null;
  const clause = found.clauses[found.failed ?? 0];
  const marks = found.hits.map(({ field, start, end }) => ({ field, start, end, style: 'concept' as const }));
  const { fails = clause?.text ?? '', why = 'does not match' } = clause?.shortfall ?? {};
  return {
    held: found.clauses.filter(({ holds }) => holds).length + Math.min(0.9, found.hits.length / 20),
    row: (one) => row(one, marks, `${cutText(fails, CLAUSE_UNITS)}: ${why}`),
  };
}

function excludedBy(clause: string): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (query: Query): void => {
    if (query.kind === 'list') names.add(`@${query.id}`);
    if (query.kind === 'term') names.add(query.text);
    for (const operand of operandsOf(query)) walk(operand);
  };
  walk(parseQuery(clause));
  return names;
}

type FieldMark = Marked & { readonly field: MatchSpan['field'] };

function marksOf(spans: readonly MatchSpan[], lists: Lists): FieldMark[] {
  return spans.map(({ field, start, end, concept }) => ({
    field,
    start,
    end,
    style: styleOf((concept === null ? null : lists.named(concept)) ?? undefined),
  }));
}

function row({ seen, entry }: ArchivedEntry, marks: readonly FieldMark[], why: string | null): EntryRow {
  const body = marks.filter(({ field }) => field !== 'title');
  const [first] = body.toSorted((a, b) => a.start - b.start);
  const text = first === undefined ? '' : first.field === 'content' ? entry.content : entry.summary;
  const from = first === undefined ? 0 : wordBefore(text, Math.max(0, first.start - BEFORE_UNITS));
  const lead = from > 0 ? '… ' : '';
  const passage = first === undefined ? '' : lead + cutText(text.slice(from), PASSAGE_UNITS);
  const shift = lead.length - from;
  return {
    id: entry.id,
    seen,
    published: entry.published,
    title: entry.title,
    passage,
    lang: entry.lang,
    publisher: entry.publisher,
    url: entry.url,
    marks: marks.filter(({ field }) => field === 'title').map(plain),
    passageMarks: body
      .filter(({ field }) => field === first?.field)
      .map(({ start, end, style }) => ({ start: start + shift, end: end + shift, style })),
    why,
  };
}

const plain = ({ start, end, style }: Marked): Marked => ({ start, end, style });

/** Moves `at` to the beginning of a word, if the script separates words by spaces. */
function wordBefore(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.indexOf(' ', at);
  return blank >= 0 && blank - at < 30 ? blank + 1 : at;
}
