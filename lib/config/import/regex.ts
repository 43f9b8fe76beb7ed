/** Turns a regular expression of another reader into a query: into words where they are equivalent, else re:"…". */
import { RuleError } from '../../rule/error.ts';
import type { Query } from '../../rule/query.ts';
import { readExact, readTerm } from '../../rule/term.ts';

/** Imported queries have no source text. */
const SPAN = { from: 0, to: 0 };
/** Words separated by a space, hyphen or apostrophe: texts without a meaning of their own in an expression. */
const PLAIN = /^[\p{L}\p{N}]+(?:[ '’-][\p{L}\p{N}]+)*$/u;
/** A pattern with more alternatives than this stays a regular expression. */
const ALTERNATIVES_MAX = 500;

/** A term without source position. @param exact compare case and form: ="…" */
export function wordQuery(text: string, exact = false): Query {
  return { kind: 'term', span: SPAN, text, exact };
}

/** OR of several queries; the query itself if there is only one. */
export function eitherOf(of: readonly Query[]): Query {
  return of.length === 1 ? of[0]! : { kind: 'or', span: SPAN, of };
}

/** The text inside other words, too, in any case, as keywords of other readers. @returns null: too short for that */
export function substringQuery(text: string): Query | null {
  const query = wordQuery(`*${text}*`);
  return isTerm(query) ? query : null;
}

/** @param pattern in RE2 or PCRE syntax. @param insensitive the flag of `/x/i` */
export function regexQuery(pattern: string, insensitive: boolean): Query {
  const flag = /^\(\?i\)/u.exec(pattern);
  const anyCase = insensitive || flag !== null;
  const body = flag === null ? pattern : pattern.slice(flag[0].length);
  return (
    wordsOf(body, anyCase) ?? { kind: 'regex', span: SPAN, pattern: quotable(anyCase ? `(?i)${body}` : body) }
  );
}

/** Reads `\bword\b`, `(a|b)`, `a|b`, `\b(a|b)\b`. @returns null for anything else */
function wordsOf(body: string, anyCase: boolean): Query | null {
  const bounded = /^\\b(?!.*\\b.*\\b)(.*)\\b$/u.exec(body);
  const inner = bounded?.[1] ?? body;
  const group = /^\((?:\?:)?([^()]*)\)$/u.exec(inner);
  // \ba|b\b applies the first \b to the first alternative and the last \b to the last one only.
  if (bounded !== null && group === null && inner.includes('|')) return null;
  const alternatives = (group?.[1] ?? inner).split('|').map((one) => one.replace(/\\([ '’-])/gu, '$1'));
  if (alternatives.length > ALTERNATIVES_MAX || !alternatives.every((one) => PLAIN.test(one))) return null;
  const terms = alternatives.map((one) => termOf(one, bounded !== null, anyCase));
  return terms.every((term) => term !== null) ? eitherOf(terms) : null;
}

/** Case matters only in ="…", which finds whole words. */
function termOf(text: string, isBounded: boolean, anyCase: boolean): Query | null {
  if (isBounded) {
    const query = wordQuery(text, !anyCase);
    return isTerm(query) ? query : null;
  }
  return anyCase ? substringQuery(text) : null;
}

/** Whether the term is valid, such as long enough for its wildcard. */
function isTerm(query: Query): boolean {
  if (query.kind !== 'term') return true;
  try {
    return (query.exact ? readExact(query.text) : readTerm(query.text)).length > 0;
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

/** Escapes quotes inside re:"…". */
function quotable(pattern: string): string {
  return pattern.replace(/\\[\s\S]|"/gu, (found) => (found === '"' ? '\\"' : found));
}
