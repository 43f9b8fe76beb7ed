/** What stories are made of: facts of a matched entry, reports, figures, developments. JSON-safe: rows of the desk hold it. */
import type { EpochMs, FeedId, LanguageTag, RuleId } from './flavor.ts';

/** A figure that counts something, and who says it. */
export interface FactFigure {
  readonly value: number;
  readonly approximate: boolean;
  /** Id of the concept or entity that is counted; null: unknown. */
  readonly of: string | null;
  /** Id of the entity in whose mouth the figure stands; null: the publisher's own. */
  readonly by: string | null;
}

/** Words with a capital, as hashes of their stems: where case tells names. */
export interface Capitals {
  /** Names that no list of entities knows; days and months are none. */
  readonly own: readonly number[];
  /** Names that a list knows: countries, their cities, persons. */
  readonly known: readonly number[];
  /** What opens a sentence: names among them. */
  readonly opening: readonly number[];
}

/** What of a matched entry decides which story it belongs to. Free of language but for `words`. */
export interface EntryFacts {
  /** Ids of the entities named, in order of first mention. */
  readonly entities: readonly string[];
  /** Ids of the concepts named, likewise. */
  readonly concepts: readonly string[];
  /** Ids of news agencies that the text names: whom the report credits. */
  readonly agencies: readonly string[];
  /** Id of the agency that the publisher itself is; null: it is none. */
  readonly ownAgency: string | null;
  readonly figures: readonly FactFigure[];
  /** Sorted hashes of the text's words (of pairs of characters in scripts without spaces), each once. 32 bits. */
  readonly words: readonly number[];
  /** Those of `words` that are figures: entries made from a form differ in nothing else. */
  readonly numbers: readonly number[];
  /** Every number of the text that counts something, whatever it is. Rows of older releases lack it, and `capitals`. */
  readonly values?: readonly number[];
  readonly capitals?: Capitals;
  /** Consonants of names, the same in every script (text/skeleton.ts), each once. */
  readonly names: readonly string[];
}

/** One entry within a story. */
export interface Report {
  readonly entry: string;
  readonly feed: FeedId | null;
  readonly url: string | null;
  readonly title: string;
  /** When the desk first saw it, by the clock of ticks. */
  readonly seen: EpochMs;
  /** Effective date of the entry, else `seen`. */
  readonly at: EpochMs;
  readonly lang: LanguageTag | null;
  /** Who stands behind it (publisherOf); null: unknown, which never counts as independent. */
  readonly publisher: string | null;
  /** The family that the publisher belongs to (`families` of the configuration); null: none. */
  readonly family: string | null;
  /** ISO 3166-1 alpha-2 of the publisher. */
  readonly country: string | null;
  /** A–F: the owner's grade of the feed. */
  readonly grade: string | null;
  readonly facts: EntryFacts;
}

/** A figure of a story: contract of webhooks and of `vigie stories`. */
export interface StoryFigure {
  readonly value: number;
  readonly approximate: boolean;
  readonly of: string | null;
  /** Who says it: an entity's English title where one speaks, else the publisher. */
  readonly by: string | null;
  readonly entry: string;
}

/** Open while reports come in; `closed` after 72 quiet hours. */
export interface Story {
  readonly id: string;
  readonly rule: RuleId;
  /** Dates of the earliest and the latest report. */
  readonly first: EpochMs;
  readonly last: EpochMs;
  /** When the desk saw the latest report, by the clock of ticks: what closing counts from. */
  readonly seen: EpochMs;
  readonly closed: boolean;
  /** In the order in which they came; at most STORY_REPORTS_MAX are kept with their facts. */
  readonly reports: readonly Report[];
  /** All reports, also those no longer kept. */
  readonly count: number;
  /** Largest figure told or known so far by what it counts ('' for unknown). */
  readonly maxima: Readonly<Record<string, number>>;
  /** Its first report was told. Stories that began with what was listed before, or is old, were not: their next report is. */
  readonly hasFirst: boolean;
  /** The confirmation was reached by a report that may be told. */
  readonly confirmed: boolean;
}

/** What changed in a story with a report, or with time. */
export type Development =
  | { readonly kind: 'first'; readonly at: EpochMs; readonly entry: string }
  | { readonly kind: 'confirmed'; readonly at: EpochMs; readonly entry: string; readonly independent: number }
  | { readonly kind: 'language'; readonly at: EpochMs; readonly entry: string; readonly lang: LanguageTag }
  | { readonly kind: 'figure'; readonly at: EpochMs; readonly entry: string; readonly figure: StoryFigure }
  | { readonly kind: 'closed'; readonly at: EpochMs; readonly entry: null };

/** Reports that say what one of them found out: the original first, then who copied it. */
export interface SourceGroup {
  readonly publisher: string | null;
  readonly country: string | null;
  readonly reports: readonly Report[];
}
