/**
 * Walks the elements of a stretch of XML, however broken: no end tag, no quote, no declaration is relied upon. Linear: a
 * search for an end that was in vain is never repeated. Does not recurse, allocates no tree.
 */
import {
  ATTRIBUTE_UNITS_MAX,
  STRETCH_TAGS_MAX,
  TAG_ATTRIBUTES_MAX,
  UNCLOSED_NAMES_MAX,
} from '../model/limits.ts';
import { decodeXml } from '../text/entities.ts';
import { CONTAINERS, type Names, WRAPPERS } from './names.ts';
import { isNameStart, isNameUnit, isSpace, Pointer, UNIT, xmlText } from './xml-text.ts';

/** What is shared by all scans of one document. */
export class XmlDocument {
  readonly text: string;
  readonly names: Names;
  /** Behind it no tag declares a namespace. */
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

  /** @returns the offset behind the CDATA section, comment, instruction or declaration at `at`, if it ends before `end` */
  behindMarkup(at: number, end: number): number {
    const behind = this.endOfMarkup(at);
    return behind > end ? at + 2 : behind;
  }

  private endOfMarkup(at: number): number {
    if (this.text.startsWith('<![CDATA[', at)) return this.cdataEnd.from(at + 9) + 3;
    if (this.text.startsWith('<!--', at)) return this.commentEnd.from(at + 4) + 3;
    return at + 2;
  }
}

/** A cursor over the elements between two offsets. After `next()` returns true it stands on a known element. */
export class Scan {
  /** Known name, lower case: `title`, `dc:creator`. */
  name = '';
  /** Content: behind the start tag to before the end tag. Empty for a self-closed element. */
  from = 0;
  to = 0;

  readonly document: XmlDocument;
  private readonly source: string;
  private end = 0;
  private at = 0;
  /** Start tags seen in this stretch. */
  private tags = 0;
  private attributesFrom = 0;
  private attributesTo = 0;
  private attributesRead = false;
  private readonly attributeNames: string[] = [];
  private readonly attributeValues: string[] = [];
  /** Names without an end tag between here and `end`. */
  private readonly unclosed = new Set<string>();

  constructor(document: XmlDocument, from: number, end: number) {
    this.document = document;
    this.source = document.text;
    this.moveTo(from, end);
  }

  /** Starts anew on another stretch of the document. */
  moveTo(from: number, end: number): void {
    this.at = from;
    this.end = end;
    this.tags = 0;
    if (this.unclosed.size > 0) this.unclosed.clear();
  }

  /** Moves to the next known element behind (or, in a container, inside) the current one. */
  next(): boolean {
    const { source: text, end } = this;
    for (
      let open = text.indexOf('<', this.at);
      open !== -1 && open < end;
      open = text.indexOf('<', this.at)
    ) {
      const unit = text.charCodeAt(open + 1);
      if (isNameStart(unit)) {
        this.tags += 1;
        if (this.tags > STRETCH_TAGS_MAX) return false;
        if (this.element(open)) return true;
      } else {
        this.at = unit === UNIT.bang ? this.document.behindMarkup(open, end) : open + 2;
      }
    }
    return false;
  }

  /** @returns the content as text (see xmlText) */
  text(): string {
    return this.from === this.to ? '' : xmlText(this.source, this.from, this.to);
  }

  /** @returns the decoded value of an attribute of the current element; null: it has none of that name (lower case). */
  attribute(name: string): string | null {
    if (this.attributesFrom === this.attributesTo) return null;
    if (!this.attributesRead) this.readAttributes();
    const index = this.attributeNames.indexOf(name);
    return index === -1 ? null : decodeXml(this.attributeValues[index] ?? '');
  }

  /** As `attribute`, by the name without its prefix: `about` finds `rdf:about`. */
  attributeByLocal(local: string): string | null {
    if (!this.attributesRead) this.readAttributes();
    const name = this.attributeNames.find((each) => each === local || each.endsWith(`:${local}`));
    return name === undefined ? null : this.attribute(name);
  }

  /** Reads the start tag at `open`. @returns false for an element nobody reads: the cursor is then behind it. */
  private element(open: number): boolean {
    const { source: text } = this;
    let nameEnd = open + 2;
    while (isNameUnit(text.charCodeAt(nameEnd))) nameEnd += 1;
    const raw = text.slice(open + 1, nameEnd);
    const tagEnd = this.tagEnd(nameEnd);
    const selfClosed = text.charCodeAt(tagEnd - 1) === UNIT.slash && tagEnd > nameEnd;
    this.attributesFrom = nameEnd;
    this.attributesTo = selfClosed ? tagEnd - 1 : tagEnd;
    this.attributesRead = false;

    const name = this.resolve(raw);
    this.from = Math.min(tagEnd + 1, this.end);
    this.to = this.from;
    this.at = this.from;
    if (name === null) {
      if (!selfClosed) this.skip(raw);
      return false;
    }
    if (WRAPPERS.has(name)) return false;
    this.name = name;
    if (!selfClosed && !this.isOpenEnded(name)) this.findContent(raw, name);
    return true;
  }

  /** Containers are entered; a link or category that says all in attributes has no content to look for. */
  private isOpenEnded(name: string): boolean {
    if (CONTAINERS.has(name) || name === 'itunes:category') return true;
    if (name !== 'link' && name !== 'atom:link') return false;
    return this.attributesFrom < this.attributesTo && this.attribute('href') !== null;
  }

  private findContent(raw: string, name: string): void {
    const close = this.closeOf(raw, name);
    if (close !== -1) {
      this.to = close;
      this.at = this.behindEndTag(close, raw);
      return;
    }
    this.to = this.nextKnown(this.from);
    this.at = this.to;
  }

  private behindEndTag(close: number, raw: string): number {
    const tight = close + 2 + raw.length;
    if (this.source.charCodeAt(tight) === UNIT.greater) return tight + 1;
    const behind = this.source.indexOf('>', close);
    return behind === -1 ? this.end : behind + 1;
  }

  private skip(raw: string): void {
    if (this.unclosed.size >= UNCLOSED_NAMES_MAX) return;
    const close = this.closeOf(raw, raw);
    if (close !== -1) this.at = close + 2 + raw.length;
  }

  /** The offset of `</raw`, or of another spelling of the known `name`; -1: none before the end. */
  private closeOf(raw: string, name: string): number {
    if (this.unclosed.has(name)) return -1;
    const { source: text, end } = this;
    for (let i = text.indexOf('<', this.from); i !== -1 && i < end; ) {
      const unit = text.charCodeAt(i + 1);
      if (unit === UNIT.slash && this.isNamed(i + 2, raw, name)) return i;
      i = text.indexOf('<', unit === UNIT.bang ? this.document.behindMarkup(i, end) : i + 1);
    }
    this.unclosed.add(name);
    return -1;
  }

  private isNamed(at: number, raw: string, name: string): boolean {
    const { source: text } = this;
    if (text.startsWith(raw, at)) return !isNameUnit(text.charCodeAt(at + raw.length));
    let to = at;
    while (isNameUnit(text.charCodeAt(to))) to += 1;
    return to - at === raw.length && this.document.names.resolve(text.slice(at, to)) === name;
  }

  /** Where an element without end tag must have ended: at the next start tag of a known one. */
  private nextKnown(from: number): number {
    const { source: text, end } = this;
    for (let i = text.indexOf('<', from); i !== -1 && i < end; ) {
      if (isNameStart(text.charCodeAt(i + 1))) {
        let to = i + 2;
        while (isNameUnit(text.charCodeAt(to))) to += 1;
        if (this.document.names.resolve(text.slice(i + 1, to)) !== null) return i;
      }
      i = text.indexOf(
        '<',
        text.charCodeAt(i + 1) === UNIT.bang ? this.document.behindMarkup(i, end) : i + 1,
      );
    }
    return end;
  }

  /** The offset of the `>` that ends the tag; a quote that never closes, or far away, is none. */
  private tagEnd(nameEnd: number): number {
    const { source: text, end } = this;
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

  private resolve(raw: string): string | null {
    const { names } = this.document;
    if (this.attributesFrom < this.document.declarationsEnd && this.declares()) {
      this.readAttributes();
      for (const [i, name] of this.attributeNames.entries()) {
        if (name.startsWith('xmlns:')) names.declare(name.slice(6), this.attributeValues[i] ?? '');
      }
      const own = raw.includes(':') ? null : this.attribute('xmlns');
      if (own !== null && own !== '')
        return names.resolveIn(own, raw) ?? (CONTAINERS.has(raw) ? names.resolve(raw) : null);
    }
    return names.resolve(raw);
  }

  private declares(): boolean {
    return this.source.slice(this.attributesFrom, this.attributesTo).includes('xmlns');
  }

  private readAttributes(): void {
    const { source: text, attributesTo: to } = this;
    this.attributesRead = true;
    this.attributeNames.length = 0;
    this.attributeValues.length = 0;
    let at = this.attributesFrom;
    for (let count = 0; at < to && count < TAG_ATTRIBUTES_MAX; count++) {
      while (at < to && !isNameUnit(text.charCodeAt(at))) at += 1;
      const nameFrom = at;
      while (at < to && isNameUnit(text.charCodeAt(at))) at += 1;
      if (at === nameFrom) return;
      const name = text.slice(nameFrom, at).toLowerCase();
      while (at < to && isSpace(text.charCodeAt(at))) at += 1;
      if (text.charCodeAt(at) !== UNIT.equals) continue;
      at += 1;
      while (at < to && isSpace(text.charCodeAt(at))) at += 1;
      at = this.readValue(name, at);
    }
  }

  /** @returns the offset behind the value. The first of two attributes of one name holds. */
  private readValue(name: string, at: number): number {
    const { source: text, attributesTo: to } = this;
    const unit = text.charCodeAt(at);
    const quoted = unit === UNIT.quote || unit === UNIT.apostrophe;
    let end = quoted ? text.indexOf(unit === UNIT.quote ? '"' : "'", at + 1) : at;
    if (quoted && (end === -1 || end > to)) end = to;
    if (!quoted) while (end < to && !isSpace(text.charCodeAt(end))) end += 1;
    if (!this.attributeNames.includes(name)) {
      this.attributeNames.push(name);
      this.attributeValues.push(text.slice(quoted ? at + 1 : at, end));
    }
    return quoted ? end + 1 : end;
  }
}
