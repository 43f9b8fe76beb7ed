/** The checked configuration: defaults filled in, durations in milliseconds. docs/configuration.md describes the document. */
import type { ChannelId, DurationMs, FeedId, LanguageTag, RuleId } from './flavor.ts';

/** A text that may contain `${NAME}`; expanded only when a request is made, never stored expanded. */
export type Templated = string;

/** One feed. */
export interface FeedConfig {
  readonly id: FeedId;
  readonly url: string;
  readonly lang: LanguageTag | null;
  readonly publisher: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** A–F: the user's grade, shown with alerts. */
  readonly grade: string | null;
  readonly tags: readonly string[];
  /** Interval of polls; null: adaptive. */
  readonly everyMs: DurationMs | null;
  /** At the first poll, entries up to this age are sent as one digest; null: none. */
  readonly backfillMs: DurationMs | null;
  /** Entries older than this at first sight cause no alert; null: default of 7 days. */
  readonly maxAgeMs: DurationMs | null;
  readonly headers: Readonly<Record<string, Templated>>;
  readonly auth:
    | { readonly user: Templated; readonly password: Templated }
    | { readonly bearer: Templated }
    | null;
  readonly paused: boolean;
}

/** Severity of a rule's alerts, lowest first. */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** Terms of an entity or a concept. */
export interface TermList {
  readonly id: string;
  /** Short English title, for alerts about entries in any language. */
  readonly title: string | null;
  readonly kind: 'entity' | 'concept';
  /** ISO 3166-1 alpha-2 if it is a country. */
  readonly country: string | null;
  /** Whether its terms name what figures count (soldiers, cases): true, or the id of the list under which they are counted. */
  readonly counted: boolean | string;
  /** As written in the rule language; `lang` is used for coverage only. */
  readonly terms: readonly { readonly term: string; readonly lang: LanguageTag | null }[];
  /** Terms that compare case. */
  readonly exact: readonly string[];
  /** Shadow phrases: a hit within a hit of one of them is ignored. */
  readonly notIn: readonly string[];
  readonly include: readonly string[];
}

/** Conditions on the facts of an entry; an empty list does not restrict. */
export interface RuleWhere {
  readonly lang: readonly string[];
  readonly notLang: readonly string[];
  readonly publisher: readonly string[];
  readonly notPublisher: readonly string[];
  readonly tag: readonly string[];
  /** Overrides the default of 7 days for this rule. */
  readonly maxAgeMs: DurationMs | null;
}

/** Kinds of developments on which a rule can alert. */
export const DEVELOPMENT_KINDS = ['first', 'confirmed', 'language', 'figure', 'closed'] as const;
/** One of DEVELOPMENT_KINDS. */
export type DevelopmentKind = (typeof DEVELOPMENT_KINDS)[number];

/** Whether a text names a kind of development. */
export function isDevelopmentKind(text: string): text is DevelopmentKind {
  return (DEVELOPMENT_KINDS as readonly string[]).includes(text);
}

/** Weighted terms, in addition to the query: Σ weight × min(hits, 3) ≥ threshold. */
export interface RuleScore {
  readonly threshold: number;
  /** Terms as written in the rule language, `@id` included. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
}

/** Short form of `COUNT(of, within) op value`, in addition to the query. */
export interface RuleQuantity {
  /** `@id` or a term. */
  readonly of: string;
  readonly op: '>=' | '>' | '<=' | '<' | '=';
  readonly value: number;
  /** Distance in tokens. */
  readonly within: number;
}

/** When a story counts as confirmed. Does not delay alerts by itself. */
export interface ConfirmConfig {
  /** Number of independent sources, 1 or more. */
  readonly sources: number;
  /** Number of languages among the reports; 0: any. */
  readonly languages: number;
  readonly withinMs: DurationMs;
  /** What makes two sources independent. */
  readonly independent: 'publisher' | 'country';
}

/** A range of local times of day. `from` may be later than `to`: the range crosses midnight. */
export interface QuietHours {
  /** Minutes after local midnight. */
  readonly from: number;
  readonly to: number;
  /** IANA time zone name. */
  readonly zone: string;
}

/** When a digest is sent: minutes after local midnight, on one weekday (0: Sunday) or every day (null). */
export interface DigestTimes {
  readonly at: number;
  readonly weekday: number | null;
  readonly zone: string;
}

/** Where, when and on what a rule alerts. */
export interface NotifyConfig {
  readonly to: readonly ChannelId[];
  readonly on: readonly DevelopmentKind[];
  /** `story`: one alert for each development. `none`: one alert for each entry. */
  readonly groupBy: 'story' | 'none';
  readonly groupWaitMs: DurationMs;
  readonly quiet: QuietHours | null;
  readonly digest: DigestTimes | null;
  /** Interval of reminders while a story still gets reports; null: none. */
  readonly repeatMs: DurationMs | null;
  /** Alerts of the rule in one hour; further ones are combined into one digest. */
  readonly perHour: number;
}

/** One rule. */
export interface RuleConfig {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** Expression; empty if only `score` decides. */
  readonly query: string;
  readonly score: RuleScore | null;
  readonly quantity: RuleQuantity | null;
  readonly where: RuleWhere;
  /** When a story of the rule counts as confirmed; null: two publishers (CONFIRM_DEFAULT). */
  readonly confirm: ConfirmConfig | null;
  readonly notify: NotifyConfig;
  /** Test mode: entries are matched and recorded, but no alerts are sent. */
  readonly testMode: boolean;
  /** When the rule is added, archived entries up to this age are sent as one digest; null: none. */
  readonly backfillMs: DurationMs | null;
  readonly tests: { readonly match: readonly RuleTest[]; readonly noMatch: readonly RuleTest[] };
}

/** An example entry that a rule must or must not match. */
export interface RuleTest {
  readonly title: string;
  readonly summary: string;
  readonly lang: LanguageTag | null;
}

/** A value of JSON (RFC 8259 §3). */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One channel of any kind. Its kind (lib/deliver/channel) defines the further members, whose texts may contain `${NAME}`.
 */
export interface ChannelConfig {
  readonly id: ChannelId;
  readonly kind: string;
  readonly [key: string]: Json;
}

/** The whole checked configuration. */
export interface Config {
  readonly version: 1;
  readonly feeds: readonly FeedConfig[];
  /** Ids of shipped packs. */
  readonly use: readonly string[];
  /** The document's own entities and concepts; those of packs are looked up by `use`. */
  readonly lists: readonly TermList[];
  readonly rules: readonly RuleConfig[];
  readonly channels: readonly ChannelConfig[];
  /** Channels that receive notices about the service; missing: none. */
  readonly ops?: readonly ChannelId[];
  /** Address to ping after each poll round, for an external watchdog; missing: none. */
  readonly heartbeat?: { readonly url: Templated };
  /** Publishers (names or domains) by family: members of a family are not independent of each other. */
  readonly families: { readonly [family: string]: readonly string[] };
  /** Private hosts that feeds and channels may use. */
  readonly allowHosts: readonly string[];
  /** Positions of values in the document; missing: unknown, and problems point to its start. */
  readonly places?: Places;
}

/** What polling, matching and alerting need: terms are compiled, and positions are for editors only. */
export type RunningConfig = Omit<Config, 'lists' | 'places'>;

/** Positions of values that are checked after reading: queries, terms, tests. */
export interface Places {
  /** Offset of each line; the first is 0. */
  readonly lineStarts: readonly number[];
  /** By path (`rules[3].query`). */
  readonly byPath: { readonly [path: string]: Place };
}

/** The position of a value, in UTF-16 units of the document. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  /** Document offset of each unit of a text value, and of its end. Missing: problems are not located within the value. */
  readonly units?: readonly number[];
}

/** An error or a warning in the configuration, with its position. */
export interface ConfigProblem {
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** `rules[3].query` */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** UTF-16 offset into the document. */
  readonly offset: number;
  readonly length: number;
}
