/** A query as a form shows it: groups of words that all have to be there, how near, what must not be, a figure. */
import { RuleError } from './error.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import type { Comparison, CountQuery, Query } from './query.ts';

/** Words from one group to the next; `sentence`: in one; null: anywhere in the entry. */
export type Nearness = number | 'sentence' | null;

export interface FormGroup {
  /** Any of these, as written in the language: `@north-korea`, `troop*1`, `"special forces"`. */
  readonly any: readonly string[];
  /** How near to the groups before; of no meaning for the first one. */
  readonly near: Nearness;
}

export interface FormFigure {
  readonly of: string;
  readonly op: Comparison;
  readonly value: number;
  /** Words. */
  readonly within: number;
}

export interface QueryForm {
  readonly groups: readonly FormGroup[];
  readonly not: readonly string[];
  readonly figure: FormFigure | null;
}

const NOWHERE = { from: 0, to: 0 };

/** @returns null: the query says more than a form can, or has a mistake */
export function formOf(query: string): QueryForm | null {
  const tree = treeOf(query);
  if (tree === null) return null;
  const groups: FormGroup[] = [];
  const not: string[] = [];
  let figure: FormFigure | null = null;
  for (const clause of tree.kind === 'and' ? tree.of : [tree]) {
    if (clause.kind === 'count') {
      const found = figureOf(clause);
      if (found === null || figure !== null) return null;
      figure = found;
      continue;
    }
    const words = clause.kind === 'not' ? wordsOf(clause.of) : [];
    const chain = clause.kind === 'not' ? [] : chainOf(clause);
    if (words === null || chain === null) return null;
    not.push(...words);
    groups.push(...chain);
  }
  return { groups, not, figure };
}

function treeOf(query: string): Query | null {
  try {
    return parseQuery(query);
  } catch (error) {
    // Mistake of the author: the editor shows it.
    if (error instanceof RuleError) return null;
    throw error;
  }
}

function figureOf({ of, op, value, within }: CountQuery): FormFigure | null {
  const [word, ...more] = wordsOf(of) ?? [];
  return word === undefined || more.length > 0 ? null : { of: word, op, value, within };
}

/** `(a NEAR/8 b) NEAR/12 c` from left to right. */
function chainOf(query: Query): FormGroup[] | null {
  if (query.kind !== 'near') {
    const any = wordsOf(query);
    return any === null ? null : [{ any, near: null }];
  }
  if (query.order === 'given') return null;
  const left = chainOf(query.left);
  const any = wordsOf(query.right);
  return left === null || any === null ? null : [...left, { any, near: query.within }];
}

function wordsOf(query: Query): string[] | null {
  if (query.kind === 'or') {
    const words = query.of.map(wordsOf);
    return words.every((one) => one !== null) ? words.flat() : null;
  }
  if (query.kind === 'term' || query.kind === 'list' || query.kind === 'regex') return [printQuery(query)];
  // title:"…" is one more word, as far as a form goes.
  return query.kind === 'in' && query.of.kind === 'term' ? [printQuery(query)] : null;
}

/** Throws RuleError where a word is none. @returns '' for a form that asks for nothing */
export function queryOfForm({ groups, not, figure }: QueryForm): string {
  const clauses: Query[] = [];
  for (const { any, near } of groups.filter(({ any }) => any.length > 0)) {
    const group = anyOf(any);
    const before = near === null ? undefined : clauses.pop();
    if (before === undefined || near === null) clauses.push(group);
    else
      clauses.push({ kind: 'near', span: NOWHERE, order: 'any', within: near, left: before, right: group });
  }
  if (figure !== null) clauses.push({ kind: 'count', span: NOWHERE, ...figure, of: parseQuery(figure.of) });
  if (not.length > 0) clauses.push({ kind: 'not', span: NOWHERE, of: anyOf(not) });
  const [first] = clauses;
  if (first === undefined) return '';
  return printQuery(clauses.length === 1 ? first : { kind: 'and', span: NOWHERE, of: clauses });
}

function anyOf(words: readonly string[]): Query {
  const of = words.map((word) => parseQuery(word));
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', span: NOWHERE, of };
}

/** Commas of several scripts, outside quotes. A quote that is not closed is a character like any other. */
const LISTED = /(?:"(?:\\.|[^"\\])*"|[“„‟][^“”„‟]*[“”‟]|[^,，、،])+/gu;
/** What phones and word processors make of quotes, around a whole word. */
const CURLY = /^(=|title:|summary:)?[“„‟]([^“”„‟]*)[“”‟]$/u;

/** What somebody typed into the form, each of a list as somebody typed it: commas separate, also behind curly quotes. */
export function typedWords(text: string): string[] {
  return (text.match(LISTED) ?? []).map((word) => word.trim()).filter((word) => word !== '');
}

/** What somebody typed into the form, as a word of the language: quotes are put where they are needed. */
export function wordOfText(text: string): string {
  const trimmed = text
    .trim()
    .replace(CURLY, (_, field = '', said: string) => `${field}"${said.replace(/["\\]/gu, '\\$&')}"`);
  const isWritten = /^(?:@|=?"|re:"|title:|summary:)/u.test(trimmed);
  return isWritten ? trimmed : printQuery({ kind: 'term', span: NOWHERE, text: trimmed, exact: false });
}
