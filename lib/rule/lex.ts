/** Splits an expression into tokens: words, quoted texts and operators. lib/rule/parse.ts combines them. */
import { RuleError, type Span } from './error.ts';

/** Kinds of tokens; `end` closes every token list. */
export type TokenKind =
  | 'open'
  | 'close'
  | 'comma'
  | 'and'
  | 'or'
  | 'not'
  | 'near'
  | 'onear'
  | 'sentence'
  | 'atleast'
  | 'any'
  | 'count'
  | 'qty'
  | 'compare'
  | 'list'
  | 'field'
  | 'regex'
  | 'exact'
  | 'phrase'
  | 'word'
  | 'end';

/** One token with its place in the expression. */
export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
  /** Content of the quotes, id after `@`, name before `:`, or the word or number itself. */
  readonly text: string;
  /** The number of NEAR/n, ONEAR/n, ATLEAST/n and ANY/k; 0 for other tokens. */
  readonly number: number;
}

/** Characters that are tokens of their own. */
const PUNCTUATION: Readonly<Record<string, TokenKind>> = { '(': 'open', ')': 'close', ',': 'comma' };
/** Operators without a number; only in capitals. */
const BARE_OPERATORS: Readonly<Record<string, TokenKind>> = {
  AND: 'and',
  OR: 'or',
  NOT: 'not',
  SENTENCE: 'sentence',
  COUNT: 'count',
  QTY: 'qty',
};
/** Operators that need a number, as in NEAR/5. */
const NUMBERED: Readonly<Record<string, TokenKind>> = {
  NEAR: 'near',
  ONEAR: 'onear',
  ATLEAST: 'atleast',
  ANY: 'any',
};
/** Sticky patterns: each matches only at `lastIndex`. */
const BLANK = /\s+/uy;
const COMPARE = />=|<=|>|</uy;
const WORD = /[^\s()",]+/uy;
const LIST = /@([\p{L}\p{N}_-]*)/uy;
const FIELD = /([A-Za-z_]+):/uy;

/**
 * @returns the tokens in order, followed by one of kind `end`
 * @throws RuleError for an unclosed quote, an `@` without id, `re:` without quotes, or an operator without number
 */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  let at = skip(source, 0);
  while (at < source.length) {
    const token = readToken(source, at);
    tokens.push(token);
    at = skip(source, token.span.to);
  }
  tokens.push({ kind: 'end', span: { from: source.length, to: source.length }, text: '', number: 0 });
  return tokens;
}

/** Offset of the next character that is not white space. */
function skip(source: string, at: number): number {
  return at + (matchAt(BLANK, source, at)?.[0].length ?? 0);
}

/** A match that begins exactly at `at`; null: none. */
function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** Reads the token that begins at `at`. */
function readToken(source: string, at: number): Token {
  const char = source[at] ?? '';
  const punctuation = PUNCTUATION[char];
  if (punctuation !== undefined) return token(punctuation, at, at + 1, char);
  if (char === '"') return readQuoted(source, at, at, 'phrase');
  if (char === '=' && source[at + 1] === '"') return readQuoted(source, at, at + 1, 'exact');
  if (char === '@') return readList(source, at);
  const compare = char === '=' ? '=' : matchAt(COMPARE, source, at)?.[0];
  if (compare !== undefined) return token('compare', at, at + compare.length, compare);
  const field = matchAt(FIELD, source, at);
  if (field !== null) return readField(source, at, field[1] ?? '');
  return readWord(source, at);
}

/** @param number of operators such as NEAR/5 */
function token(kind: TokenKind, from: number, to: number, text: string, number = 0): Token {
  return { kind, span: { from, to }, text, number };
}

/** @param from where the token begins. @param quote offset of its opening quote */
function readQuoted(source: string, from: number, quote: number, kind: TokenKind): Token {
  let text = '';
  for (let at = quote + 1; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === '"') return token(kind, from, at + 1, text);
    const next = source[at + 1];
    if (char === '\\' && (next === '"' || next === '\\')) {
      text += next;
      at++;
    } else text += char;
  }
  throw new RuleError(
    'E_SYNTAX',
    { from, to: source.length },
    'this quote has no closing quote',
    'add a " after the text',
  );
}

/** `@id`. */
function readList(source: string, at: number): Token {
  const id = matchAt(LIST, source, at)?.[1] ?? '';
  if (id !== '') return token('list', at, at + 1 + id.length, id);
  throw new RuleError(
    'E_SYNTAX',
    { from: at, to: at + 1 },
    "'@' must be followed by the id of an entity or concept",
    'write @north-korea',
  );
}

/** `name:`, or a whole `re:"…"`. */
function readField(source: string, at: number, name: string): Token {
  const to = at + name.length + 1;
  if (name !== 're') return token('field', at, to, name);
  if (source[to] === '"') return readRegex(source, at, to);
  throw new RuleError(
    'E_SYNTAX',
    { from: at, to },
    're: must be followed by a quoted pattern',
    'write re:"pattern"',
  );
}

/** Backslashes stay, because they belong to the pattern; `\\"` is a quote within the pattern. */
function readRegex(source: string, from: number, quote: number): Token {
  for (let at = quote + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '"') return token('regex', from, at + 1, source.slice(quote + 1, at));
  }
  const hint = 'add a " after the pattern';
  throw new RuleError('E_SYNTAX', { from, to: source.length }, 'this quote has no closing quote', hint);
}

/** A word, or an operator if it is in capitals. */
function readWord(source: string, at: number): Token {
  const text = matchAt(WORD, source, at)?.[0] ?? '';
  const to = at + text.length;
  const bare = Object.hasOwn(BARE_OPERATORS, text) ? BARE_OPERATORS[text] : undefined;
  if (bare !== undefined) return token(bare, at, to, text);
  const numbered = /^(NEAR|ONEAR|ATLEAST|ANY)(?:\/(\d{1,6}))?$/u.exec(text);
  if (numbered === null) return token('word', at, to, text);
  const [, name = '', number] = numbered;
  const kind = NUMBERED[name] ?? 'word';
  if (number !== undefined) return token(kind, at, to, text, Number(number));
  throw new RuleError('E_SYNTAX', { from: at, to }, `${name} needs a number`, `write ${name}/5`);
}
