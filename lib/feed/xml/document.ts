/** Finds the structure of an XML feed: root, entries and the stretches between them. Reads no fields. */
import { FEED_ENTRIES_MAX, ROOT_TAGS_MAX } from '../../model/limits.ts';
import type { XmlDocument } from './scan.ts';
import { isNameStart, isNameUnit, isSpace, Pointer, UNIT } from './text.ts';

/** The root element. */
export interface Root {
  /** Name as written: `rdf:RDF`. */
  readonly raw: string;
  /** Name in lower case, without prefix. */
  readonly local: string;
  readonly prefix: string;
  /** Offset of its `<`. */
  readonly at: number;
}

/** Local names of the root elements of feeds. */
const FEED_ROOTS = new Set(['rss', 'rdf', 'feed', 'channel', 'urlset']);
/** Roots that are recognised only to report what the document is. */
const OTHER_ROOTS = new Set(['html', 'opml', 'sitemapindex', 'entry']);
/** Roots that count even after the start of an HTML page, because a warning printed by a server looks like one. */
const BEHIND_HTML = new Set(['rss', 'rdf', 'feed']);

/** @returns the first root of a feed, else the first of another known kind, else null. Text before it is skipped. */
export function findRoot(text: string): Root | null {
  const ends: PrologEnds = {
    comment: new Pointer(text, '-->'),
    cdata: new Pointer(text, ']]>'),
    tag: new Pointer(text, '>'),
    subset: new Pointer(text, ']'),
    hadSubset: false,
  };
  let other: Root | null = null;
  let at = 0;
  for (let tags = 0; tags < ROOT_TAGS_MAX; tags++) {
    const open = text.indexOf('<', at);
    if (open === -1) break;
    if (!isNameStart(text.charCodeAt(open + 1))) {
      at = behindProlog(text, open, ends);
      continue;
    }
    const root = rootAt(text, open);
    at = open + root.raw.length;
    if (FEED_ROOTS.has(root.local) && (other?.local !== 'html' || BEHIND_HTML.has(root.local))) return root;
    if (OTHER_ROOTS.has(root.local)) other ??= root;
    if (other !== null && other.local !== 'html') return other;
  }
  return other;
}

/** Reads the name of the tag at `open`. */
function rootAt(text: string, open: number): Root {
  let to = open + 2;
  while (isNameUnit(text.charCodeAt(to)) && to - open < 100) to += 1;
  const raw = text.slice(open + 1, to);
  const colon = raw.indexOf(':');
  return {
    raw,
    local: raw.slice(colon + 1).toLowerCase(),
    prefix: raw.slice(0, Math.max(colon, 0)).toLowerCase(),
    at: open,
  };
}

/** Pointers remember that no end follows, so that many unclosed starts stay linear. */
interface PrologEnds {
  readonly comment: Pointer;
  readonly cdata: Pointer;
  readonly tag: Pointer;
  readonly subset: Pointer;
  /** A document has one DOCTYPE: the subset of a second one is not searched for. */
  hadSubset: boolean;
}

/** Offset after a comment, a processing instruction, or a DOCTYPE, whose internal subset is never read. */
function behindProlog(text: string, open: number, ends: PrologEnds): number {
  if (text.startsWith('<!--', open)) return behind(ends.comment, open + 4, 3);
  if (text.startsWith('<![CDATA[', open)) return behind(ends.cdata, open + 9, 3);
  if (text.charCodeAt(open + 1) === 0x3f) return behind(ends.tag, open + 2, 1);
  if (!/^<!doctype/i.test(text.slice(open, open + 9))) return open + 1;
  const close = ends.tag.from(open);
  const subset = text.slice(open, Math.min(close, open + DOCTYPE_UNITS_MAX)).includes('[');
  return subset && !ends.hadSubset ? behindSubset(text, open, ends) : behind(ends.tag, open + 1, 1);
}

/** Units of a DOCTYPE before its internal subset. */
const DOCTYPE_UNITS_MAX = 1_000;

/** A subset ends at a `]` followed, after white space, by a `>`. */
function behindSubset(text: string, open: number, ends: PrologEnds): number {
  ends.hadSubset = true;
  for (let at = ends.subset.from(open); at !== Number.POSITIVE_INFINITY; at = ends.subset.from(at + 1)) {
    let next = at + 1;
    while (isSpace(text.charCodeAt(next))) next += 1;
    if (text.charCodeAt(next) === UNIT.greater) return next + 1;
  }
  return behind(ends.tag, open + 1, 1);
}

/** Offset after the next end; `from` without one. */
function behind(end: Pointer, from: number, units: number): number {
  const at = end.from(from);
  return at === Number.POSITIVE_INFINITY ? from : at + units;
}

/** A range [from, to) of UTF-16 units. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Ranges of a document. Together, `entries` and `rest` cover it from the root to its end, or to the first entry that is not
 * read.
 */
export interface Layout {
  /** Entries in document order, start tags included. */
  readonly entries: readonly Stretch[];
  /** The ranges before, between and after them. */
  readonly rest: readonly Stretch[];
  /** The document has more entries than are read. */
  readonly capped: boolean;
  /** Name of the entries' element as written; null if such tags also occur in CDATA or comments. */
  readonly tag: string | null;
}

/**
 * Splits a document into entries in one pass. An entry without end tag ends where the next one begins. Tags within CDATA
 * and comments do not count.
 */
export function layOut(document: XmlDocument, from: number, entryName: string): Layout {
  const { text } = document;
  const entries: Stretch[] = [];
  const rest: Stretch[] = [];
  const raw = firstEntryName(document, from, entryName);
  if (raw === null) return { entries, rest: [{ from, to: text.length }], capped: false, tag: null };
  const marks = new Marks(document, raw);
  let at = from;
  for (;;) {
    const open = marks.open(at);
    rest.push({ from: at, to: Math.min(open, text.length) });
    const capped = entries.length === FEED_ENTRIES_MAX;
    if (open === Number.POSITIVE_INFINITY || capped) {
      return {
        entries,
        rest,
        capped: capped && open !== Number.POSITIVE_INFINITY,
        tag: marks.hidden ? null : raw,
      };
    }
    at = Math.min(marks.end(open), text.length);
    entries.push({ from: open, to: at });
  }
}

/** Name as the document writes it: `item`, `rss:item`, `ENTRY`. */
function firstEntryName(document: XmlDocument, from: number, entryName: string): string | null {
  const tag = new RegExp(`<((?:[\\w.-]+:)?${entryName})[\\s/>]`, 'gi');
  tag.lastIndex = from;
  for (let match = tag.exec(document.text); match !== null; match = tag.exec(document.text)) {
    const [, raw = ''] = match;
    if (document.names.resolve(raw).name === entryName) return raw;
  }
  return null;
}

/** Finds the tags of entries. All searches move forward only. */
class Marks {
  /** Some tags may be within CDATA or comments. */
  hidden = false;
  readonly #text: string;
  readonly #units: number;
  readonly #close: string;
  readonly #openAt: Pointer;
  readonly #closeAt: Pointer;
  readonly #cdata: Pointer;
  readonly #cdataEnd: Pointer;
  readonly #comment: Pointer;
  readonly #commentEnd: Pointer;

  constructor({ text }: XmlDocument, raw: string) {
    this.#text = text;
    this.#units = raw.length;
    this.#close = `</${raw}`;
    this.#openAt = new Pointer(text, `<${raw}`);
    this.#closeAt = new Pointer(text, this.#close);
    this.#cdata = new Pointer(text, '<![CDATA[');
    this.#cdataEnd = new Pointer(text, ']]>');
    this.#comment = new Pointer(text, '<!--');
    this.#commentEnd = new Pointer(text, '-->');
  }

  /** Offset of the next start tag of an entry; Infinity: none. */
  open(from: number): number {
    return this.#skippingMarkup(from, (at) => this.#tag(this.#openAt, at, 1));
  }

  /** Offset after the entry that begins at `open`. */
  end(open: number): number {
    const inside = open + 1 + this.#units;
    const tagEnd = this.#text.indexOf('>', inside);
    if (tagEnd !== -1 && this.#text.charCodeAt(tagEnd - 1) === UNIT.slash) return tagEnd + 1;
    const quick = this.#quickEnd(inside);
    if (quick !== -1) return quick;
    const end = this.#skippingMarkup(inside, (at) =>
      Math.min(this.#tag(this.#closeAt, at, 2), this.#tag(this.#openAt, at, 1)),
    );
    if (end === Number.POSITIVE_INFINITY || this.#text.charCodeAt(end + 1) !== UNIT.slash) return end;
    const close = this.#text.indexOf('>', end);
    return close === -1 ? this.#text.length : close + 1;
  }

  /**
   * Offset after an end tag that directly precedes the next start tag, except for white space: one search finds both. -1: not
   * the case, or the start tag is within CDATA or a comment.
   */
  #quickEnd(inside: number): number {
    const text = this.#text;
    const next = this.#tag(this.#openAt, inside, 1);
    if (next === Number.POSITIVE_INFINITY) return -1;
    let end = next - 1;
    while (isSpace(text.charCodeAt(end))) end -= 1;
    const tight =
      text.charCodeAt(end) === UNIT.greater && text.startsWith(this.#close, end - this.#close.length);
    return tight && this.#isOutside(next) ? end + 1 : -1;
  }

  /** Offset of the first tag at or after `from` outside CDATA sections and comments. */
  #skippingMarkup(from: number, mark: (at: number) => number): number {
    const first = mark(from);
    // Within a section, its end comes before the start of another one: only then all sections are skipped one by one.
    return this.#isOutside(first) ? first : this.#walk(from, mark);
  }

  #isOutside(at: number): boolean {
    if (this.#cdata.from(at) > this.#cdataEnd.from(at)) return false;
    return this.#comment.from(at) <= this.#commentEnd.from(at);
  }

  #walk(from: number, mark: (at: number) => number): number {
    this.hidden = true;
    for (let at = from; ; ) {
      const stop = mark(at);
      const cdata = this.#cdata.from(at);
      const comment = this.#comment.from(at);
      if (stop < cdata && stop < comment) return stop;
      if (cdata === comment) return stop;
      at = cdata < comment ? this.#behindCdata(cdata) : this.#behindComment(comment);
    }
  }

  /** A section in which another one begins was never closed and hides nothing. */
  #behindCdata(at: number): number {
    const end = this.#cdataEnd.from(at + 9);
    if (end === Number.POSITIVE_INFINITY) return at + 9;
    // Checked only if the section would hide a tag.
    const hides = Math.min(this.#closeAt.from(at), this.#openAt.from(at)) < end;
    return hides && this.#cdata.from(at + 9) < end ? at + 9 : end + 3;
  }

  #behindComment(at: number): number {
    const end = this.#commentEnd.from(at + 4);
    return end === Number.POSITIVE_INFINITY ? at + 4 : end + 3;
  }

  /** Offset of the next tag with exactly this name: `<item`, not `<items`. */
  #tag(pointer: Pointer, from: number, before: number): number {
    for (let at = pointer.from(from); ; at = pointer.from(at + 1)) {
      const unit = this.#text.charCodeAt(at + before + this.#units);
      if (at === Number.POSITIVE_INFINITY || Number.isNaN(unit)) return at;
      if (isSpace(unit) || unit === UNIT.greater || unit === UNIT.slash || unit === UNIT.less) return at;
    }
  }
}
