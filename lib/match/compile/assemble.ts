/** Translates an expression tree into leaves and postfix instructions (lib/match/opcode.ts). Resolves ids of lists. */
import { CONFIG_LOOSE_REGEXES_MAX, CONFIG_REGEXES_MAX } from '../../model/limits.ts';
import { RuleError } from '../../rule/error.ts';
import {
  META_KEYS,
  type MetaKey,
  type Query,
  type RegexQuery,
  type TermQuery,
  type TextField,
} from '../../rule/query.ts';
import { requiredWords } from '../../rule/regex-literal.ts';
import { readExact, readTerm } from '../../rule/term.ts';
import type { Lists } from '../lists.ts';
import { COMPARISONS, FIELD_MASK, OP } from '../opcode.ts';
import { regexFault } from '../search/regex-engine.ts';
import type { Patterns } from './patterns.ts';

/** Cost of a pattern as anchor: any list of words is preferred. */
const REGEX_LEAF_SIZE = 1_000;
/** Hint of every problem with a pattern. */
const REGEX_HINT = 're: uses RE2 syntax, without backreferences and lookaround';

/** The shape of an expression over leaves, from which anchors are computed. */
export type Compiled =
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'all'; readonly of: readonly Compiled[] }
  | { readonly kind: 'some'; readonly atLeast: number; readonly of: readonly Compiled[] }
  | { readonly kind: 'not' | 'meta' }
  | { readonly kind: 'count'; readonly of: Compiled | null }
  | {
      readonly kind: 'score';
      readonly threshold: number;
      readonly terms: readonly { readonly leaf: number; readonly weight: number }[];
    };

/** Nodes with any number of operands. */
type SeveralQuery = Extract<Query, { kind: 'and' } | { kind: 'or' } | { kind: 'any' }>;

/** Translates all expressions of a configuration into shared tables. */
export class Assembler {
  readonly #lists: Lists;
  readonly #patterns: Patterns;
  readonly #leaves = new Map<string, number>();
  readonly #leafSizes: number[] = [];
  readonly #string: (text: string) => number;
  readonly program: number[] = [];
  readonly numbers: number[] = [];

  constructor(lists: Lists, patterns: Patterns, string: (text: string) => number) {
    this.#lists = lists;
    this.#patterns = patterns;
    this.#string = string;
  }

  /** Number of terms of a leaf, as estimate of how often it is hit. */
  readonly sizeOf = (leaf: number): number => this.#leafSizes[leaf] ?? 0;

  /** Appends the instructions of an expression. @throws RuleError with a span in the expression */
  emit(query: Query, mask: number = FIELD_MASK.all): Compiled {
    switch (query.kind) {
      case 'term':
        return this.#emitLeaf(this.#termLeaf(query), mask);
      case 'regex':
        return this.#emitLeaf(this.#regexLeaf(query), mask);
      case 'list':
        return this.#emitLeaf(this.#listLeaf(query.id, query.span), mask);
      case 'and':
      case 'or':
      case 'any':
        return this.#emitSeveral(query, mask);
      case 'not':
        this.emit(query.of, mask);
        this.#op(OP.not);
        return { kind: 'not' };
      case 'near':
        return this.#emitNear(query, mask);
      case 'in':
        return this.emit(query.of, mask & maskOf(query.field));
      case 'atleast': {
        const of = this.emit(query.of, mask);
        this.#op(OP.atLeast, query.count);
        return of;
      }
      case 'meta':
        return this.emitMeta(query.key, query.values);
      case 'count': {
        const of = this.emit(query.of, mask);
        this.#emitCount(query, query.within);
        return { kind: 'count', of };
      }
      case 'qty':
        this.#emitCount(query, -1);
        return { kind: 'count', of: null };
    }
  }

  /** `key` has one of the values. */
  emitMeta(key: MetaKey, values: readonly string[]): Compiled {
    const at = this.#constants(values.map((value) => this.#string(value)));
    this.#op(OP.meta, META_KEYS.indexOf(key) * 256 + Math.min(values.length, 255), at);
    return { kind: 'meta' };
  }

  /** `key` has none of the values. */
  emitNotMeta(key: MetaKey, values: readonly string[]): Compiled {
    this.emitMeta(key, values);
    this.#op(OP.not);
    return { kind: 'not' };
  }

  /** Sum of the weights of terms that are hit. */
  emitScore(
    threshold: number,
    terms: readonly { readonly query: Query; readonly weight: number }[],
  ): Compiled {
    const weighted = terms.map(({ query, weight }) => {
      if (query.kind === 'term') return { leaf: this.#termLeaf(query), weight };
      if (query.kind === 'regex') return { leaf: this.#regexLeaf(query), weight };
      if (query.kind === 'list') return { leaf: this.#listLeaf(query.id, query.span), weight };
      throw new RuleError('E_SYNTAX', query.span, 'a score can only weigh words, phrases, patterns and @ids');
    });
    const at = this.#constants([
      threshold,
      weighted.length,
      ...weighted.flatMap(({ leaf, weight }) => [leaf, weight]),
    ]);
    this.#op(OP.score, at);
    return { kind: 'score', threshold, terms: weighted };
  }

  /** Appends one instruction. */
  #op(op: number, a = 0, b = 0): void {
    this.program.push(op, a, b);
  }

  /** Appends constants. @returns index of the first one in `numbers` */
  #constants(values: readonly number[]): number {
    return this.numbers.push(...values) - values.length;
  }

  /** @param mask fields that count (FIELD_MASK) */
  #emitLeaf(leaf: number, mask: number): Compiled {
    this.#op(OP.leaf, leaf, mask);
    return { kind: 'leaf', leaf };
  }

  /** AND needs all of its operands, OR one, ANY/k at least k. */
  #emitSeveral(query: SeveralQuery, mask: number): Compiled {
    const of = query.of.map((operand) => this.emit(operand, mask));
    if (query.kind === 'and') this.#op(OP.and, of.length);
    else if (query.kind === 'or') this.#op(OP.or, of.length);
    else this.#op(OP.any, query.count, of.length);
    if (query.kind === 'and') return { kind: 'all', of };
    return { kind: 'some', of, atLeast: query.kind === 'any' ? query.count : 1 };
  }

  /** Both operands must hold, so either of them can be the anchor. */
  #emitNear(query: Extract<Query, { kind: 'near' }>, mask: number): Compiled {
    const of = [this.emit(query.left, mask), this.emit(query.right, mask)];
    if (query.within === 'sentence') this.#op(OP.sentence);
    else this.#op(OP.near, query.within, query.order === 'given' ? 1 : 0);
    return { kind: 'all', of };
  }

  /** @param within distance in tokens; -1: a figure anywhere (QTY) */
  #emitCount(
    { op, value }: { readonly op: (typeof COMPARISONS)[number]; readonly value: number },
    within: number,
  ): void {
    this.#op(OP.count, this.#constants([COMPARISONS.indexOf(op), value]), within);
  }

  /** Equal terms of all rules share one leaf. */
  #termLeaf(query: TermQuery): number {
    return this.#leaf(`${query.exact ? '=' : '"'}${query.text}`, null, () => {
      const words = query.exact ? readExact(query.text) : readTerm(query.text);
      return { terms: [{ text: query.text, words, exact: query.exact }], shadows: [] };
    });
  }

  /** The cost as anchor is fixed: it does not depend on the pattern. */
  #regexLeaf({ pattern, span }: RegexQuery): number {
    const key = `re:${pattern}`;
    const known = this.#leaves.get(key);
    if (known !== undefined) return known;
    const fault = regexFault(pattern);
    if (fault !== null) throw new RuleError(fault.code, span, fault.message, REGEX_HINT);
    const leaf = this.#patterns.addRegex(pattern, requiredWords(pattern));
    this.#checkRegexCount(span);
    this.#leaves.set(key, leaf);
    this.#leafSizes[leaf] = REGEX_LEAF_SIZE;
    return leaf;
  }

  /** Limits the number of patterns, and of those that no word gates. */
  #checkRegexCount(span: Query['span']): void {
    const { regexCount, looseRegexCount } = this.#patterns;
    if (regexCount > CONFIG_REGEXES_MAX) {
      throw new RuleError(
        'E_LIMIT',
        span,
        `a configuration may have at most ${CONFIG_REGEXES_MAX} different re:"…"`,
      );
    }
    if (looseRegexCount > CONFIG_LOOSE_REGEXES_MAX) {
      const message = `a configuration may have at most ${CONFIG_LOOSE_REGEXES_MAX} re:"…" without a word of three letters`;
      throw new RuleError('E_LIMIT', span, message, 'use words and wildcards instead');
    }
  }

  /** Marks the list as used; unknown ids are errors with the nearest known id as hint. */
  #listLeaf(id: string, span: Query['span']): number {
    if (!this.#lists.has(id)) {
      throw new RuleError(
        'E_UNKNOWN_ID',
        span,
        `'${id}' is not a known entity or concept`,
        this.#lists.hintFor(id),
      );
    }
    this.#lists.used.add(id);
    const leaf = this.#leaf(`@${id}`, id, () => this.#lists.resolve(id));
    if (this.#lists.isEntity(id)) this.#patterns.markEntity(leaf);
    return leaf;
  }

  /** The leaf with this key, created on first use. */
  #leaf(
    key: string,
    name: string | null,
    read: () => Pick<ReturnType<Lists['resolve']>, 'terms' | 'shadows'>,
  ): number {
    const known = this.#leaves.get(key);
    if (known !== undefined) return known;
    const { terms, shadows } = read();
    const leaf = this.#patterns.addLeaf(name, terms, shadows);
    this.#leaves.set(key, leaf);
    this.#leafSizes[leaf] = terms.length;
    return leaf;
  }
}

/** `summary:` also covers the content, which replaces an empty summary. */
function maskOf(field: TextField): number {
  return field === 'title' ? FIELD_MASK.title : FIELD_MASK.summary;
}
