/**
 * Counts the terms of a rule's lists by language. A language missing in a required list causes missed alerts, one missing
 * under NOT causes false alerts.
 */
import { operandsOf, type Query } from '../../rule/query.ts';
import type { Lists } from '../lists.ts';

/** The terms of one list. */
export interface CoverageRow {
  readonly list: string;
  /** Whether it is used only under NOT. */
  readonly excluded: boolean;
  /** Number of terms by language; languages without terms are left out. */
  readonly terms: Readonly<Record<string, number>>;
  /** Number of terms without language, which apply to all. */
  readonly unlabelled: number;
}

/** The terms of all lists that a query names. */
export interface Coverage {
  /** Languages of all lists, those of most lists first. */
  readonly languages: readonly string[];
  /** In the order of the query, each list once. */
  readonly rows: readonly CoverageRow[];
}

/** Coverage of the lists that a query names; unknown ids are left out. */
export function coverageOf(query: Query, lists: Lists): Coverage {
  const rows = [...listsIn(query, false)]
    .filter(([id]) => lists.named(id) !== null)
    .map(([list, excluded]) => rowOf(list, excluded, lists));
  const known = new Map<string, number>();
  for (const { terms } of rows)
    for (const lang of Object.keys(terms)) known.set(lang, (known.get(lang) ?? 0) + 1);
  const languages = [...known].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([lang]) => lang);
  return { languages, rows };
}

/** Lists of a query, with whether each is excluded; one that is also wanted counts as wanted. */
function listsIn(query: Query, excluded: boolean): Map<string, boolean> {
  if (query.kind === 'list') return new Map([[query.id, excluded]]);
  const found = new Map<string, boolean>();
  for (const operand of operandsOf(query)) {
    for (const [id, under] of listsIn(operand, excluded !== (query.kind === 'not')))
      found.set(id, under && (found.get(id) ?? true));
  }
  return found;
}

/** Exact terms have no language. */
function rowOf(list: string, excluded: boolean, lists: Lists): CoverageRow {
  const terms: Record<string, number> = {};
  let unlabelled = lists.named(list)?.exact.length ?? 0;
  for (const { lang } of lists.labelled(list)) {
    if (lang === null) unlabelled++;
    else terms[lang] = (terms[lang] ?? 0) + 1;
  }
  return { list, excluded, terms, unlabelled };
}
