/** Reads one term or phrase of the language (`Северн*2 Коре*2`) into folded words with wildcards. */
import { NEAR_TOKENS_MAX, PATTERN_UNITS_MAX, WILDCARD_UNITS_MAX } from '../model/limits.ts';
import { foldText } from '../text/fold.ts';
import { CLASS, FOLD, foldTable } from '../text/fold-table.ts';
import { RuleError, type Span } from './error.ts';

/** Value of `suffix` for a bare `*`: any number of further letters. */
const UNLIMITED = WILDCARD_UNITS_MAX + 1;
/** Letters that a word with a wildcard needs, so that it does not match half of all texts. */
const LITERALS_MIN = 3;
/** For syllable blocks, Han and Thai characters, which carry more information than letters. */
const LITERALS_MIN_DENSE = 2;

/** In a phrase of this length, single words may be shorter. */
const PHRASE_UNITS_MIN = 7;

/** One word of a term or phrase. */
export interface TermWord {
  /** Folded text without separators. */
  readonly literal: string;
  /** `*word`: the match may begin inside a word. */
  readonly leftFree: boolean;
  /** Number of further letters of the same script allowed before the word ends: 0 none, UNLIMITED any. */
  readonly suffix: number;
}

/**
 * @param text without the surrounding quotes
 * @returns at least one word
 * @throws RuleError with a span in `text`: no letters, misplaced wildcards, or PATTERN_UNITS_MAX exceeded
 */
export function readTerm(text: string): TermWord[] {
  const words: TermWord[] = [];
  const spans: Span[] = [];
  for (const raw of rawWords(text)) {
    const read = readWord(text, raw);
    if (words.length > 0 && read[0]?.leftFree === true) {
      throw new RuleError('E_SYNTAX', raw, 'only the first word of a phrase may begin with a wildcard');
    }
    words.push(...read);
    spans.push(...read.map(() => raw));
  }
  if (words.length === 0) {
    throw new RuleError(
      'E_SYNTAX',
      { from: 0, to: Math.max(1, text.length) },
      'a term needs at least one letter or digit',
    );
  }
  const units = words.reduce((sum, word) => sum + word.literal.length + 1, -1);
  // In a longer phrase the other words make a short one specific enough.
  if (words.length === 1 || units < PHRASE_UNITS_MIN)
    for (const [at, word] of words.entries()) checkWildcard(word, spans[at]!);
  if (units > PATTERN_UNITS_MAX) {
    const message = `a term may have at most ${PATTERN_UNITS_MAX} characters, this one has ${units}`;
    throw new RuleError('E_LIMIT', { from: 0, to: text.length }, message);
  }
  return words;
}

/** Reads a term in which `*` is an ordinary separator. @throws RuleError with a span in `text` */
export function readExact(text: string): TermWord[] {
  const literal = foldText(text).replaceAll('\n', ' ');
  if (literal === '') {
    throw new RuleError(
      'E_SYNTAX',
      { from: 0, to: Math.max(1, text.length) },
      'a term needs at least one letter or digit',
    );
  }
  return literal.split(' ').map((word) => ({ literal: word, leftFree: false, suffix: 0 }));
}

/** Spans without separators; `*` and following digits belong to their word. */
function rawWords(text: string): Span[] {
  const { fold, classes } = foldTable();
  const spans: Span[] = [];
  let from = -1;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 0x20;
    const folded = fold[unit]!;
    const isWord =
      unit === 0x2a ||
      folded === FOLD.delete ||
      folded >= FOLD.compose ||
      classes[folded] !== CLASS.separator;
    if (isWord && from < 0) from = i;
    if (!isWord && from >= 0) {
      spans.push({ from, to: i });
      from = -1;
    }
  }
  return spans;
}

/** Folding may split one raw word into several, or leave none. */
function readWord(text: string, span: Span): TermWord[] {
  const raw = text.slice(span.from, span.to);
  const parts = /^(\*?)([^*]*)(?:(\*)(\d*))?$/u.exec(raw);
  if (parts === null) {
    const message = 'a wildcard is only allowed at the start or the end of a word';
    throw new RuleError('E_SYNTAX', span, message, 'write word*, word*3 or *word');
  }
  const [, left = '', body = '', star, digits = ''] = parts;
  const literals = foldText(body)
    .split(/[ \n]/)
    .filter((literal) => literal !== '');
  if (literals.length === 0) {
    if (left === '' && star === undefined) return [];
    throw new RuleError('E_WILD_SHORT', span, 'a wildcard must be next to letters', 'write word* or *word');
  }
  const suffix = star === undefined ? 0 : suffixOf(digits, span);
  const last = literals.length - 1;
  const words = literals.map((literal, at) => ({
    literal,
    leftFree: at === 0 && left !== '',
    suffix: at === last ? suffix : 0,
  }));
  return words;
}

/** Letters allowed by `*` and its digits. @throws RuleError for more than WILDCARD_UNITS_MAX */
function suffixOf(digits: string, span: Span): number {
  if (digits === '') return UNLIMITED;
  const suffix = Number(digits);
  if (suffix <= WILDCARD_UNITS_MAX) return suffix;
  const message = `a wildcard can stand for at most ${WILDCARD_UNITS_MAX} letters`;
  throw new RuleError('E_LIMIT', span, message, 'write word* for any number of letters');
}

/** Refuses words that would match far too much. */
function checkWildcard(word: TermWord, span: Span): void {
  if (word.suffix === 0 && !word.leftFree) return;
  const lastClass = classOf(word.literal);
  const dense = lastClass === CLASS.hangul || lastClass === CLASS.han || lastClass === CLASS.thai;
  const min = dense ? LITERALS_MIN_DENSE : LITERALS_MIN;
  if (word.literal.length >= min) return;
  const message = `a word with a wildcard needs at least ${min} letters, '${word.literal}' has ${word.literal.length}`;
  throw new RuleError('E_WILD_SHORT', span, message, 'write whole words instead');
}

/** Script class of the last unit. */
function classOf(literal: string): number {
  return foldTable().classes[literal.charCodeAt(literal.length - 1)]!;
}

/** Whether a distance in tokens is allowed: 0 to NEAR_TOKENS_MAX. */
export function isDistance(tokens: number): boolean {
  return tokens >= 0 && tokens <= NEAR_TOKENS_MAX;
}
