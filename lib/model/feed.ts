/** The content of a feed document, in one shape for all formats; made by lib/feed/parse.ts. */
import type { DurationMs, EpochMs, Hash53, LanguageTag } from './flavor.ts';

/** Format and version of a feed; without digits: unknown version. */
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

/** A problem of the document. Reading continued after it. */
export interface FeedProblem {
  readonly code: string;
  readonly message: string;
  /** UTF-16 offset into the decoded text (bytes for a decoding problem); -1: no position. */
  readonly offset: number;
}

/** One entry. Plain text is decoded, without markup, with collapsed white space. */
export interface FeedEntry {
  /** guid, atom:id, rdf:about or JSON Feed id, trimmed, otherwise unchanged. */
  readonly id: string | null;
  /** Absolute http(s) address of the page. */
  readonly url: string | null;
  /** Plain text. */
  readonly title: string | null;
  /** HTML (plain text was escaped); lib/text/html-text.ts converts it to text. */
  readonly summary: string | null;
  /** HTML. */
  readonly content: string | null;
  readonly published: EpochMs | null;
  readonly updated: EpochMs | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Own or inherited language; null: not declared. */
  readonly language: LanguageTag | null;
  /** Name and address in `<source>`, as aggregators credit their sources. */
  readonly source: { readonly title: string | null; readonly url: string | null } | null;
  /** Hash of the entry's raw text in the document: equal for unchanged text. */
  readonly fingerprint: Hash53;
}

/** Polling hints inside the document. */
export interface PaceHints {
  /** RSS 2.0 `ttl`. */
  readonly ttlMs: DurationMs | null;
  /** `sy:updatePeriod` divided by `sy:updateFrequency`. */
  readonly syPeriodMs: DurationMs | null;
  /** Hours 0–23 GMT in which not to poll (RSS 2.0 skipHours). */
  readonly skipHours: readonly number[];
  /** Days 0 (Sunday)–6 GMT on which not to poll (RSS 2.0 skipDays). */
  readonly skipDays: readonly number[];
}

/** Links of a feed to other documents. */
export interface FeedLinks {
  readonly self: string | null;
  readonly hubs: readonly string[];
  /** Next page of a paged feed (RFC 5005 §3). */
  readonly next: string | null;
  /** Previous archive document (RFC 5005 §4). */
  readonly prevArchive: string | null;
  /** Feeds that an HTML page announces (`rel=alternate`); empty for a feed. */
  readonly discovered: readonly { readonly url: string; readonly title: string | null }[];
}

/** A whole feed document. */
export interface ParsedFeed {
  /** null: not a feed; `problems` says what it is instead. */
  readonly format: FeedFormat | null;
  /** Label of the encoding that was used (WHATWG Encoding). */
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
  /** In document order, without those whose fingerprint the caller knows. */
  readonly entries: readonly FeedEntry[];
  /** Fingerprints of all entries in the document, known ones included, in document order. */
  readonly window: readonly Hash53[];
  /** false: the document ends before its root element (or JSON value) does. */
  readonly complete: boolean;
  /** The document ends inside its last entry, which may lack its id or end in half an address. */
  readonly torn: boolean;
  readonly problems: readonly FeedProblem[];
}
