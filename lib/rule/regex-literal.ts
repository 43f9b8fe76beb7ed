/**
 * Finds words of which one occurs in every text that a pattern can match, so that the pattern is tried only in entries with
 * one of them. Conservative: a pattern that is not understood has no such words. Syntax: RE2 (google/re2, "Syntax"). The
 * engine itself checks validity.
 */
import { RuleError } from './error.ts';
import { readTerm } from './term.ts';

/** Nesting up to which groups are read; deeper ones yield no words. */
const DEPTH_MAX = 16;
/** With more alternatives the search would not be selective. */
const WORDS_MAX = 32;
/**
 * Letters that are folded independently of what follows. Not JOINED, which a following mark may combine with (jamo,
 * half-width kana).
 */
const LETTER = /^[\p{L}\p{N}]$/u;
const JOINED = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff61-\uff9f]/u;
/** Sticky patterns for the parts of RE2 syntax that are skipped. */
const QUANTIFIER = /(?:([*?+])|\{(\d+)(?:,\d*)?\})[?+]?/uy;
const GROUP_HEAD = /\?(?:P?<[A-Za-z0-9_]+>|[a-zA-Z-]*:)/uy;
const FLAGS = /\?[a-zA-Z-]+\)/uy;
const CLASS = /\[\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]/uy;
const ESCAPE = /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|[0-7]{1,3}|.)/uy;

/** @returns literals as written, each long enough to be searched; null: the pattern has none */
export function requiredWords(pattern: string): readonly string[] | null {
  // \Q…\E changes the meaning of all characters in it.
  if (pattern.includes('\\Q')) return null;
  const reader = new Reader(pattern);
  const words = reader.alternatives(0);
  return reader.isUnderstood && words?.every(isLongEnough) ? words : null;
}

/** Whether `*word*` is specific enough to be a term. */
function isLongEnough(word: string): boolean {
  try {
    return readTerm(`*${word}*`).length === 1;
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

/** Words of which one must occur; null: none known. */
type Words = readonly string[] | null;

/**
 * Reads a pattern once from left to right.
 *
 * A branch requires all of its parts, so its longest literal is chosen. Alternatives require one of their branches, so all of
 * their words are needed. A part that is optional (`?`, `*`, `{0,…}`) requires nothing.
 */
class Reader {
  readonly #pattern: string;
  #at = 0;
  #isTooDeep = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Whether the whole pattern was read: an unmatched bracket stops reading, too deep nesting ends it. */
  get isUnderstood(): boolean {
    return this.#isAtEnd && !this.#isTooDeep;
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  /** Words of all branches; null if one branch has none. */
  alternatives(depth: number): Words {
    const all = new Set<string>();
    let complete = true;
    while (true) {
      const words = this.#branch(depth);
      if (words === null) complete = false;
      else for (const word of words) all.add(word);
      if (this.#pattern[this.#at] !== '|') break;
      this.#at++;
    }
    return complete && all.size <= WORDS_MAX ? [...all] : null;
  }

  /** The longest of the words that must all occur. */
  #branch(depth: number): Words {
    let best: Words = null;
    let run = '';
    const flush = () => {
      if (run !== '') best = longer(best, [run]);
      run = '';
    };
    while (!this.#isAtEnd && !'|)'.includes(this.#pattern[this.#at]!)) {
      const char = this.#pattern[this.#at]!;
      if (char === '(') {
        flush();
        best = longer(best, this.#group(depth));
      } else if (!LETTER.test(char) || JOINED.test(char)) {
        flush();
        this.#skip();
        this.#least();
      } else {
        this.#at++;
        const least = this.#least();
        if (least !== 0) run += char;
        if (least !== null) flush();
      }
    }
    flush();
    return best;
  }

  /** Consumes a match of a sticky pattern; null: no match here. */
  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (found !== null) this.#at = expression.lastIndex;
    return found;
  }

  /** @returns the minimum number of repetitions of the preceding item; null: no quantifier follows */
  #least(): number | null {
    const found = this.#take(QUANTIFIER);
    if (found === null) return null;
    return found[2] === undefined ? (found[1] === '+' ? 1 : 0) : Number(found[2]);
  }

  /** Skips one character, class or escape. */
  #skip(): void {
    const char = this.#pattern[this.#at];
    const wide = char === '[' ? this.#take(CLASS) : char === '\\' ? this.#take(ESCAPE) : null;
    if (wide === null) this.#at++;
  }

  /** Words of a group; none if it is optional or only sets flags. */
  #group(depth: number): Words {
    this.#at++;
    if (this.#take(FLAGS) !== null) return null;
    this.#take(GROUP_HEAD);
    if (depth >= DEPTH_MAX) {
      this.#at = this.#pattern.length;
      this.#isTooDeep = true;
      return null;
    }
    const words = this.alternatives(depth + 1);
    if (this.#pattern[this.#at] === ')') this.#at++;
    const least = this.#least();
    return least === 0 ? null : words;
  }
}

/** The more selective choice: the one whose shortest word is longer. */
function longer(a: Words, b: Words): Words {
  if (a === null || b === null) return a ?? b;
  const shortest = (words: readonly string[]) => Math.min(...words.map((word) => word.length));
  return shortest(b) > shortest(a) ? b : a;
}
