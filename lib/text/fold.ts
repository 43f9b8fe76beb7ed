/**
 * Folds text so that spellings of a word are equal in all scripts: case, width, accents, harakat, NFD (UAX #15). Records the
 * source offset, class, token and sentence of each folded unit. Patterns are folded by the same code.
 */
import { CLASS, FOLD, foldTable, STEP } from './fold-table.ts';

/** By class: characters per token in scripts without spaces. */
const TOKEN_UNITS: Readonly<Record<number, number>> = { [CLASS.han]: 2, [CLASS.thai]: 4 };
/** Initial capacity, enough for most entries. */
const START_UNITS = 4_096;

/**
 * Folded fields of one entry, one after the other. `units[0]` is a separator, and a separator follows each field. Reused:
 * only indices below `length` are valid. The loop over the text writes only what every search needs; tokens, sentences and
 * ends are computed on first use.
 */
export class Folded {
  units = new Uint16Array(START_UNITS);
  classes = new Uint8Array(START_UNITS);
  /** Offset of the source unit in its field. */
  from = new Int32Array(START_UNITS);
  length = 0;
  #to = new Int32Array(START_UNITS);
  #tokens = new Int32Array(START_UNITS);
  #sentences = new Int32Array(START_UNITS);
  /** Number of units for which the three arrays above are computed. */
  #located = 0;
  /** First unit of each field, and the gap in tokens before it. */
  readonly #fields: number[] = [];
  readonly #gaps: number[] = [];
  #fieldCount = 0;
  /** Separator to write before the next letter; 0: none. */
  #pending = 0;
  /** Source offset after the last letter and its deleted accents. */
  #behind = 0;
  /** First unit of the current field. */
  #first = 0;

  clear(): void {
    this.length = 0;
    this.#fieldCount = 0;
    this.#located = 0;
    this.#behind = 0;
    this.#close();
  }

  /**
   * Appends a field, closed by a sentence end.
   *
   * @param tokenGap number of tokens between this field and the one before
   * @returns index of its first unit
   */
  append(text: string, tokenGap: number): number {
    this.#reserve(this.length + text.length * 2 + 64);
    const first = this.length;
    this.#fields[this.#fieldCount] = first;
    this.#gaps[this.#fieldCount++] = tokenGap;
    this.#located = 0;
    this.#fold(text);
    this.#close();
    return first;
  }

  /** Source offset after each unit and its deleted accents. */
  get to(): Int32Array {
    if (this.#located < this.length) this.#locate();
    return this.#to;
  }

  /** Number of the token that contains the unit; a separator has the number of the token before it. */
  get tokens(): Int32Array {
    if (this.#located < this.length) this.#locate();
    return this.#tokens;
  }

  /** Number of the sentence that contains the unit. */
  get sentences(): Int32Array {
    if (this.#located < this.length) this.#locate();
    return this.#sentences;
  }

  /** The last letter of a field (units `low` to `high`) that begins at or before a source offset. */
  unitAt(offset: number, low: number, high: number): number {
    const { from } = this;
    let first = low;
    let last = Math.max(low, high - 2);
    while (first < last) {
      const middle = (first + last + 1) >> 1;
      if (from[middle]! <= offset) first = middle;
      else last = middle - 1;
    }
    return first;
  }

  /** The folded text from index `from` to `to`. */
  slice(from: number, to: number): string {
    return String.fromCharCode(...this.units.subarray(from, to));
  }

  /** The hot loop: one lookup per unit; rare cases are separate methods. */
  #fold(text: string): void {
    const { units, classes, from } = this;
    const { steps } = foldTable();
    const first = this.length;
    this.#first = first;
    let length = first;
    let pending = 0;
    let behind = 0;
    const end = text.length;
    for (let at = 0; at < end; at++) {
      const step = steps[text.charCodeAt(at)]!;
      if (step < STEP.space) {
        if (pending !== 0) {
          if (length > first) {
            units[length] = pending;
            classes[length] = CLASS.separator;
            from[length++] = behind;
          }
          pending = 0;
        }
        units[length] = step;
        classes[length] = step >>> 16;
        from[length++] = at;
        behind = at + 1;
      } else if (step === STEP.space) {
        if (pending === 0) pending = FOLD.space;
      } else if (step === STEP.sentenceEnd) pending = FOLD.sentenceEnd;
      else {
        this.length = length;
        this.#pending = pending;
        this.#behind = behind;
        at += this.#rare(step, text, at) - 1;
        length = this.length;
        pending = this.#pending;
        behind = this.#behind;
      }
    }
    this.length = length;
    this.#behind = behind;
  }

  /** @returns number of source units read */
  #rare(step: number, text: string, at: number): number {
    if (step === STEP.stop) this.#stop(text, at);
    else if (step === STEP.delete) this.#drop(at);
    else return this.#special(text, at);
    return 1;
  }

  /** A full stop separates words, and ends a sentence where it is one. */
  #stop(text: string, at: number): void {
    if (this.#endsSentence(text, at)) this.#pending = FOLD.sentenceEnd;
    else if (this.#pending === 0) this.#pending = FOLD.space;
  }

  /** A deleted accent belongs to the letter before it. */
  #drop(at: number): void {
    if (this.#pending === 0 && this.length > this.#first) this.#behind = at + 1;
  }

  /** Appends one unit. */
  #letter(unit: number, unitClass: number, from: number, to: number): void {
    const at = this.length++;
    this.units[at] = unit;
    this.classes[at] = unitClass;
    this.from[at] = from;
    this.#behind = to;
  }

  /** A full stop ends a sentence, except within a word or number, and after an initial (U.S. troops, J. Doe). */
  #endsSentence(text: string, at: number): boolean {
    const { fold, classes } = foldTable();
    const next = at + 1 < text.length ? fold[text.charCodeAt(at + 1)]! : FOLD.space;
    if (next !== FOLD.space && next !== FOLD.sentenceEnd && classes[next] !== CLASS.separator) return false;
    const last = this.length - 1;
    if (this.#pending !== 0 || last < this.#first || this.classes[last] !== CLASS.spaced) return true;
    const isInitial = last === this.#first || this.classes[last - 1] !== CLASS.spaced;
    return !isInitial;
  }

  /** Writes the pending separator before a letter; not at the start of a field. */
  #separate(): void {
    const separator = this.#pending;
    this.#pending = 0;
    if (this.length > this.#first) this.#letter(separator, CLASS.separator, this.#behind, this.#behind);
  }

  /** Closes a field with a sentence end, so that no match spans two fields. */
  #close(): void {
    this.#letter(FOLD.sentenceEnd, CLASS.separator, this.#behind, this.#behind);
    this.#pending = 0;
  }

  /** Computes ends, tokens and sentences of all units, which few entries need. */
  #locate(): void {
    const { units, classes, length } = this;
    let token = 0;
    let sentence = 0;
    let run = 0;
    let field = 0;
    let last: number = CLASS.separator;
    for (let at = 0; at < length; at++) {
      const unitClass = classes[at]!;
      if (field < this.#fieldCount && this.#fields[field] === at) token += this.#gaps[field++]!;
      if (unitClass !== last || run === (TOKEN_UNITS[unitClass] ?? 0)) {
        last = unitClass;
        if (unitClass !== CLASS.separator) token++;
        run = 0;
      }
      run++;
      this.#tokens[at] = token;
      this.#sentences[at] = sentence;
      if (unitClass === CLASS.separator && units[at] === FOLD.sentenceEnd) sentence++;
    }
    this.#locateEnds();
    this.#located = length;
  }

  /** A unit ends where the next unit with another source begins; a separator has the position of its source. */
  #locateEnds(): void {
    const { from, length } = this;
    let field = this.#fieldCount;
    let behind = from[length - 1]!;
    for (let at = length - 1; at >= 0; at--) {
      const isLast = field > 0 && at === (this.#fields[field] ?? length) - 1;
      if (isLast || at === length - 1 || from[at + 1] !== from[at]) {
        behind = isLast || at === length - 1 ? from[at]! : from[at + 1]!;
      }
      this.#to[at] = behind;
      if (field > 0 && at === this.#fields[field - 1]) field--;
    }
  }

  /** Handles units that need more than a table lookup. @returns number of source units read */
  #special(text: string, at: number): number {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdfff) return this.#surrogates(text, at);
    const expansion = foldTable().expansions.get(unit);
    if (expansion !== undefined) this.#push(expansion, at, at + 1);
    else if (!this.#join(unit, at)) this.#alone(unit, at);
    return 1;
  }

  /** Combines the last letter and a mark (NFD text) into one letter. @returns false without a letter to combine with */
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
    this.#behind = at + 1;
    return true;
  }

  /** Vowel signs and jamo that combine with nothing stay letters; accents, hamza and dakuten are dropped. */
  #alone(unit: number, at: number): void {
    const mark = markOf(unit);
    const isAccent = (mark >= 0x300 && mark <= 0x36f) || (mark >= 0x653 && mark <= 0x655);
    if (isAccent || mark === 0x3099 || mark === 0x309a) this.#drop(at);
    else this.#push(String.fromCharCode(unit), at, at + 1);
  }

  /** Mathematical letters fold to plain ones; Han and other scripts beyond the BMP stay; emoji separate. */
  #surrogates(text: string, at: number): number {
    const point = text.codePointAt(at) ?? 0;
    const char = String.fromCodePoint(point);
    const plain = point > 0xffff ? lettersOf(char) : '';
    if (plain !== '') this.#push(plain, at, at + 2);
    else this.#pending ||= FOLD.space;
    return point > 0xffff ? 2 : 1;
  }

  /** Writes several units with the same source. */
  #push(text: string, from: number, to: number): void {
    const { fold, classes } = foldTable();
    // Texts of ligatures only would need more capacity: units that do not fit are left out.
    if (this.length + text.length + 2 >= this.units.length) return;
    if (this.#pending !== 0) this.#separate();
    for (let k = 0; k < text.length; k++) {
      const raw = text.charCodeAt(k);
      const value = fold[raw]!;
      if (value === FOLD.delete || value === FOLD.space || value === FOLD.sentenceEnd) continue;
      const unit = value < FOLD.compose ? value : raw;
      this.#letter(unit, classes[unit]!, from, to);
    }
  }

  /** Grows the arrays to at least this length. */
  #reserve(units: number): void {
    if (units <= this.units.length) return;
    const size = Math.max(units, this.units.length * 2);
    this.units = grown(this.units, new Uint16Array(size));
    this.classes = grown(this.classes, new Uint8Array(size));
    this.from = grown(this.from, new Int32Array(size));
    this.#to = new Int32Array(size);
    this.#tokens = new Int32Array(size);
    this.#sentences = new Int32Array(size);
  }
}

/** The letters for a character beyond the BMP (𝐍 is n), or itself in lower case; '' for an emoji. */
function lettersOf(char: string): string {
  if (!/[\p{L}\p{N}\p{M}]/u.test(char)) return '';
  const { expansions } = foldTable();
  const plain = char.normalize('NFKC').toLowerCase();
  const spelled = [...plain].map((one) => expansions.get(one.codePointAt(0) ?? 0) ?? one).join('');
  return spelled.replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}

/** Half-width voice marks as full-width ones. */
function markOf(unit: number): number {
  return unit === 0xff9e ? 0x3099 : unit === 0xff9f ? 0x309a : unit;
}

function grown<T extends Uint16Array | Uint8Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

const scratch = new Folded();

/** Only the folded text: words with the same spelling are equal, separators are one space or a newline. */
export function foldText(text: string): string {
  scratch.clear();
  const first = scratch.append(text, 0);
  const parts: string[] = [];
  const end = scratch.length - 1;
  for (let at = first; at < end; at += 4_096) parts.push(scratch.slice(at, Math.min(end, at + 4_096)));
  return parts.join('');
}
