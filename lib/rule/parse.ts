/**
 * Parses an expression into a tree of operators and operands. The grammar is documented in docs/rules.md. Ids of lists are
 * resolved later, in lib/match/compile/compile.ts.
 */
import { QUERY_DEPTH_MAX, QUERY_UNITS_MAX, REGEX_UNITS_MAX } from '../model/limits.ts';
import { RuleError, type Span } from './error.ts';
import { lex, type Token, type TokenKind } from './lex.ts';
import { nearest } from './nearest.ts';
import {
  type Comparison,
  META_KEYS,
  type MetaKey,
  type Query,
  TEXT_FIELDS,
  type TextField,
} from './query.ts';
import { isDistance, readExact, readTerm } from './term.ts';

/** Distance in tokens within which COUNT looks for a figure if the rule gives none. */
const COUNT_TOKENS_DEFAULT = 4;
/** Tokens with which an operand begins: after an operand, one of them means that an operator is missing. */
const STARTS_OPERAND: ReadonlySet<TokenKind> = new Set([
  'open',
  'not',
  'atleast',
  'any',
  'count',
  'qty',
  'list',
  'field',
  'regex',
  'exact',
  'phrase',
  'word',
]);

/** @throws RuleError with a span in `source`, for syntax errors and for QUERY_UNITS_MAX and QUERY_DEPTH_MAX */
export function parseQuery(source: string): Query {
  if (source.length > QUERY_UNITS_MAX) {
    const message = `an expression may have at most ${QUERY_UNITS_MAX} characters, this one has ${source.length}`;
    throw new RuleError('E_LIMIT', { from: QUERY_UNITS_MAX, to: source.length }, message);
  }
  const parser = new Parser(lex(source));
  return parser.whole();
}

/**
 * Recursive descent; QUERY_DEPTH_MAX limits the recursion. Each method reads one rule of the grammar:
 *
 *     expression := unary ((AND | OR) unary | NOT unary)*    (AND and OR are not mixed)
 *     unary      := NOT unary | proximity
 *     proximity  := primary ((NEAR/n | ONEAR/n | SENTENCE) primary)*
 *     primary    := ( expression ) | term | @id | field:primary | key:values | re:"…"
 *                 | ATLEAST/n primary | ANY/k(expression, …) | COUNT(expression, n) > value | QTY > value
 */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The whole expression: nothing may follow it. */
  whole(): Query {
    if (this.#next().kind === 'end') throw this.#wrong('the expression is empty');
    const query = this.#expression();
    const rest = this.#next();
    if (rest.kind === 'end') return query;
    if (rest.kind === 'close') throw this.#wrong("this ')' has no matching '('");
    throw this.#wrong(`'${rest.text}' is not allowed here`);
  }

  /** The next token, without taking it. */
  #next(): Token {
    return this.#tokens[this.#at]!;
  }

  /** The next token, which is consumed. */
  #take(): Token {
    return this.#tokens[this.#at++]!;
  }

  /** A syntax error at the next token, at least one unit long so that it can be underlined. */
  #wrong(message: string, hint: string | null = null, span: Span = this.#next().span): RuleError {
    const to = Math.max(span.to, span.from + 1);
    return new RuleError('E_SYNTAX', { from: span.from, to }, message, hint);
  }

  /** Consumes a token of this kind. @throws RuleError with `message` for any other */
  #expect(kind: TokenKind, message: string): Token {
    if (this.#next().kind !== kind) throw this.#wrong(message);
    return this.#take();
  }

  /** `and-list | or-list`; `a NOT b` continues an and-list. AND and OR cannot be mixed without brackets. */
  #expression(): Query {
    const operands = [this.#unary()];
    let joint: 'and' | 'or' | null = null;
    while (true) {
      const token = this.#next();
      if (token.kind === 'and' || token.kind === 'or') {
        this.#keepJoint(joint, token.kind, token.span);
        joint = token.kind;
        this.#take();
      } else if (token.kind === 'not') {
        this.#keepJoint(joint, 'and', token.span);
        joint = 'and';
      } else if (STARTS_OPERAND.has(token.kind)) throw missingOperator(operands.at(-1)!, token);
      else break;
      operands.push(this.#unary());
    }
    const [first] = operands;
    if (joint === null || first === undefined) return operands[0]!;
    return { kind: joint, span: { from: first.span.from, to: operands.at(-1)!.span.to }, of: operands };
  }

  /** Rejects AND and OR at the same level without brackets. */
  #keepJoint(joint: 'and' | 'or' | null, next: 'and' | 'or', span: Span): void {
    if (joint === null || joint === next) return;
    const hint = 'add brackets: a AND (b OR c)';
    throw new RuleError('E_MIXED_AND_OR', span, 'AND and OR are mixed without brackets', hint);
  }

  /** `NOT unary | proximity`. */
  #unary(): Query {
    if (this.#next().kind !== 'not') return this.#proximity();
    const { span } = this.#take();
    this.#enter(span);
    const of = this.#unary();
    this.#depth--;
    return { kind: 'not', span: { from: span.from, to: of.span.to }, of };
  }

  /** Counts one more level of nesting. */
  #enter(span: Span): void {
    if (++this.#depth <= QUERY_DEPTH_MAX) return;
    throw new RuleError('E_LIMIT', span, `the expression is nested deeper than ${QUERY_DEPTH_MAX} levels`);
  }

  /** `primary (NEAR/n primary)*`, left-associative; also ONEAR/n and SENTENCE. */
  #proximity(): Query {
    let left = this.#primary();
    while (true) {
      const { kind, number, span } = this.#next();
      if (kind !== 'near' && kind !== 'onear' && kind !== 'sentence') return left;
      if (!isDistance(number))
        throw new RuleError('E_LIMIT', span, `${number} is not a valid distance: use 0 to 50 words`);
      this.#take();
      this.#enter(span);
      const right = this.#primary();
      for (const operand of [left, right]) checkOperand(operand);
      left = {
        kind: 'near',
        span: { from: left.span.from, to: right.span.to },
        order: kind === 'onear' ? 'given' : 'any',
        within: kind === 'sentence' ? 'sentence' : number,
        left,
        right,
      };
      this.#depth--;
    }
  }

  /** A single operand: brackets, a term, a list, a field, or a counting operator. */
  #primary(): Query {
    const token = this.#next();
    switch (token.kind) {
      case 'open':
        return this.#brackets();
      case 'list':
        this.#take();
        return { kind: 'list', span: token.span, id: token.text };
      case 'word':
      case 'phrase':
      case 'exact':
        return this.#term();
      case 'field':
        return this.#field();
      case 'atleast':
        return this.#atLeast();
      case 'any':
        return this.#any();
      case 'count':
        return this.#count();
      case 'qty':
        return this.#quantity();
      case 'regex':
        return this.#regex();
      case 'end':
        throw this.#wrong('an operand is missing at the end of the expression');
      default:
        throw this.#wrong(`'${token.text}' is not an operand`);
    }
  }

  /** `( expression )`. */
  #brackets(): Query {
    const open = this.#take();
    this.#enter(open.span);
    if (this.#next().kind === 'close') throw this.#wrong('the brackets are empty');
    const query = this.#expression();
    if (this.#next().kind !== 'close') throw this.#wrong("this '(' has no matching ')'", null, open.span);
    this.#take();
    this.#depth--;
    return query;
  }

  /** A word, phrase or exact phrase; errors of lib/rule/term.ts are moved to their place in the expression. */
  #term(): Query {
    const { kind, span, text } = this.#take();
    const inner = kind === 'word' ? 0 : kind === 'phrase' ? 1 : 2;
    try {
      if (kind === 'exact') readExact(text);
      else readTerm(text);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      const from = span.from + inner + error.span.from;
      throw new RuleError(
        error.code,
        { from, to: span.from + inner + error.span.to },
        error.message,
        error.hint,
      );
    }
    return { kind: 'term', span, text, exact: kind === 'exact' };
  }

  /** Only the length of the pattern is checked here; lib/match/compile/patterns.ts compiles it. */
  #regex(): Query {
    const { span, text } = this.#take();
    if (text === '') throw this.#wrong('the pattern of re: is empty', null, span);
    if (text.length <= REGEX_UNITS_MAX) return { kind: 'regex', span, pattern: text };
    const message = `a pattern may have at most ${REGEX_UNITS_MAX} characters, this one has ${text.length}`;
    throw new RuleError('E_LIMIT', span, message, 'split the pattern, or use a list of words');
  }

  /** `title:operand`, `summary:operand` or `lang:values`. */
  #field(): Query {
    const token = this.#take();
    const name = token.text;
    if (TEXT_FIELDS.includes(name as TextField)) {
      this.#enter(token.span);
      const of = this.#primary();
      this.#depth--;
      return { kind: 'in', span: { from: token.span.from, to: of.span.to }, field: name as TextField, of };
    }
    if (META_KEYS.includes(name as MetaKey)) return this.#meta(token, name as MetaKey);
    const known = nearest(name, [...TEXT_FIELDS, ...META_KEYS]);
    const hint = known === null ? 'put a term that contains a colon in quotes' : `did you mean ${known}:?`;
    throw this.#wrong(`'${name}' is not a known field`, hint, token.span);
  }

  /** `lang:fr,ko`: a comma continues the list only if a value follows it directly. */
  #meta(token: Token, key: MetaKey): Query {
    const values: string[] = [];
    let to = token.span.to;
    do {
      if (values.length > 0) this.#take();
      const value = this.#next();
      if (value.kind !== 'word' && value.kind !== 'phrase')
        throw this.#wrong(`${key}: must be followed by a value`);
      values.push(this.#take().text);
      to = value.span.to;
    } while (this.#next().kind === 'comma' && this.#next().span.from === to && this.#valueFollows(to + 1));
    return { kind: 'meta', span: { from: token.span.from, to }, key, values };
  }

  /** Whether a value follows the comma directly: in ANY/2(lang:fr, word) the comma separates expressions. */
  #valueFollows(from: number): boolean {
    const value = this.#tokens[this.#at + 1];
    return (
      value !== undefined && value.span.from === from && (value.kind === 'word' || value.kind === 'phrase')
    );
  }

  /** `ATLEAST/n operand`. */
  #atLeast(): Query {
    const token = this.#take();
    if (token.number < 1) throw this.#wrong('the number of ATLEAST must be at least 1', null, token.span);
    this.#enter(token.span);
    const of = this.#primary();
    this.#depth--;
    checkOperand(of);
    return { kind: 'atleast', span: { from: token.span.from, to: of.span.to }, count: token.number, of };
  }

  /** `ANY/k(a, b, c)`. */
  #any(): Query {
    const token = this.#take();
    this.#expect('open', 'ANY/k needs a list in brackets: ANY/2(a, b, c)');
    this.#enter(token.span);
    const of = [this.#expression()];
    while (this.#next().kind === 'comma') {
      this.#take();
      of.push(this.#expression());
    }
    const { span } = this.#expect('close', "the list of ANY has no closing ')'");
    this.#depth--;
    if (token.number < 1 || token.number > of.length) {
      throw this.#wrong(
        `ANY/${token.number} has ${of.length} expressions: the number must be from 1 to ${of.length}`,
        null,
        token.span,
      );
    }
    return { kind: 'any', span: { from: token.span.from, to: span.to }, count: token.number, of };
  }

  /** `COUNT(operand, distance) >= value`; the distance is optional. */
  #count(): Query {
    const token = this.#take();
    this.#expect('open', 'COUNT needs brackets: COUNT(@soldiers, 6) >= 1000');
    this.#enter(token.span);
    const of = this.#expression();
    checkOperand(of);
    let within = COUNT_TOKENS_DEFAULT;
    if (this.#next().kind === 'comma') {
      this.#take();
      within = this.#number();
      if (!isDistance(within)) throw this.#wrong(`${within} is not a valid distance: use 0 to 50 words`);
    }
    this.#expect('close', "COUNT has no closing ')'");
    this.#depth--;
    const { op, value, to } = this.#comparison();
    return { kind: 'count', span: { from: token.span.from, to }, of, within, op, value };
  }

  /** `QTY >= value`. */
  #quantity(): Query {
    const token = this.#take();
    const { op, value, to } = this.#comparison();
    return { kind: 'qty', span: { from: token.span.from, to }, op, value };
  }

  /** A comparison operator and a number. `to`: end of the number. */
  #comparison(): { op: Comparison; value: number; to: number } {
    const op = this.#expect('compare', 'a comparison is missing here, such as >= 1000').text as Comparison;
    const { to } = this.#next().span;
    return { op, value: this.#number(), to };
  }

  /** A number such as 1000, 1.5k or 2M. */
  #number(): number {
    const parts = /^(\d{1,30}(?:\.\d{1,6})?)([kM]?)$/u.exec(this.#next().text);
    if (parts === null) throw this.#wrong('a number is missing here', 'write 1000, 1.5k or 2M');
    this.#take();
    const [, digits = '', unit] = parts;
    return Number(digits) * (unit === 'k' ? 1_000 : unit === 'M' ? 1_000_000 : 1);
  }
}

/** Two operands without an operator between them: the hint depends on what they look like. */
function missingOperator(before: Query, token: Token): RuleError {
  const word = token.kind === 'word' ? token.text : '';
  const operator = /^(and|or|not|near|onear|sentence)$/iu.test(word);
  const hint = operator
    ? `write ${word.toUpperCase()}: operators must be in capitals`
    : before.kind === 'term' && !before.exact && token.kind === 'word'
      ? `quote the phrase, "${before.text} ${word}", or write AND between the words`
      : 'write AND or OR between them';
  return new RuleError(
    'E_MISSING_OPERATOR',
    token.span,
    `an operator is missing before '${token.text}'`,
    hint,
  );
}

/** NEAR, ATLEAST and COUNT need operands with positions in the text: NOT has none, AND has several. */
function checkOperand(query: Query): void {
  switch (query.kind) {
    case 'term':
    case 'regex':
    case 'list':
    case 'near':
      return;
    case 'or':
      query.of.forEach(checkOperand);
      return;
    case 'in':
    case 'atleast':
      checkOperand(query.of);
      return;
    default: {
      const name = query.kind.toUpperCase();
      const message = `${name} has no position in the text and cannot be an operand of NEAR, ATLEAST or COUNT`;
      throw new RuleError('E_NEAR_OPERAND', query.span, message, 'use words, phrases, @ids and OR groups');
    }
  }
}
