/** The expression of a rule as a tree. Spans are offsets in UTF-16 units of the expression. */
import type { Span } from './error.ts';

/** Comparison of a figure with a value. */
export type Comparison = '>=' | '>' | '<=' | '<' | '=';
/** Facts of an entry that `key:value` compares. */
export type MetaKey = 'lang' | 'publisher' | 'feed' | 'domain' | 'tag' | 'author' | 'country';
/** Texts that `field:` limits a search to. */
export type TextField = 'title' | 'summary';

/** A word or phrase with its wildcards, as written; `exact` compares case and accents, too. */
export interface TermQuery {
  readonly kind: 'term';
  readonly span: Span;
  readonly text: string;
  readonly exact: boolean;
}

/** `re:"…"`: a regular expression in RE2 syntax, applied to the unfolded text; case matters. */
export interface RegexQuery {
  readonly kind: 'regex';
  readonly span: Span;
  /** As written between the quotes, with backslashes. */
  readonly pattern: string;
}

/** `@id`: any term of an entity or concept. */
export interface ListQuery {
  readonly kind: 'list';
  readonly span: Span;
  readonly id: string;
}

/** `NEAR`, `ONEAR` or `SENTENCE`. */
export interface NearQuery {
  readonly kind: 'near';
  readonly span: Span;
  /** `given`: the left operand ends before the right one starts. */
  readonly order: 'any' | 'given';
  /** Largest number of tokens between the operands, or `sentence`: in the same sentence. */
  readonly within: number | 'sentence';
  readonly left: Query;
  readonly right: Query;
}

/** A node of the tree. */
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

/** A figure that satisfies the comparison, at most `within` tokens from a match of `of`. */
export interface CountQuery {
  readonly kind: 'count';
  readonly span: Span;
  readonly of: Query;
  readonly within: number;
  readonly op: Comparison;
  readonly value: number;
}

/** All keys; compiled rules store an index into this list, so the order must not change. */
export const META_KEYS: readonly MetaKey[] = [
  'lang',
  'publisher',
  'feed',
  'domain',
  'tag',
  'author',
  'country',
];
/** All text fields. */
export const TEXT_FIELDS: readonly TextField[] = ['title', 'summary'];

/** Direct operands of a node, in order. */
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
