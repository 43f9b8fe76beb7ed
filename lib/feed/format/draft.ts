/** An entry or feed while it is read: chooses among several elements that could fill a field. */

import type { EpochMs, LanguageTag } from '../../model/flavor.ts';
import { FIELD_VALUES_MAX } from '../../model/limits.ts';
import { languageTag } from '../../text/language.ts';
import { resolveUrl } from '../../text/url.ts';
import { readDate } from '../date/date.ts';

/** Priority of an element for a field: the format's own element before a module's, a module's before a substitute. */
export const RANK = { makeshift: 1, podcast: 2, media: 3, dublinCore: 4, foreign: 5, own: 6 } as const;
/** A value of RANK, or one between two of them. */
export type Rank = number;

/** A field. The highest rank wins; of equal ranks, the first in the document. */
class Choice<T> {
  value: T | null = null;
  #rank = 0;

  /** Whether a value of this rank would be taken; asked before the value is read, which costs time. */
  wants(rank: Rank): boolean {
    return rank > this.#rank;
  }

  offer(rank: Rank, value: T | null): void {
    if (value === null || value === '' || rank <= this.#rank) return;
    this.value = value;
    this.#rank = rank;
  }
}

/**
 * Common fields of feeds and entries.
 *
 * Readers offer values in the order of the document, each with a rank. The order of elements differs between feeds, so the
 * rank decides and not the order.
 */
export class Draft {
  readonly id = new Choice<string>();
  readonly url = new Choice<string>();
  readonly title = new Choice<string>();
  /** Summary of an entry or description of a feed, as HTML. */
  readonly summary = new Choice<string>();
  readonly published = new Choice<EpochMs>();
  readonly updated = new Choice<EpochMs>();
  readonly language = new Choice<LanguageTag>();
  readonly authors: string[] = [];
  readonly categories: string[] = [];
  /** Base of relative addresses; null: unknown. */
  base: string | null;
  /** Number of dates that could not be read. */
  badDates = 0;

  constructor(base: string | null) {
    this.base = base;
  }

  /** Relative addresses are resolved against `base`. */
  offerUrl(rank: Rank, href: string): void {
    if (this.url.wants(rank)) this.url.offer(rank, resolveUrl(href, this.base));
  }

  /** Values that are not language tags are ignored. */
  offerLanguage(rank: Rank, raw: string | null): void {
    if (raw !== null && this.language.wants(rank)) this.language.offer(rank, languageTag(raw));
  }

  /** Counts dates that cannot be read. */
  offerDate(field: 'published' | 'updated', rank: Rank, text: string): void {
    if (!this[field].wants(rank) || text === '') return;
    const instant = readDate(text);
    if (instant === null) this.badDates += 1;
    this[field].offer(rank, instant);
  }

  /** Empty and repeated names are ignored. */
  addAuthor(name: string): void {
    add(this.authors, name);
  }

  addCategory(name: string): void {
    add(this.categories, name);
  }

  /** Applies an `xml:base` (XML Base §3). */
  rebase(base: string | null): void {
    if (base !== null) this.base = resolveUrl(base, this.base) ?? this.base;
  }
}

/** An entry while it is read. */
export class EntryDraft extends Draft {
  /** HTML. */
  readonly content = new Choice<string>();
  source: { title: string | null; url: string | null } | null = null;
  /** Authors of an Atom entry's `source`, used if the entry has no author. */
  readonly sourceAuthors: string[] = [];
}

/** A feed while it is read. */
export class FeedDraft extends Draft {
  ttlMs: number | null = null;
  syPeriodMs: number | null = null;
  syFrequency = 1;
  skipHours: number[] = [];
  skipDays: number[] = [];
  self: string | null = null;
  readonly hubs: string[] = [];
  nextPage: string | null = null;
  prevArchive: string | null = null;
}

function add(list: string[], name: string): void {
  if (name !== '' && list.length < FIELD_VALUES_MAX && !list.includes(name)) list.push(name);
}
