/** An entry as rules see it and as the archive keeps it. */
import type { EpochMs, FeedId, LanguageTag } from './flavor.ts';

/** Where in an entry a span lies. `content` only where there is no summary (design: text and edits). */
export type EntryField = 'title' | 'summary' | 'content';

/** The text and facts that rules look at. Texts are plain text: spans index into these very strings. */
export interface EntryText {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Looked at only where `summary` is empty. */
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
  /** Effective date: min(published, first seen + 5 min); null when undated. */
  readonly published: EpochMs | null;
}
