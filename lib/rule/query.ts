/** The expression of a rule as a tree. Spans are offsets into the expression's text. */
import type { Span } from './error.ts';

export type Comparison = '>=' | '>' | '<=' | '<' | '=';
export type MetaKey = 'lang' | 'publisher' | 'feed' | 'domain' | 'tag' | 'author' | 'country';
export type TextField = 'title' | 'summary';

/** A word or phrase with its wildcards, as written; `exact` compares case and accents too. */
export interface TermQuery {
  readonly kind: 'term';
  readonly span: Span;
  readonly text: string;
  readonly exact: boolean;
}

/** `re:"…"`: a regular expression in RE2 syntax over the text as it is, case included. */
export interface RegexQuery {
  readonly kind: 'regex';
  readonly span: Span;
  /** As written between the quotes, backslashes included. */
  readonly pattern: string;
}

/** `@id`: any term of that entity or concept. */
export interface ListQuery {
  readonly kind: 'list';
  readonly span: Span;
  readonly id: string;
}

export interface NearQuery {
  readonly kind: 'near';
  readonly span: Span;
  /** `given`: left ends before right starts. */
  readonly order: 'any' | 'given';
  /** Tokens strictly between, or the same sentence. */
  readonly within: number | 'sentence';
  readonly left: Query;
  readonly right: Query;
}

export type Query =
  | TermQuery
  | RegexQuery
  | ListQuery
  | NearQuery
  | { readonly kind: 'and'; readonly span: Span; readonly of: readonly Query[] }
  | { readonly kind: 'or'; readonly span: Span; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly span: Span; readonly of: Query }
  | { readonly kind: 'in'; readonly span: Span; readonly field: TextField; readonly of: Query }
  | { readonly kind: 'meta'; readonly span: Span; readonly key: MetaKey; readonly values: readonly string[] }
  | { readonly kind: 'atleast'; readonly span: Span; readonly count: number; readonly of: Query }
  | { readonly kind: 'any'; readonly span: Span; readonly count: number; readonly of: readonly Query[] }
  | CountQuery
  | { readonly kind: 'qty'; readonly span: Span; readonly op: Comparison; readonly value: number };

/** Some figure that compares so, at most `within` tokens from a span of `of`. */
export interface CountQuery {
  readonly kind: 'count';
  readonly span: Span;
  readonly of: Query;
  readonly within: number;
  readonly op: Comparison;
  readonly value: number;
}

export const META_KEYS: readonly MetaKey[] = [
  'lang',
  'publisher',
  'feed',
  'domain',
  'tag',
  'author',
  'country',
];
export const TEXT_FIELDS: readonly TextField[] = ['title', 'summary'];

/** The direct operands of a node, in order. */
export function operandsOf(query: Query): readonly Query[] {
  switch (query.kind) {
    case 'and':
    case 'or':
    case 'any':
      return query.of;
    case 'not':
    case 'in':
    case 'atleast':
    case 'count':
      return [query.of];
    case 'near':
      return [query.left, query.right];
    case 'term':
    case 'regex':
    case 'list':
    case 'meta':
    case 'qty':
      return [];
  }
}
