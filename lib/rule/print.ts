/** Writes a tree as an expression; parsing that expression yields the same tree. */
import type { Query } from './query.ts';

/** Terms that need no quotes. */
const BARE = /^\*?[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*(?:\*\d{0,2})?$/u;
/** Words that would be read as operators and therefore need quotes. */
const OPERATOR = /^(?:AND|OR|NOT|SENTENCE|COUNT|QTY|NEAR|ONEAR|ATLEAST|ANY)$/u;

/** @returns the shortest spelling that the grammar allows, with single spaces and only necessary brackets */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'term':
      return query.exact ? `=${quoted(query.text)}` : word(query.text);
    case 'regex':
      return `re:"${query.pattern}"`;
    case 'list':
      return `@${query.id}`;
    case 'and':
      return query.of.map((of, at) => joined('AND', of, at)).join(' ');
    case 'or':
      return query.of.map((of, at) => joined('OR', of, at)).join(' ');
    case 'not':
      return `NOT ${operand(query.of)}`;
    case 'near':
      return `${query.left.kind === 'near' ? printQuery(query.left) : operand(query.left)} ${nearOperator(query)} ${operand(query.right)}`;
    case 'in':
      return `${query.field}:${operand(query.of)}`;
    case 'meta':
      return `${query.key}:${query.values.map(quoted).join(',')}`;
    case 'atleast':
      return `ATLEAST/${query.count} ${operand(query.of)}`;
    case 'any':
      return `ANY/${query.count}(${query.of.map(printQuery).join(', ')})`;
    case 'count':
      return `COUNT(${printQuery(query.of)}, ${query.within}) ${query.op} ${number(query.value)}`;
    case 'qty':
      return `QTY ${query.op} ${number(query.value)}`;
  }
}

/** Without exponent, which the language does not have. */
function number(value: number): string {
  return value < 1e21 ? String(value) : BigInt(value).toString();
}

/** NEAR and NOT bind more tightly than AND and OR and need no brackets there. */
function joined(operator: string, of: Query, at: number): string {
  const bare = of.kind === 'near' || of.kind === 'not';
  const text = bare ? printQuery(of) : operand(of);
  return at === 0 ? text : `${operator} ${text}`;
}

/** Adds brackets where the grammar requires a single operand. */
function operand(query: Query): string {
  const needsBrackets = ['and', 'or', 'near', 'not'].includes(query.kind);
  return needsBrackets ? `(${printQuery(query)})` : printQuery(query);
}

/** `NEAR/n`, `ONEAR/n` or `SENTENCE`. */
function nearOperator(query: Extract<Query, { kind: 'near' }>): string {
  if (query.within === 'sentence') return 'SENTENCE';
  return `${query.order === 'given' ? 'ONEAR' : 'NEAR'}/${query.within}`;
}

/** A term, in quotes where necessary. */
function word(text: string): string {
  return BARE.test(text) && !OPERATOR.test(text) ? text : quoted(text);
}

/** Quotes a text; backslashes escape quotes and backslashes. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/gu, '\\$&')}"`;
}
