/** Which marks an entry's text gets: one style for each kind of word list that matched. */

import type { EntryTrace } from '../../lib/api/archive.ts';
import type { RuleTrace } from '../../lib/api/parts.ts';
import type { MatchSpan, Quantity } from '../../lib/model/match.ts';
import type { Marked, MarkStyle } from './cut.ts';

/** What decides the style of a list's marks. */
export interface ListKind {
  readonly kind: string;
  readonly counted: boolean | string | null;
}

/** An entity is drawn solid, something that is counted double, any other concept dashed. */
export function styleOf(list: ListKind | undefined): MarkStyle {
  if (list === undefined || list.kind === 'concept')
    return list?.counted !== undefined && list.counted !== null && list.counted !== false
      ? 'counted'
      : 'concept';
  return 'entity';
}

export interface FieldMarks {
  readonly title: readonly Marked[];
  readonly summary: readonly Marked[];
  readonly content: readonly Marked[];
}

/** A list or term of a rule that an entry contains, with the words found. */
export interface Part {
  readonly id: string;
  readonly style: MarkStyle;
  readonly words: readonly string[];
}

/** The spans that made the rule match; if it did not match, all its hits. */
export function spansOf(rule: RuleTrace): readonly MatchSpan[] {
  return rule.matched ? rule.clauses.flatMap(({ spans }) => spans) : rule.hits;
}

/** Marks of the words and figures of one rule, by field of the entry. */
export function marksOf(rule: RuleTrace, lists: EntryTrace['lists']): FieldMarks {
  const byId = new Map(lists.map((list) => [list.id, list]));
  const inField = (field: MatchSpan['field']): Marked[] => [
    ...spansOf(rule)
      .filter((span) => span.field === field)
      .map(({ start, end, concept }) => ({ start, end, style: styleOf(listOf(concept, byId)) })),
    ...rule.quantities.filter((one) => one.field === field).map(figureMark),
  ];
  return { title: inField('title'), summary: inField('summary'), content: inField('content') };
}

const figureMark = ({ start, end }: Quantity): Marked => ({ start, end, style: 'figure' });

function listOf(id: string | null, byId: ReadonlyMap<string, ListKind>): ListKind | undefined {
  return id === null ? undefined : byId.get(id);
}

/** The lists and terms of the rule that the entry contains, in reading order, each once. */
export function partsOf(trace: EntryTrace, rule: RuleTrace): Part[] {
  const byId = new Map(trace.lists.map((list) => [list.id, list]));
  const found = new Map<string, { style: MarkStyle; words: Set<string> }>();
  for (const { concept, term, field, start, end } of spansOf(rule)) {
    const id = concept ?? term;
    const part = found.get(id) ?? { style: styleOf(listOf(concept, byId)), words: new Set<string>() };
    part.words.add(trace.entry[field].slice(start, end));
    found.set(id, part);
  }
  return [...found].map(([id, { style, words }]) => ({ id, style, words: [...words] }));
}
