/** Characters of XML, conversion of content to text and to markup, and searches that stay linear. */
import { FIELD_UNITS_MAX } from '../../model/limits.ts';
import { decodeXml } from '../../text/entities.ts';
import { escapeHtml } from '../../text/html-text.ts';

/** UTF-16 units of XML's punctuation. */
export const UNIT = {
  bang: 0x21,
  quote: 0x22,
  apostrophe: 0x27,
  slash: 0x2f,
  colon: 0x3a,
  less: 0x3c,
  equals: 0x3d,
  greater: 0x3e,
} as const;

/** White space in ASCII. */
export const isSpace = (unit: number) => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
/** A letter, `_`, or any unit beyond ASCII: wider than NameStartChar of XML 1.0 §2.3. */
export const isNameStart = (unit: number) =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || unit > 0x7f;
/** Wider than NameChar of XML 1.0 §2.3. False at the end of the text (NaN). */
export const isNameUnit = (unit: number) =>
  isNameStart(unit) || (unit >= 0x30 && unit <= 0x3a) || unit === 0x2d || unit === 0x2e;

/**
 * Finds the next occurrence of a string. Asked with increasing offsets, it reads the text only once. For `<!…` and long
 * strings it searches what follows the `<`, because engines find rare first units and short strings much faster.
 */
export class Pointer {
  readonly #text: string;
  readonly #needle: string;
  /** Number of units before `needle`. */
  readonly #before: number;
  /** No occurrence from `asked` to before `found`. */
  #found = -1;
  #asked = 0;

  constructor(text: string, mark: string) {
    this.#text = text;
    this.#before = mark.startsWith('<!') || (mark.length > 6 && mark.startsWith('<')) ? 1 : 0;
    this.#needle = mark.slice(this.#before);
  }

  /** @returns offset of the first occurrence at or after `at`; Infinity: none */
  from(at: number): number {
    if (at >= this.#asked && at <= this.#found) return this.#found;
    if (at < this.#asked) return this.#stepBack(at);
    this.#found = this.#search(at);
    this.#asked = at;
    return this.#found;
  }

  #search(at: number): number {
    const text = this.#text;
    const needle = this.#needle;
    const before = this.#before;
    for (let i = text.indexOf(needle, at + before); i !== -1; i = text.indexOf(needle, i + 1)) {
      if (before === 0 || text.charCodeAt(i - 1) === UNIT.less) return i - before;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Reads only the text before the last offset asked for. */
  #stepBack(at: number): number {
    const text = this.#text;
    const needle = this.#needle;
    const before = this.#before;
    const within = text.slice(at, this.#asked + needle.length);
    const found = within.indexOf(before === 0 ? needle : `<${needle}`);
    if (found !== -1) return at + found;
    this.#asked = at;
    return this.#found;
  }
}

/** Start of a CDATA section (XML 1.0 §2.7). */
export const CDATA = '<![CDATA[';
/** Units of raw content that are read: escaped text becomes shorter when decoded. */
const RAW_UNITS_MAX = FIELD_UNITS_MAX * 4;

/**
 * @returns the text between `from` and `to`, with decoded references and unwrapped CDATA; tags stay, comments are removed.
 *   Trimmed and cut to FIELD_UNITS_MAX
 */
export function xmlText(text: string, from: number, to: number): string {
  const raw = trimmed(text, from, to);
  if (!raw.includes('<!')) return cut(decodeXml(raw));
  if (raw.startsWith(CDATA)) {
    const end = raw.indexOf(']]>');
    if (end === -1 || end === raw.length - 3) return cut(raw.slice(9, end === -1 ? raw.length : end).trim());
  }
  return cut(pieces(raw, decodeXml, (cdata) => cdata).trim());
}

/** Like xmlText for a stretch without `<!`: with references (`encoded`), or the inside of a CDATA section. */
export function fieldText(text: string, from: number, to: number, encoded: boolean): string {
  const raw = trimmed(text, from, to);
  return cut(encoded ? decodeXml(raw) : raw);
}

/** Avoids trimming where both ends are certainly not white space. */
function trimmed(text: string, from: number, to: number): string {
  const raw = text.slice(from, Math.min(to, from + RAW_UNITS_MAX));
  return isInk(raw.charCodeAt(0)) && isInk(raw.charCodeAt(raw.length - 1)) ? raw : raw.trim();
}

/** Certainly not white space. */
const isInk = (unit: number) => unit > 0x20 && unit < 0x80;

/** @returns the markup between `from` and `to` as HTML: references stay, CDATA is escaped, comments are removed */
export function xmlMarkup(text: string, from: number, to: number): string {
  const raw = trimmed(text, from, to);
  return cut(raw.includes('<!') ? pieces(raw, (markup) => markup, escapeHtml).trim() : raw);
}

/** Whether the content has elements outside CDATA. */
export function hasElements(text: string, from: number, to: number): boolean {
  const raw = text.slice(from, Math.min(to, from + RAW_UNITS_MAX));
  if (!raw.includes('<')) return false;
  return /<[A-Za-z_]/.test(
    raw.includes('<!')
      ? pieces(
          raw,
          (markup) => markup,
          () => '',
        )
      : raw,
  );
}

const cut = (text: string) => (text.length > FIELD_UNITS_MAX ? text.slice(0, FIELD_UNITS_MAX) : text);

/** Applies one function to the text outside CDATA and another inside; removes comments. */
function pieces(raw: string, outside: (text: string) => string, inCdata: (text: string) => string): string {
  let out = '';
  let done = 0;
  let commentsEnd = true;
  for (let at = raw.indexOf('<!'); at !== -1; at = raw.indexOf('<!', Math.max(at + 2, done))) {
    if (raw.startsWith(CDATA, at)) {
      const end = raw.indexOf(']]>', at + 9);
      out += outside(raw.slice(done, at)) + inCdata(raw.slice(at + 9, end === -1 ? raw.length : end));
      if (end === -1) return out;
      done = end + 3;
    } else if (raw.startsWith('<!--', at)) {
      const end: number = commentsEnd ? raw.indexOf('-->', at + 4) : -1;
      commentsEnd = end !== -1;
      out += outside(raw.slice(done, at));
      // An unclosed comment loses only its start: the text after it may still be read.
      done = end === -1 ? at + 4 : end + 3;
    }
  }
  return out + outside(raw.slice(done));
}
