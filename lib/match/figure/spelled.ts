/**
 * Reads numbers written in words: ten thousand · zehntausend · двенадцать тысяч · عشرة آلاف. Contains the grammar; the
 * words are in lib/match/figure/numerals.ts.
 */
import { foldText } from '../../text/fold.ts';
import { NUMERALS, type NumeralTable } from './numerals.ts';

/** A number in words; offsets are UTF-16 units, end exclusive. */
export interface SpelledNumber {
  readonly value: number;
  /** Its last multiplier; 1 for small numbers. */
  readonly multiplied: number;
  /** Consists of a multiplier only: thousand, mille. */
  readonly isBare: boolean;
  readonly language: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a number, which is added or multiplies what precedes it. */
type Part =
  | { readonly kind: 'add'; readonly value: number }
  | { readonly kind: 'times'; readonly value: number }
  | { readonly kind: 'teen' | 'score' };

/** A table of number words, prepared for reading. */
interface Language {
  readonly id: string;
  readonly parts: ReadonlyMap<string, Part>;
  readonly and: ReadonlySet<string>;
  readonly isGlued: boolean;
  readonly longest: number;
  /** Its words with accents; null: accents do not distinguish its words. */
  readonly exact: ReadonlySet<string> | null;
}

/** A word of the text. */
interface Word {
  readonly text: string;
  /** In lower case, with accents. */
  readonly exact: string;
  readonly start: number;
  readonly end: number;
}

/** Numbers read from one text. */
const NUMBERS_MAX = 200;
/** Multipliers from here on close a section, within which hundreds and tens are added. */
const SECTION = 1_000;
/** Words with their apostrophes: п’ять. */
const WORDS = /[\p{L}\p{M}’'ʼ]+/gu;
/** Only spaces or a hyphen may separate two parts. */
const JOINT = /^[\s\u00a0-]{1,2}$/u;

let built: { readonly all: readonly Language[]; readonly first: ReadonlyMap<string, Language[]> } | null =
  null;

/** Built on first use. `first`: languages by the words with which a number can begin. */
function languages() {
  if (built !== null) return built;
  const all = Object.entries(NUMERALS).map(([id, table]) => languageOf(id, table));
  const first = new Map<string, Language[]>();
  for (const language of all) {
    for (const word of language.parts.keys()) first.set(word, [...(first.get(word) ?? []), language]);
  }
  built = { all, first };
  return built;
}

/** Parses one row of NUMERALS. */
function languageOf(id: string, { words, and = '', glued, tones }: NumeralTable): Language {
  const parts = new Map<string, Part>();
  const exact = new Set(and.split(' ').map(exactOf));
  for (const [, mark = '', digits = '', forms = ''] of words.matchAll(/([*+x~]?)([\d.]+)=(\S+)/gu)) {
    const value = Number(digits);
    for (const form of forms.split(',')) {
      const part = partOf(mark, value);
      exact.add(exactOf(form));
      const key = keyOf(form);
      if (!parts.has(key)) parts.set(key, part);
    }
  }
  const longest = Math.max(...[...parts.keys()].map((key) => key.length));
  return {
    id,
    parts,
    and: new Set(and.split(' ').filter(Boolean).map(keyOf)),
    isGlued: glued === true,
    longest,
    exact: tones === true ? exact : null,
  };
}

/** @param mark the sign before the value in NUMERALS */
function partOf(mark: string, value: number): Part {
  if (mark === '+') return { kind: 'teen' };
  if (mark === '~') return { kind: 'score' };
  const multiplies = mark !== '' || value === 100 || (value >= SECTION && isRound(value));
  return { kind: multiplies ? 'times' : 'add', value };
}

/** 1,000 and 100,000 are multipliers; 2,000 (a dual form) and 500,000 are not. */
function isRound(value: number): boolean {
  return /^10*$/u.test(String(value));
}

const exactOf = (word: string): string => word.normalize('NFC').toLowerCase();

/** Folded, without apostrophes. */
function keyOf(word: string): string {
  return foldText(word.replace(/[’'ʼ]/gu, ''));
}

/** @param lang language of the text, preferred between equal readings. @returns at most NUMBERS_MAX, in order */
export function readSpelled(text: string, lang: string | null): SpelledNumber[] {
  const words = [...text.matchAll(WORDS)].map(
    (found): Word => ({
      text: keyOf(found[0]),
      exact: exactOf(found[0]),
      start: found.index,
      end: found.index + found[0].length,
    }),
  );
  const numbers: SpelledNumber[] = [];
  for (let at = 0; at < words.length && numbers.length < NUMBERS_MAX; ) {
    const found = longestAt(words, at, text, lang);
    if (found === null) at++;
    else {
      numbers.push(found.number);
      at = found.next;
    }
  }
  return numbers;
}

/** A number and where reading continues. */
interface Found {
  readonly number: SpelledNumber;
  /** Index of the next word after the number. */
  readonly next: number;
}

/** The longest number that begins at a word, in any language. */
function longestAt(words: readonly Word[], at: number, text: string, lang: string | null): Found | null {
  let best: Found | null = null;
  const own = lang?.slice(0, 2).toLowerCase() ?? '';
  for (const language of candidates(words[at]!.text)) {
    const found = readAt(words, at, text, language);
    if (found === null) continue;
    const wins = best === null || found.next > best.next || (found.next === best.next && language.id === own);
    if (wins) best = found;
  }
  return best;
}

/** Languages in which a word can begin a number. */
function candidates(word: string): readonly Language[] {
  const { all, first } = languages();
  const whole = first.get(word) ?? [];
  if (word.length < 5) return whole;
  return [...whole, ...all.filter((language) => language.isGlued && !whole.includes(language))];
}

/** Reads a number of one language. */
function readAt(words: readonly Word[], at: number, text: string, language: Language): Found | null {
  const sum = new Sum();
  let next = at;
  let last = at;
  let joined = false;
  while (next < words.length) {
    const word = words[next]!;
    if (language.exact !== null && !language.exact.has(word.exact)) break;
    if (next > at && !JOINT.test(text.slice(words[next - 1]!.end, word.start))) break;
    if (next > at && language.and.has(word.text)) {
      joined = true;
      next++;
      continue;
    }
    const parts = partsOf(word.text, language, next > at);
    if (parts === null || !sum.takeAll(parts, joined)) break;
    joined = false;
    next++;
    last = next;
  }
  const value = sum.value;
  if (last === at || value === null) return null;
  const number = {
    value,
    multiplied: sum.multiplied,
    isBare: sum.isBare,
    language: language.id,
    start: words[at]!.start,
    end: words[last - 1]!.end,
  };
  return { number, next: last };
}

/** Parts of one word; several if the language writes them together (fünfundzwanzigtausend, وعشرون). */
function partsOf(word: string, language: Language, isInside: boolean): Part[] | null {
  const whole = language.parts.get(word);
  if (whole !== undefined) return [whole];
  for (const and of language.and) {
    // Arabic and Hebrew write "and" together with the following word.
    const rest = isInside && /^[\u0590-\u06ff]$/u.test(and) && word.startsWith(and) ? word.slice(1) : '';
    const part = language.parts.get(rest);
    if (part !== undefined) return [JOINED, part];
  }
  return language.isGlued ? split(word, language, 6) : null;
}

/** An "and" within a word. */
const JOINED: Part = { kind: 'add', value: 0 };

/** Splits a word into at most `most` parts, longest first; null: not possible. */
function split(word: string, language: Language, most: number): Part[] | null {
  if (word === '') return [];
  if (most === 0) return null;
  for (let length = Math.min(word.length, language.longest); length > 1; length--) {
    const head = word.slice(0, length);
    const part = language.parts.get(head) ?? (language.and.has(head) ? JOINED : undefined);
    if (part === undefined) continue;
    const rest = split(word.slice(length), language, most - 1);
    if (rest !== null) return [part, ...rest];
  }
  return null;
}

/**
 * Adds the parts of a number, left to right.
 *
 * `section` collects what is below a thousand: units, tens and hundreds. A multiplier from a thousand on closes the section
 * and adds its product to `total`; multipliers must decrease (two million three thousand). A part that fits nowhere ends
 * the number before it.
 */
class Sum {
  #total = 0;
  #section = 0;
  #lastTimes = Number.POSITIVE_INFINITY;
  #count = 0;
  #hasUnit = false;
  multiplied = 1;

  /** null: no part was taken. */
  get value(): number | null {
    return this.#count === 0 ? null : this.#total + this.#section;
  }

  /** Whether the number consists of a multiplier only: thousand, mille. */
  get isBare(): boolean {
    return !this.#hasUnit && this.#count === 1;
  }

  /** Takes all parts of a word or none. @param joined whether an "and" precedes */
  takeAll(parts: readonly Part[], joined: boolean): boolean {
    const before = [this.#total, this.#section, this.#lastTimes, this.#count, this.multiplied] as const;
    let and = joined;
    for (const part of parts) {
      if (part === JOINED) and = true;
      else {
        if (!this.#take(part, and)) {
          [this.#total, this.#section, this.#lastTimes, this.#count, this.multiplied] = before;
          return false;
        }
        and = false;
      }
    }
    return true;
  }

  #take(part: Part, and: boolean): boolean {
    const isTaken = this.#taken(part, and);
    if (isTaken) this.#count++;
    return isTaken;
  }

  #taken(part: Part, and: boolean): boolean {
    switch (part.kind) {
      case 'teen':
        return this.#teen();
      case 'score':
        return this.#score(and);
      case 'add':
        return this.#add(part.value, and);
      case 'times':
        return this.#times(part.value);
    }
  }

  /** Indonesian dua belas: two and ten. */
  #teen(): boolean {
    const unit = this.#section % 100;
    if (unit < 1 || unit > 9) return false;
    this.#section += 10;
    return true;
  }

  /** French quatre-vingt: four times twenty; without four it is twenty. */
  #score(and: boolean): boolean {
    if (this.#section % 100 !== 4) return this.#add(20, and);
    this.#section += 76;
    return true;
  }

  /** Adds units and tens; a unit may follow ten or more only if its place is free. */
  #add(value: number, and: boolean): boolean {
    this.#hasUnit = true;
    if (value >= SECTION) {
      if (this.#count > 0) return false;
      this.#total += value;
      this.multiplied = value % 1_000_000 === 0 ? 1_000_000 : SECTION;
      return true;
    }
    if (value < 1 || value % 1 !== 0) return this.#fraction(value, and);
    // half a million
    if (value === 1 && this.#section % 1 !== 0) return true;
    const below = this.#section % 100;
    // twenty one, hundred five; fünf und zwanzig and خمسة عشر put the unit first.
    if (this.#section % 1 !== 0 || !fits(value, below, this.#section, and)) return false;
    this.#section += value;
    return true;
  }

  /** half a million; Turkish iki buçuk (two and a half). */
  #fraction(value: number, and: boolean): boolean {
    if (this.#section >= 100 || this.#section % 1 !== 0) return false;
    if (this.#section === 1 && value === 0.5 && !and) this.#section = 0;
    this.#section += this.#section > 0 ? value % 1 : value;
    return true;
  }

  /** Multiplies the section, or closes it with a larger multiplier; multipliers must decrease. */
  #times(value: number): boolean {
    if (value < SECTION) {
      const below = this.#section === 0 ? 1 : this.#section;
      if (below >= 100 && value !== 100 && value !== 10) return false;
      if (value === 10) {
        const unit = this.#section % 100;
        if (unit > 9) return false;
        this.#hasUnit = true;
        this.#section += unit === 0 ? 10 : unit * 9;
        return true;
      }
      if (this.#section > 99) return false;
      this.#section = below * value;
      this.multiplied = Math.max(this.multiplied, value);
      return true;
    }
    if (value >= this.#lastTimes) return false;
    this.#total += (this.#section === 0 ? 1 : this.#section) * value;
    this.#section = 0;
    this.#lastTimes = value;
    this.multiplied = value;
    return true;
  }
}

/** Whether a part can be added to a section whose last two digits are `below`. */
function fits(value: number, below: number, section: number, and: boolean): boolean {
  if (value >= 100) return section === 0;
  if (below === 0) return true;
  if (value < 10) return below >= 10 && below % 10 === 0;
  // soixante dix (70), quatre-vingt dix (90)
  if (value < 20 && (below === 60 || below === 80)) return true;
  return below < 10 && (and || value === 10);
}
