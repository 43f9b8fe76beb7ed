/** Reads JSON Feed 1.0 and 1.1. A truncated document yields its complete items. */
import type { FeedFormat, FeedProblem } from '../../model/feed.ts';
import { FEED_ENTRIES_MAX, FIELD_UNITS_MAX, FIELD_VALUES_MAX } from '../../model/limits.ts';
import { collapse, escapeHtml, lineToText } from '../../text/html-text.ts';
import { resolveUrl } from '../../text/url.ts';
import type { Stretch } from '../xml/document.ts';
import { EntryDraft, FeedDraft, RANK } from './draft.ts';

/** The parts of a JSON Feed document. */
export interface JsonLayout {
  /** The document without its items. */
  readonly head: Map<string, unknown>;
  /** Ranges of the raw items, in order. */
  readonly items: readonly Stretch[];
  readonly complete: boolean;
  readonly capped: boolean;
}

/** @returns null for anything but a JSON object with items */
export function layOutJson(text: string): JsonLayout | null {
  const array = itemsArray(text);
  if (array === null) {
    const head = objectOf(parseJson(text));
    return head !== null && isJsonFeed(head) ? { head, items: [], complete: true, capped: false } : null;
  }
  const { items, end, capped } = itemsFrom(text, array + 1);
  const complete = end !== -1;
  const tail = complete && !capped ? text.slice(end) : ']}';
  const head =
    objectOf(parseJson(`${text.slice(0, array + 1)}${tail}`)) ??
    objectOf(parseJson(`${text.slice(0, array + 1)}]}`));
  if (head === null) return null;
  return { head, items, complete: complete && text.trimEnd().endsWith('}'), capped };
}

const isJsonFeed = (head: Map<string, unknown>) => /jsonfeed\.org/.test(String(head.get('version') ?? ''));

/** Offset of the `[` of the outermost "items"; null: none. */
function itemsArray(text: string): number | null {
  const cursor = new JsonCursor(text, 0);
  for (let at = cursor.next(); at !== -1; at = cursor.next()) {
    if (
      text.charCodeAt(at) === OPEN_ARRAY &&
      cursor.depth === 2 &&
      /"items"\s*:\s*$/.test(text.slice(Math.max(0, at - 40), at))
    ) {
      return at;
    }
  }
  return null;
}

/** Ranges of the items, up to FEED_ENTRIES_MAX. `end`: offset of the closing `]`; -1: missing. */
function itemsFrom(text: string, from: number): { items: Stretch[]; end: number; capped: boolean } {
  const items: Stretch[] = [];
  const cursor = new JsonCursor(text, from);
  let open = -1;
  for (let at = cursor.next(); at !== -1; at = cursor.next()) {
    const unit = text.charCodeAt(at);
    if (unit === OPEN_OBJECT && cursor.depth === 1) open = at;
    if (unit === CLOSE_ARRAY && cursor.depth < 0) return { items, end: at, capped: false };
    if (unit !== CLOSE_OBJECT || cursor.depth !== 0 || open === -1) continue;
    if (items.length === FEED_ENTRIES_MAX) return { items, end: at, capped: true };
    items.push({ from: open, to: at + 1 });
  }
  return { items, end: -1, capped: false };
}

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Stops at brackets and braces outside strings. */
class JsonCursor {
  /** Number of open brackets after the last stop. */
  depth = 0;
  readonly #text: string;
  #at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
  }

  /** @returns offset of the next bracket or brace; -1: none */
  next(): number {
    const text = this.#text;
    for (let i = this.#at; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 0x22) {
        i = endOfString(text, i);
        continue;
      }
      const opens = unit === OPEN_ARRAY || unit === OPEN_OBJECT;
      if (!opens && unit !== CLOSE_ARRAY && unit !== CLOSE_OBJECT) continue;
      this.depth += opens ? 1 : -1;
      this.#at = i + 1;
      return i;
    }
    this.#at = text.length;
    return -1;
  }
}

/** Offset of the closing quote; the length of the text if there is none. */
function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) return i;
    if (unit === 0x5c) i += 1;
  }
  return text.length;
}

/** null: not valid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not valid JSON.
    return null;
  }
}

/** As a map, so that keys such as `__proto__` are harmless. */
function objectOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : null;
}

/** A string, or a number in place of a string; '' for anything else. */
function stringOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.slice(0, FIELD_UNITS_MAX).trim() : '';
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, FIELD_VALUES_MAX) : []);

/** Reads the top-level members of JSON Feed. */
export function readJsonHead(head: Map<string, unknown>, base: string | null): FeedDraft {
  const draft = new FeedDraft(base);
  draft.title.offer(RANK.own, collapse(stringOf(head.get('title'))));
  draft.summary.offer(RANK.own, escapeHtml(stringOf(head.get('description'))));
  draft.offerUrl(RANK.own, stringOf(head.get('home_page_url')));
  draft.offerLanguage(RANK.own, stringOf(head.get('language')));
  draft.self = resolveUrl(stringOf(head.get('feed_url')), base);
  draft.nextPage = resolveUrl(stringOf(head.get('next_url')), base);
  draft.id.offer(RANK.makeshift, stringOf(head.get('feed_url')));
  for (const hub of listOf(head.get('hubs')).slice(0, 10)) {
    const url = resolveUrl(stringOf(objectOf(hub)?.get('url')), base);
    if (url !== null) draft.hubs.push(url);
  }
  readAuthors(draft, head);
  return draft;
}

/** The version named by the document; 1.1 if it names no known one. */
export function jsonFormat(head: Map<string, unknown>): FeedFormat {
  return /version\/1(?:\.0)?$/.test(stringOf(head.get('version'))) ? 'json1' : 'json11';
}

/** @param offset of the item in the document. @returns null for an item that is not valid JSON, which adds a problem */
export function readJsonItem(
  raw: string,
  base: string | null,
  problems: FeedProblem[],
  offset: number,
): EntryDraft | null {
  const item = objectOf(parseJson(raw));
  if (item === null) {
    problems.push({ code: 'bad-item', message: 'an item is not valid JSON', offset });
    return null;
  }
  const draft = new EntryDraft(base);
  draft.id.offer(RANK.own, stringOf(item.get('id')));
  draft.title.offer(RANK.own, collapse(stringOf(item.get('title'))));
  draft.offerUrl(RANK.own, stringOf(item.get('url')));
  draft.offerUrl(RANK.foreign, stringOf(item.get('external_url')));
  if (/^https?:/i.test(draft.id.value ?? '')) draft.offerUrl(RANK.makeshift, draft.id.value ?? '');
  draft.summary.offer(RANK.own, escapeHtml(stringOf(item.get('summary'))));
  draft.content.offer(RANK.own, stringOf(item.get('content_html')));
  draft.content.offer(RANK.foreign, escapeHtml(stringOf(item.get('content_text'))));
  draft.offerDate('published', RANK.own, stringOf(item.get('date_published')));
  draft.offerDate('updated', RANK.own, stringOf(item.get('date_modified')));
  draft.offerLanguage(RANK.own, stringOf(item.get('language')));
  for (const tag of listOf(item.get('tags'))) draft.addCategory(collapse(stringOf(tag)));
  readAuthors(draft, item);
  return draft;
}

/** `authors` of version 1.1, else `author` of 1.0. */
function readAuthors(draft: EntryDraft | FeedDraft, object: Map<string, unknown>): void {
  const authors = listOf(object.get('authors'));
  for (const author of authors.length > 0 ? authors : [object.get('author')]) {
    const name = typeof author === 'string' ? author : stringOf(objectOf(author)?.get('name'));
    draft.addAuthor(lineToText(name ?? ''));
  }
}
