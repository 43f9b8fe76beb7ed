/**
 * Folds text so that spellings of the same word are equal in every script: case, width, accents, harakat, NFD.
 * Keeps where each folded unit came from, its class, its token and its sentence. Patterns go through the same code.
 */
import { CLASS, FOLD, foldTable } from './fold-table.ts';

/** Characters that make one token in scripts without spaces. */
const HAN_TOKEN_UNITS = 2;
const THAI_TOKEN_UNITS = 4;
const FULL_STOPS = [0x2e, 0xff0e, 0xfe52];
const START_UNITS = 4_096;

/**
 * Folded fields of one entry, one behind the other. `units[0]` is a separator, and one follows each field.
 * Reused from entry to entry: only indices below `length` mean anything.
 */
export class Folded {
  units = new Uint16Array(START_UNITS);
  classes = new Uint8Array(START_UNITS);
  /** Source offset in the unit's own field. */
  from = new Int32Array(START_UNITS);
  /** Source offset behind the unit, its deleted accents included. */
  to = new Int32Array(START_UNITS);
  /** Ordinal of the token that holds the unit; a separator has the one before it. */
  tokens = new Int32Array(START_UNITS);
  sentences = new Int32Array(START_UNITS);
  length = 0;
  #token = 0;
  #sentence = 0;
  /** Separator to write before the next letter; 0: none. */
  #pending = 0;
  #lastClass: number = CLASS.separator;
  /** Units of the current token. */
  #runUnits = 0;
  /** Where the current field begins. */
  #first = 0;

  clear(): void {
    this.length = 0;
    this.#token = 0;
    this.#sentence = 0;
    this.#close();
  }

  /**
   * Appends a field, closed by a sentence end.
   * @param tokenGap how many tokens lie between this field and the one before
   * @returns index of its first unit
   */
  append(text: string, tokenGap: number): number {
    this.#reserve(this.length + text.length * 2 + 64);
    this.#token += tokenGap;
    const first = this.length;
    this.#fold(text);
    this.#close();
    return first;
  }

  /** The folded text of indices `from` to `to`. */
  slice(from: number, to: number): string {
    return String.fromCharCode(...this.units.subarray(from, to));
  }

  #fold(text: string): void {
    const { fold, classes } = foldTable();
    this.#pending = 0;
    this.#lastClass = CLASS.separator;
    this.#runUnits = 0;
    this.#first = this.length;
    for (let i = 0; i < text.length; i++) {
      const folded = fold[text.charCodeAt(i)]!;
      if (folded === FOLD.space || folded === FOLD.sentenceEnd) this.#separates(text, i, folded);
      else if (folded === FOLD.delete) this.#drop(i);
      else if (folded < FOLD.compose) {
        if (this.#pending !== 0) this.#separate(i);
        this.#letter(folded, classes[folded]!, i, i + 1);
      } else i += this.#special(text, i) - 1;
    }
  }

  /** Notes a separator; it is written when the next letter comes. */
  #separates(text: string, at: number, folded: number): void {
    if (folded === FOLD.sentenceEnd || this.#endsSentence(text, at)) this.#pending = FOLD.sentenceEnd;
    else if (this.#pending === 0) this.#pending = FOLD.space;
  }

  /** An accent belongs to the letter before it. */
  #drop(at: number): void {
    if (this.#pending === 0 && this.length > this.#first) this.to[this.length - 1] = at + 1;
  }

  #letter(unit: number, unitClass: number, from: number, to: number): void {
    if (unitClass !== this.#lastClass) {
      this.#lastClass = unitClass;
      this.#token++;
      this.#runUnits = 0;
    } else if (
      (unitClass === CLASS.han && this.#runUnits === HAN_TOKEN_UNITS) ||
      (unitClass === CLASS.thai && this.#runUnits === THAI_TOKEN_UNITS)
    ) {
      this.#token++;
      this.#runUnits = 0;
    }
    this.#runUnits++;
    const at = this.length++;
    this.units[at] = unit;
    this.classes[at] = unitClass;
    this.from[at] = from;
    this.to[at] = to;
    this.tokens[at] = this.#token;
    this.sentences[at] = this.#sentence;
  }

  /** A full stop ends a sentence, but not inside a word or number, nor after an initial (U.S. troops, J. Doe). */
  #endsSentence(text: string, at: number): boolean {
    if (!FULL_STOPS.includes(text.charCodeAt(at))) return false;
    const { fold, classes } = foldTable();
    const next = at + 1 < text.length ? fold[text.charCodeAt(at + 1)]! : FOLD.space;
    if (next !== FOLD.space && next !== FOLD.sentenceEnd && classes[next] !== CLASS.separator) return false;
    const last = this.length - 1;
    return !(this.#runUnits === 1 && this.classes[last] === CLASS.spaced && this.to[last] === at);
  }

  /** Writes the pending separator before a letter that stands at `source`; none at the start of a field. */
  #separate(source: number): void {
    const separator = this.#pending;
    this.#pending = 0;
    if (this.length === this.#first) return;
    const at = this.length++;
    this.#lastClass = CLASS.separator;
    this.units[at] = separator;
    this.classes[at] = CLASS.separator;
    this.from[at] = this.to[at - 1]!;
    this.to[at] = source;
    this.tokens[at] = this.#token;
    this.sentences[at] = this.#sentence;
    if (separator === FOLD.sentenceEnd) this.#sentence++;
  }

  /** Closes a field with a sentence end, so that nothing spans two of them. */
  #close(): void {
    const at = this.length++;
    this.units[at] = FOLD.sentenceEnd;
    this.classes[at] = CLASS.separator;
    this.from[at] = at > 0 ? this.to[at - 1]! : 0;
    this.to[at] = this.from[at]!;
    this.tokens[at] = this.#token;
    this.sentences[at] = this.#sentence++;
  }

  /** Units that need more than a table look-up. @returns how many source units were read */
  #special(text: string, at: number): number {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdfff) return this.#surrogates(text, at);
    const expansion = foldTable().expansions.get(unit);
    if (expansion !== undefined) this.#push(expansion, at, at + 1);
    else if (!this.#join(unit, at)) this.#alone(unit, at);
    return 1;
  }

  /** Makes one letter of the last one and a mark (NFD text). @returns false if there is none to join */
  #join(unit: number, at: number): boolean {
    if (this.#pending !== 0 || this.length === this.#first) return false;
    const { fold, classes } = foldTable();
    const last = this.length - 1;
    const whole = (String.fromCharCode(this.units[last]!) + String.fromCharCode(markOf(unit))).normalize(
      'NFC',
    );
    if (whole.length !== 1) return false;
    const folded = fold[whole.charCodeAt(0)]!;
    if (folded < FOLD.compose && folded > FOLD.space) {
      this.units[last] = folded;
      this.classes[last] = classes[folded]!;
    }
    this.to[last] = at + 1;
    return true;
  }

  /** Vowel signs and jamo that join nothing stay letters; accents, hamza and dakuten go. */
  #alone(unit: number, at: number): void {
    const mark = markOf(unit);
    const isAccent = (mark >= 0x300 && mark <= 0x36f) || (mark >= 0x653 && mark <= 0x655);
    if (isAccent || mark === 0x3099 || mark === 0x309a) this.#drop(at);
    else this.#push(String.fromCharCode(unit), at, at + 1);
  }

  /** Mathematical letters fold to plain ones, Han beyond the BMP and other scripts stay; emoji separate. */
  #surrogates(text: string, at: number): number {
    const point = text.codePointAt(at) ?? 0;
    const char = String.fromCodePoint(point);
    const plain = point > 0xffff ? lettersOf(char) : '';
    if (plain !== '') this.#push(plain, at, at + 2);
    else this.#pending ||= FOLD.space;
    return point > 0xffff ? 2 : 1;
  }

  /** Writes units that all come from one place. */
  #push(text: string, from: number, to: number): void {
    const { fold, classes } = foldTable();
    // Capacity for one text of ligatures only is not kept: what does not fit is left out.
    if (this.length + text.length + 2 >= this.units.length) return;
    if (this.#pending !== 0) this.#separate(from);
    for (let k = 0; k < text.length; k++) {
      const raw = text.charCodeAt(k);
      const value = fold[raw]!;
      if (value === FOLD.delete || value === FOLD.space || value === FOLD.sentenceEnd) continue;
      const unit = value < FOLD.compose ? value : raw;
      this.#letter(unit, classes[unit]!, from, to);
    }
  }

  #reserve(units: number): void {
    if (units <= this.units.length) return;
    const size = Math.max(units, this.units.length * 2);
    this.units = grown(this.units, new Uint16Array(size));
    this.classes = grown(this.classes, new Uint8Array(size));
    this.from = grown(this.from, new Int32Array(size));
    this.to = grown(this.to, new Int32Array(size));
    this.tokens = grown(this.tokens, new Int32Array(size));
    this.sentences = grown(this.sentences, new Int32Array(size));
  }
}

/** Letters a character beyond the BMP stands for (𝐍 is n), or itself in lower case; '' for an emoji. */
function lettersOf(char: string): string {
  if (!/[\p{L}\p{N}\p{M}]/u.test(char)) return '';
  const { expansions } = foldTable();
  const plain = char.normalize('NFKC').toLowerCase();
  const spelled = [...plain].map((one) => expansions.get(one.codePointAt(0) ?? 0) ?? one).join('');
  return spelled.replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}

/** Half-width voice marks are the full-width ones. */
function markOf(unit: number): number {
  return unit === 0xff9e ? 0x3099 : unit === 0xff9f ? 0x309a : unit;
}

function grown<T extends Uint16Array | Uint8Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

const scratch = new Folded();

/** The folded text alone: words of the same spelling are equal strings, separators are one space or a newline. */
export function foldText(text: string): string {
  scratch.clear();
  const first = scratch.append(text, 0);
  const parts: string[] = [];
  const end = scratch.length - 1;
  for (let at = first; at < end; at += 4_096) parts.push(scratch.slice(at, Math.min(end, at + 4_096)));
  return parts.join('');
}
