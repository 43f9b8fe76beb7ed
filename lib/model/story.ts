/** Stories: facts of matched entries, reports, figures, developments. All values survive JSON: the desk stores them in rows. */
import type { EpochMs, FeedId, LanguageTag, RuleId } from './flavor.ts';

/** A figure with what it counts and its speaker. */
export interface FactFigure {
  readonly value: number;
  readonly approximate: boolean;
  /** Id of the concept or entity that is counted; null: unknown. */
  readonly of: string | null;
  /** Id of the entity that is quoted; null: the publisher itself. */
  readonly by: string | null;
}

/** Capitalised words, as hashes of their stems, for scripts with case. */
export interface Capitals {
  /** Names that no list of entities contains; without days and months. */
  readonly own: readonly number[];
  /** Names that a list contains: countries, their cities, persons. */
  readonly known: readonly number[];
  /** Words that begin a sentence, some of which are names. */
  readonly opening: readonly number[];
}

/** Facts of a matched entry that decide its story. Independent of language except for `words`. */
export interface EntryFacts {
  /** Ids of the entities that it names, in order of first mention. */
  readonly entities: readonly string[];
  /** Ids of the concepts that it names, in the same order. */
  readonly concepts: readonly string[];
  /** Ids of the news agencies that it credits. */
  readonly agencies: readonly string[];
  /** Id of the agency that is the publisher; null: the publisher is not an agency. */
  readonly ownAgency: string | null;
  readonly figures: readonly FactFigure[];
  /** Sorted 32-bit hashes of the words (pairs of characters in scripts without spaces), without duplicates. */
  readonly words: readonly number[];
  /** The subset of `words` that are figures: entries from one template may differ only in these. */
  readonly numbers: readonly number[];
  /** All figures of the text, whatever they count. Missing in rows of older releases, like `capitals`. */
  readonly values?: readonly number[];
  readonly capitals?: Capitals;
  /** Consonant skeletons of names, equal in all scripts (text/skeleton.ts), without duplicates. */
  readonly names: readonly string[];
}

/** One entry within a story. */
export interface Report {
  readonly entry: string;
  readonly feed: FeedId | null;
  readonly url: string | null;
  readonly title: string;
  /** Tick time at which the desk first saw it. */
  readonly seen: EpochMs;
  /** Effective date of the entry, else `seen`. */
  readonly at: EpochMs;
  readonly lang: LanguageTag | null;
  /** Its publisher (publisherOf); null: unknown, which never counts as independent. */
  readonly publisher: string | null;
  /** Family of the publisher (`families` of the configuration); null: none. */
  readonly family: string | null;
  /** ISO 3166-1 alpha-2 of the publisher. */
  readonly country: string | null;
  /** A–F: the user's grade of the feed. */
  readonly grade: string | null;
  readonly facts: EntryFacts;
}

/** A figure of a story: part of the contract of webhooks and of `vigie stories`. */
export interface StoryFigure {
  readonly value: number;
  readonly approximate: boolean;
  readonly of: string | null;
  /** The speaker: an entity's English title, else the publisher. */
  readonly by: string | null;
  readonly entry: string;
}

/** A story is open while reports arrive, and closed after 72 hours without one. */
export interface Story {
  readonly id: string;
  readonly rule: RuleId;
  /** Dates of the earliest and the latest report. */
  readonly first: EpochMs;
  readonly last: EpochMs;
  /** Tick time at which the desk saw the latest report; closing counts from it. */
  readonly seen: EpochMs;
  readonly closed: boolean;
  /** In order of arrival; at most STORY_REPORTS_MAX are stored with their facts. */
  readonly reports: readonly Report[];
  /** Number of all reports, including those no longer stored. */
  readonly count: number;
  /** Largest figure so far by what it counts ('' for unknown). */
  readonly maxima: Readonly<Record<string, number>>;
  /** Whether its first report caused an alert. A story that began with old or already listed entries alerts on its next report. */
  readonly hasFirst: boolean;
  /** Whether a report that may cause an alert has confirmed it. */
  readonly confirmed: boolean;
}

/** What changed in a story, by a report or by time. */
export type Development =
  | { readonly kind: 'first'; readonly at: EpochMs; readonly entry: string }
  | { readonly kind: 'confirmed'; readonly at: EpochMs; readonly entry: string; readonly independent: number }
  | { readonly kind: 'language'; readonly at: EpochMs; readonly entry: string; readonly lang: LanguageTag }
  | { readonly kind: 'figure'; readonly at: EpochMs; readonly entry: string; readonly figure: StoryFigure }
  | { readonly kind: 'closed'; readonly at: EpochMs; readonly entry: null };

/** Reports with one source: the original first, then its copies. */
export interface SourceGroup {
  readonly publisher: string | null;
  readonly country: string | null;
  readonly reports: readonly Report[];
}
