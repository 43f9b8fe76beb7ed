/** An entry or feed while it is read: of several elements that could fill a field, which one does. */

import type { EpochMs, LanguageTag } from '../../model/flavor.ts';
import { FIELD_VALUES_MAX } from '../../model/limits.ts';
import { languageTag } from '../../text/language.ts';
import { resolveUrl } from '../../text/url.ts';
import { readDate } from '../date/date.ts';

/** How well an element fits a field: the format's own element before a module's, a module's before a makeshift. */
export const RANK = { makeshift: 1, podcast: 2, media: 3, dublinCore: 4, foreign: 5, own: 6 } as const;
export type Rank = number;

/** A field. The highest rank wins, among equals the first in the document. */
class Choice<T> {
  value: T | null = null;
  #rank = 0;

  /** Whether a value of this rank would be taken: asked before work is spent on reading it. */
  wants(rank: Rank): boolean {
    return rank > this.#rank;
  }

  offer(rank: Rank, value: T | null): void {
    if (value === null || value === '' || rank <= this.#rank) return;
    this.value = value;
    this.#rank = rank;
  }
}

/** What feeds and entries have in common. */
export class Draft {
  readonly id = new Choice<string>();
  readonly url = new Choice<string>();
  readonly title = new Choice<string>();
  /** Of an entry its summary, of a feed its description. HTML. */
  readonly summary = new Choice<string>();
  readonly published = new Choice<EpochMs>();
  readonly updated = new Choice<EpochMs>();
  readonly language = new Choice<LanguageTag>();
  readonly authors: string[] = [];
  readonly categories: string[] = [];
  /** What relative addresses are relative to; null: unknown. */
  base: string | null;
  /** Dates that could not be read. */
  badDates = 0;

  constructor(base: string | null) {
    this.base = base;
  }

  offerUrl(rank: Rank, href: string): void {
    if (this.url.wants(rank)) this.url.offer(rank, resolveUrl(href, this.base));
  }

  offerLanguage(rank: Rank, raw: string | null): void {
    if (raw !== null && this.language.wants(rank)) this.language.offer(rank, languageTag(raw));
  }

  offerDate(field: 'published' | 'updated', rank: Rank, text: string): void {
    if (!this[field].wants(rank) || text === '') return;
    const instant = readDate(text);
    if (instant === null) this.badDates += 1;
    this[field].offer(rank, instant);
  }

  addAuthor(name: string): void {
    add(this.authors, name);
  }

  addCategory(name: string): void {
    add(this.categories, name);
  }

  rebase(base: string | null): void {
    if (base !== null) this.base = resolveUrl(base, this.base) ?? this.base;
  }
}

export class EntryDraft extends Draft {
  /** HTML. */
  readonly content = new Choice<string>();
  source: { title: string | null; url: string | null } | null = null;
  /** Authors of an Atom entry's `source`, in force where the entry names none. */
  readonly sourceAuthors: string[] = [];
}

export class FeedDraft extends Draft {
  ttlMs: number | null = null;
  syPeriodMs: number | null = null;
  syFrequency = 1;
  syBase: EpochMs | null = null;
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
