/**
 * Finds words of which one is in every text that a pattern (RE2 syntax) can match: the pattern is tried only where one
 * of them stands. Cautious: what it does not understand has no such word. Validity is decided by the engine.
 */
import { RuleError } from './error.ts';
import { readTerm } from './term.ts';

/** Brackets followed; deeper ones give no word. */
const DEPTH_MAX = 16;
/** More alternatives than this are no gate. */
const WORDS_MAX = 32;
/**
 * Letters that fold by themselves, whatever follows: not the pieces that a mark behind them joins (jamo, half-width
 * kana, marks).
 */
const LETTER = /^[\p{L}\p{N}]$/u;
const JOINED = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff61-\uff9f]/u;
const QUANTIFIER = /(?:([*?+])|\{(\d+)(?:,\d*)?\})[?+]?/uy;
const GROUP_HEAD = /\?(?:P?<[A-Za-z0-9_]+>|[a-zA-Z-]*:)/uy;
const FLAGS = /\?[a-zA-Z-]+\)/uy;
const CLASS = /\[\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]/uy;
const ESCAPE = /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|[0-7]{1,3}|.)/uy;

/** @returns literals as written, each long enough to be looked for; null: there are none */
export function requiredWords(pattern: string): readonly string[] | null {
  // Quoted stretches change how all that follows is read.
  if (pattern.includes('\\Q')) return null;
  const reader = new Reader(pattern);
  const words = reader.alternatives(0);
  return reader.isUnderstood && words?.every(isLongEnough) ? words : null;
}

/** What `*word*` takes as a term is specific enough. */
function isLongEnough(word: string): boolean {
  try {
    return readTerm(`*${word}*`).length === 1;
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

type Words = readonly string[] | null;

class Reader {
  readonly #pattern: string;
  #at = 0;
  #isTooDeep = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Whether everything was read: an unmatched bracket stops it, too many end it. */
  get isUnderstood(): boolean {
    return this.#isAtEnd && !this.#isTooDeep;
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  /** One of the words of each branch has to be there; a branch without any makes the whole without. */
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

  /** The longest of the pieces that all have to be there. */
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

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (found !== null) this.#at = expression.lastIndex;
    return found;
  }

  /** @returns how often at least what stands before is repeated; null: there is no quantifier */
  #least(): number | null {
    const found = this.#take(QUANTIFIER);
    if (found === null) return null;
    return found[2] === undefined ? (found[1] === '+' ? 1 : 0) : Number(found[2]);
  }

  #skip(): void {
    const char = this.#pattern[this.#at];
    const wide = char === '[' ? this.#take(CLASS) : char === '\\' ? this.#take(ESCAPE) : null;
    if (wide === null) this.#at++;
  }

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

function longer(a: Words, b: Words): Words {
  if (a === null || b === null) return a ?? b;
  const shortest = (words: readonly string[]) => Math.min(...words.map((word) => word.length));
  return shortest(b) > shortest(a) ? b : a;
}
