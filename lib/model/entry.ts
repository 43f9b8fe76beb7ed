/** An entry as rules match it and as the archive stores it. */
import type { EpochMs, FeedId, Hash53, LanguageTag } from './flavor.ts';

/** The field that contains a span. `content` is used only for entries without summary. */
export type EntryField = 'title' | 'summary' | 'content';

/** Text and facts that rules use. Texts are plain text: spans are offsets into these strings. */
export interface EntryText {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Searched only if `summary` is empty. */
  readonly content: string;
  readonly url: string | null;
  readonly lang: LanguageTag | null;
  readonly publisher: string | null;
  /** ISO 3166-1 alpha-2 of the publisher. */
  readonly country: string | null;
  readonly feed: FeedId | null;
  readonly authors: readonly string[];
  /** Tags of the feed and categories of the entry. */
  readonly tags: readonly string[];
  /** Effective date: min(published, first seen + 5 min); null: undated. */
  readonly published: EpochMs | null;
}

/** An entry as the archive stores it. */
export interface ArchivedEntry {
  readonly seen: EpochMs;
  /** Keys that identify its (entry, rule) pairs. */
  readonly keys: readonly Hash53[];
  readonly entry: EntryText;
}
