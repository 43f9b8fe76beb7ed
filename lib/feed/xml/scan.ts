/**
 * Walks over the elements of a stretch of XML, also of malformed XML: end tags, quotes and declarations may be missing.
 * Linear: a failed search for an end is never repeated. Not recursive, and builds no tree.
 */
import {
  ATTRIBUTE_UNITS_MAX,
  STRETCH_TAGS_MAX,
  TAG_ATTRIBUTES_MAX,
  UNCLOSED_NAMES_MAX,
} from '../../model/limits.ts';
import { decodeXml } from '../../text/entities.ts';
import type { Names, TagName } from './names.ts';
import {
  CDATA,
  fieldText,
  hasElements,
  isNameStart,
  isNameUnit,
  isSpace,
  Pointer,
  UNIT,
  xmlText,
} from './text.ts';

/** Shared by all scans of one document. */
export class XmlDocument {
  readonly text: string;
  readonly names: Names;
  /** After this offset no tag declares a namespace. */
  readonly declarationsEnd: number;
  readonly cdataEnd: Pointer;
  readonly commentEnd: Pointer;

  constructor(text: string, names: Names, rootAt: number) {
    this.text = text;
    this.names = names;
    const rootEnd = text.indexOf('>', rootAt);
    this.declarationsEnd = text.includes('xmlns', rootEnd) ? text.length : rootEnd;
    this.cdataEnd = new Pointer(text, ']]>');
    this.commentEnd = new Pointer(text, '-->');
  }

  /** @returns offset after the CDATA section, comment, instruction or declaration at `at`, if it ends before `end` */
  behindMarkup(at: number, end: number): number {
    const behind = this.#endOfMarkup(at);
    return behind > end ? at + 2 : behind;
  }

  #endOfMarkup(at: number): number {
    if (this.text.startsWith(CDATA, at)) return this.cdataEnd.from(at + 9) + 3;
    if (this.text.startsWith('<!--', at)) return this.commentEnd.from(at + 4) + 3;
    return at + 2;
  }
}

/**
 * A cursor over the elements between two offsets. After `next()` returned true, it is at a known element.
 *
 * Known elements are read or entered, unknown ones are skipped with their content. An element without end tag ends at the
 * next known element. One cursor is reused for all entries of a document.
 */
export class Scan {
  /** Known name in lower case: `title`, `dc:creator`. */
  name = '';
  /** Range of the content, between the tags. Empty for an empty-element tag. */
  from = 0;
  to = 0;

  readonly document: XmlDocument;
  readonly #source: string;
  #end = 0;
  #at = 0;
  /** Number of start tags in this stretch. */
  #tags = 0;
  #attributesFrom = 0;
  #attributesTo = 0;
  /** -1: not read yet. */
  #attributeCount = -1;
  /** Four offsets per attribute: start and end of its name, start and end of its value. */
  readonly #attributePlaces: number[] = [];
  /** The content has no `<`. */
  #plain = true;
  /** Names that have no end tag between here and `end`. */
  readonly #unclosed = new Set<string>();

  constructor(document: XmlDocument, from: number, end: number) {
    this.document = document;
    this.#source = document.text;
    this.moveTo(from, end);
  }

  /** Restarts on another stretch of the document. */
  moveTo(from: number, end: number): void {
    this.#at = from;
    this.#end = end;
    this.#tags = 0;
    if (this.#unclosed.size > 0) this.#unclosed.clear();
  }

  /** Moves to the next known element after (or, in a container, within) the current one. @returns false at the end */
  next(): boolean {
    const text = this.#source;
    const end = this.#end;
    for (
      let open = text.indexOf('<', this.#at);
      open !== -1 && open < end;
      open = text.indexOf('<', this.#at)
    ) {
      const unit = text.charCodeAt(open + 1);
      if (isNameStart(unit)) {
        this.#tags += 1;
        if (this.#tags > STRETCH_TAGS_MAX) return false;
        if (this.#element(open)) return true;
      } else {
        this.#at = unit === UNIT.bang ? this.document.behindMarkup(open, end) : open + 2;
      }
    }
    return false;
  }

  /** @returns the content as text (see xmlText) */
  text(): string {
    const { from, to } = this;
    const source = this.#source;
    if (from === to) return '';
    if (this.#plain) return fieldText(source, from, to, true);
    if (source.startsWith(CDATA, from) && this.document.cdataEnd.from(from + 9) === to - 3) {
      return fieldText(source, from + 9, to - 3, false);
    }
    return xmlText(source, from, to);
  }

  /** Whether the content has elements outside CDATA. */
  hasElements(): boolean {
    return !this.#plain && hasElements(this.#source, this.from, this.to);
  }

  /** @param name in lower case. @returns the decoded value of an attribute of the current element; null: missing */
  attribute(name: string): string | null {
    const count = this.#countAttributes();
    const places = this.#attributePlaces;
    for (let i = 0; i < count; i += 4) {
      const from = places[i] ?? 0;
      const to = places[i + 1] ?? 0;
      if (to - from === name.length && isSameName(this.#source, from, name)) return this.#value(i);
    }
    return null;
  }

  /** Like `attribute`, by name without prefix: `about` finds `rdf:about`. */
  attributeByLocal(local: string): string | null {
    const count = this.#countAttributes();
    const places = this.#attributePlaces;
    const source = this.#source;
    for (let i = 0; i < count; i += 4) {
      const at = (places[i + 1] ?? 0) - local.length;
      const from = places[i] ?? 0;
      const whole = at === from || (at > from && source.charCodeAt(at - 1) === UNIT.colon);
      if (whole && isSameName(source, at, local)) return this.#value(i);
    }
    return null;
  }

  #value(i: number): string {
    return decodeXml(this.#source.slice(this.#attributePlaces[i + 2], this.#attributePlaces[i + 3]));
  }

  /** Reads the start tag at `open`. @returns false for an element that is not read, which is then skipped */
  #element(open: number): boolean {
    const text = this.#source;
    let tag = this.document.names.at(text, open + 1);
    const nameEnd = open + 1 + tag.raw.length;
    const tagEnd =
      text.charCodeAt(nameEnd) === UNIT.greater && nameEnd < this.#end ? nameEnd : this.#tagEnd(nameEnd);
    const selfClosed = tagEnd > nameEnd && text.charCodeAt(tagEnd - 1) === UNIT.slash;
    this.#attributesFrom = nameEnd;
    this.#attributesTo = selfClosed ? tagEnd - 1 : tagEnd;
    this.#attributeCount = this.#attributesFrom === this.#attributesTo ? 0 : -1;
    if (this.#attributeCount === -1 && nameEnd < this.document.declarationsEnd) tag = this.#declared(tag);

    this.from = Math.min(tagEnd + 1, this.#end);
    this.to = this.from;
    this.#at = this.from;
    this.#plain = true;
    if (tag.name === null) {
      if (!selfClosed) this.#skip(tag.raw);
      return false;
    }
    if (tag.treatment === 'pass') return false;
    this.name = tag.name;
    if (!selfClosed && !this.#isOpenEnded(tag)) this.#findContent(tag);
    return true;
  }

  /** Containers are entered; a link or category with attributes has no content to search for. */
  #isOpenEnded({ treatment }: TagName): boolean {
    if (treatment === 'link') return this.attribute('href') !== null;
    return treatment !== 'read';
  }

  /** Sets the range of the content; without an end tag it extends to the next known element. */
  #findContent({ raw, name }: TagName): void {
    const close = this.#closeOf(raw, name ?? raw);
    if (close !== -1) {
      this.to = close;
      this.#at = this.#behindEndTag(close, raw);
      return;
    }
    this.to = this.#nextKnown(this.from);
    this.#at = this.to;
    this.#plain = false;
  }

  #behindEndTag(close: number, raw: string): number {
    const tight = close + 2 + raw.length;
    if (this.#source.charCodeAt(tight) === UNIT.greater) return tight + 1;
    const behind = this.#source.indexOf('>', close);
    return behind === -1 ? this.#end : behind + 1;
  }

  /** Skips an unknown element with its content, if it has an end tag. */
  #skip(raw: string): void {
    if (this.#unclosed.size >= UNCLOSED_NAMES_MAX) return;
    const close = this.#closeOf(raw, raw);
    if (close !== -1) this.#at = close + 2 + raw.length;
  }

  /** Offset of `</raw`, or of another spelling of `name`; -1: none before the end. */
  #closeOf(raw: string, name: string): number {
    if (this.#unclosed.has(name)) return -1;
    const text = this.#source;
    const end = this.#end;
    for (let i = text.indexOf('<', this.from); i !== -1 && i < end; ) {
      const unit = text.charCodeAt(i + 1);
      if (unit === UNIT.slash && this.#isNamed(i + 2, raw, name)) return i;
      this.#plain = false;
      i = text.indexOf('<', unit === UNIT.bang ? this.document.behindMarkup(i, end) : i + 1);
    }
    this.#unclosed.add(name);
    return -1;
  }

  /** End tags may spell the name differently, as `</TITLE>`. */
  #isNamed(at: number, raw: string, name: string): boolean {
    const text = this.#source;
    if (text.startsWith(raw, at)) return !isNameUnit(text.charCodeAt(at + raw.length));
    let to = at;
    while (isNameUnit(text.charCodeAt(to))) to += 1;
    return to - at === raw.length && this.document.names.resolve(text.slice(at, to)).name === name;
  }

  /** Where an element without end tag must have ended: at the next start tag of a known element. */
  #nextKnown(from: number): number {
    const text = this.#source;
    const end = this.#end;
    for (let i = text.indexOf('<', from); i !== -1 && i < end; ) {
      if (isNameStart(text.charCodeAt(i + 1)) && this.document.names.at(text, i + 1).name !== null) return i;
      i = text.indexOf(
        '<',
        text.charCodeAt(i + 1) === UNIT.bang ? this.document.behindMarkup(i, end) : i + 1,
      );
    }
    return end;
  }

  /** Offset of the `>` that ends the tag; an unclosed quote, or one closed far away, is ignored. */
  #tagEnd(nameEnd: number): number {
    const text = this.#source;
    const end = this.#end;
    for (let i = nameEnd; i < end; i++) {
      const unit = text.charCodeAt(i);
      if (unit === UNIT.greater) return i;
      if (unit === UNIT.less) return i - 1;
      if (unit !== UNIT.quote && unit !== UNIT.apostrophe) continue;
      const close = text.indexOf(unit === UNIT.quote ? '"' : "'", i + 1);
      if (close !== -1 && close < end && close - i <= ATTRIBUTE_UNITS_MAX) i = close;
    }
    return end;
  }

  /** Resolves a tag's name after registering the namespaces that the tag declares. */
  #declared(tag: TagName): TagName {
    const source = this.#source;
    const places = this.#attributePlaces;
    if (!source.slice(this.#attributesFrom, this.#attributesTo).includes('xmlns')) return tag;
    const { names } = this.document;
    const count = this.#countAttributes();
    for (let i = 0; i < count; i += 4) {
      const name = source.slice(places[i], places[i + 1]).toLowerCase();
      if (name.startsWith('xmlns:')) names.declare(name.slice(6), source.slice(places[i + 2], places[i + 3]));
    }
    const own = tag.raw.includes(':') ? null : this.attribute('xmlns');
    return own === null || own === '' ? names.resolve(tag.raw) : names.resolveIn(own, tag.raw);
  }

  /** Locates the attributes of the current tag. @returns four times their number */
  #countAttributes(): number {
    if (this.#attributeCount !== -1) return this.#attributeCount;
    const text = this.#source;
    const to = this.#attributesTo;
    const places = this.#attributePlaces;
    let count = 0;
    let at = this.#attributesFrom;
    while (at < to && count < TAG_ATTRIBUTES_MAX * 4) {
      while (at < to && !isNameUnit(text.charCodeAt(at))) at += 1;
      const nameFrom = at;
      while (at < to && isNameUnit(text.charCodeAt(at))) at += 1;
      if (at === nameFrom) break;
      const nameTo = at;
      at = this.#behindSpace(at);
      if (text.charCodeAt(at) !== UNIT.equals) continue;
      at = this.#behindSpace(at + 1);
      const unit = text.charCodeAt(at);
      const quoted = unit === UNIT.quote || unit === UNIT.apostrophe;
      const valueFrom = quoted ? at + 1 : at;
      at = quoted ? this.#quoteEnd(unit, valueFrom) : this.#wordEnd(valueFrom);
      places[count] = nameFrom;
      places[count + 1] = nameTo;
      places[count + 2] = valueFrom;
      places[count + 3] = at;
      count += 4;
      if (quoted) at += 1;
    }
    this.#attributeCount = count;
    return count;
  }

  #behindSpace(from: number): number {
    let at = from;
    while (at < this.#attributesTo && isSpace(this.#source.charCodeAt(at))) at += 1;
    return at;
  }

  #quoteEnd(quote: number, from: number): number {
    const end = this.#source.indexOf(quote === UNIT.quote ? '"' : "'", from);
    return end === -1 || end > this.#attributesTo ? this.#attributesTo : end;
  }

  #wordEnd(from: number): number {
    let end = from;
    while (end < this.#attributesTo && !isSpace(this.#source.charCodeAt(end))) end += 1;
    return end;
  }
}

/** Whether the text at `from` equals `name` (lower case), ignoring ASCII case. */
function isSameName(text: string, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    if ((text.charCodeAt(from + i) | 0x20) !== name.charCodeAt(i)) return false;
  }
  return true;
}
