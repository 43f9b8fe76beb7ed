/**
 * A query as a form shows it: groups of words that must all occur, their distance, excluded words, and a figure. A form
 * can express only part of the language; `formOf` shows which queries fit.
 */
import { RuleError } from './error.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import type { Comparison, CountQuery, Query } from './query.ts';

/** Words between a group and the one before; `sentence`: in the same sentence; null: anywhere in the entry. */
export type Nearness = number | 'sentence' | null;

/** Words of which one must occur. */
export interface FormGroup {
  /** Alternatives as written in the language: `@north-korea`, `troop*1`, `"special forces"`. */
  readonly any: readonly string[];
  /** Distance to the groups before; ignored for the first group. */
  readonly near: Nearness;
}

/** A figure that must occur near a word. */
export interface FormFigure {
  readonly of: string;
  readonly op: Comparison;
  readonly value: number;
  /** Largest distance in words. */
  readonly within: number;
}

/** A whole query as a form. */
export interface QueryForm {
  readonly groups: readonly FormGroup[];
  /** Words that must not occur. */
  readonly not: readonly string[];
  readonly figure: FormFigure | null;
}

/** Span of nodes that no text contains. */
const NOWHERE = { from: 0, to: 0 };

/** Reads a query into a form. @returns null: a form cannot express the query, or the query has an error */
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

/** null: the query has an error. */
function treeOf(query: string): Query | null {
  try {
    return parseQuery(query);
  } catch (error) {
    // A mistake of the author, which the editor shows.
    if (error instanceof RuleError) return null;
    throw error;
  }
}

/** A form has one word for what is counted. */
function figureOf({ of, op, value, within }: CountQuery): FormFigure | null {
  const [word, ...more] = wordsOf(of) ?? [];
  return word === undefined || more.length > 0 ? null : { of: word, op, value, within };
}

/** Groups of a chain such as `(a NEAR/8 b) NEAR/12 c`, from left to right; null: not such a chain. */
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

/** Alternatives of an OR group as written; null: more than words, lists and patterns. */
function wordsOf(query: Query): string[] | null {
  if (query.kind === 'or') {
    const words = query.of.map(wordsOf);
    return words.every((one) => one !== null) ? words.flat() : null;
  }
  if (query.kind === 'term' || query.kind === 'list' || query.kind === 'regex') return [printQuery(query)];
  // In a form, title:"…" counts as one word.
  return query.kind === 'in' && query.of.kind === 'term' ? [printQuery(query)] : null;
}

/** Writes a form as a query. @returns '' for an empty form. @throws RuleError when a word is not valid */
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

/** OR of several words; the word itself if there is only one. */
function anyOf(words: readonly string[]): Query {
  const of = words.map((word) => parseQuery(word));
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', span: NOWHERE, of };
}

/** Text between commas (of several scripts) outside quotes. An unclosed quote is an ordinary character. */
const LISTED = /(?:"(?:\\.|[^"\\])*"|[“„‟][^“”„‟]*[“”‟]|[^,，、،])+/gu;
/** Curly quotes around a whole word, as phones and word processors insert them. */
const CURLY = /^(=|title:|summary:)?[“„‟]([^“”„‟]*)[“”‟]$/u;

/** Splits what the user typed at commas outside straight and curly quotes; empty items are dropped. */
export function typedWords(text: string): string[] {
  return (text.match(LISTED) ?? []).map((word) => word.trim()).filter((word) => word !== '');
}

/** Turns what the user typed into a word of the language, with quotes where they are needed. */
export function wordOfText(text: string): string {
  const trimmed = text
    .trim()
    .replace(CURLY, (_, field = '', said: string) => `${field}"${said.replace(/["\\]/gu, '\\$&')}"`);
  const isWritten = /^(?:@|=?"|re:"|title:|summary:)/u.test(trimmed);
  return isWritten ? trimmed : printQuery({ kind: 'term', span: NOWHERE, text: trimmed, exact: false });
}
