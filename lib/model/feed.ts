/** What a feed document says, in one shape for all formats. Readonly data; made by lib/feed/parse.ts. */
import type { DurationMs, EpochMs, Hash53, LanguageTag } from './flavor.ts';

export type FeedFormat =
  | 'rss090'
  | 'rss091'
  | 'rss092'
  | 'rss093'
  | 'rss094'
  | 'rss10'
  | 'rss20'
  | 'rss'
  | 'atom03'
  | 'atom10'
  | 'atom'
  | 'json1'
  | 'json11'
  | 'sitemap-news';

/** Something wrong in the document. Reading went on behind it. */
export interface FeedProblem {
  readonly code: string;
  readonly message: string;
  /** UTF-16 offset into the decoded text (bytes for a decoding problem); -1 where no place applies. */
  readonly offset: number;
}

/** What one entry says. Plain text is decoded, without markup, white space collapsed. */
export interface FeedEntry {
  /** guid, atom:id, rdf:about or JSON Feed id, trimmed, otherwise as given. */
  readonly id: string | null;
  /** Absolute http(s) address of what the entry is about. */
  readonly url: string | null;
  /** Plain text. */
  readonly title: string | null;
  /** HTML (plain text is escaped into it); lib/text/html-text.ts makes text of it. */
  readonly summary: string | null;
  /** HTML. */
  readonly content: string | null;
  readonly published: EpochMs | null;
  readonly updated: EpochMs | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Own or inherited; null where nothing declares it. */
  readonly language: LanguageTag | null;
  /** Name and address of the `<source>` an aggregator credits. */
  readonly source: { readonly title: string | null; readonly url: string | null } | null;
  /** Hash of the entry's raw text in the document: unchanged text, unchanged fingerprint. */
  readonly fingerprint: Hash53;
}

/** What a publisher asks of pollers inside the document. */
export interface PaceHints {
  /** RSS `ttl`. */
  readonly ttlMs: DurationMs | null;
  /** `sy:updatePeriod` divided by `sy:updateFrequency`. */
  readonly syPeriodMs: DurationMs | null;
  readonly syBase: EpochMs | null;
  /** Hours 0–23 GMT in which not to poll. */
  readonly skipHours: readonly number[];
  /** Days 0 (Sunday)–6 in GMT on which not to poll. */
  readonly skipDays: readonly number[];
}

export interface FeedLinks {
  readonly self: string | null;
  readonly hubs: readonly string[];
  /** RFC 5005. */
  readonly next: string | null;
  /** RFC 5005. */
  readonly prevArchive: string | null;
  /** Feeds that an HTML page announces (`rel=alternate`); empty for a feed. */
  readonly discovered: readonly { readonly url: string; readonly title: string | null }[];
}

export interface ParsedFeed {
  /** null: not a feed. `problems` says what it is instead. */
  readonly format: FeedFormat | null;
  /** WHATWG label of the encoding that was used. */
  readonly encoding: string;
  readonly id: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly link: string | null;
  readonly language: LanguageTag | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly published: EpochMs | null;
  readonly updated: EpochMs | null;
  readonly pace: PaceHints;
  readonly links: FeedLinks;
  /** In document order; without those whose fingerprint the caller said it knows. */
  readonly entries: readonly FeedEntry[];
  /** Of every entry in the document, known ones included, in document order. */
  readonly window: readonly Hash53[];
  /** false: the document breaks off before its root element (or JSON value) ends. */
  readonly complete: boolean;
  /** The document breaks off inside its last entry: that one may lack its id, or end in half an address. */
  readonly torn: boolean;
  readonly problems: readonly FeedProblem[];
}
