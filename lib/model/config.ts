/** The configuration document after checking: defaults filled in, durations in milliseconds. See product.md's shape in docs. */
import type { ChannelId, DurationMs, EpochMs, FeedId, LanguageTag, RuleId } from './flavor.ts';

/** A string that may hold `${NAME}` placeholders; expanded only where a request is made, never stored expanded. */
export type Templated = string;

export interface FeedConfig {
  readonly id: FeedId;
  readonly url: string;
  readonly lang: LanguageTag | null;
  readonly publisher: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** A–F, shown with alerts. */
  readonly grade: string | null;
  readonly tags: readonly string[];
  /** null: adaptive. */
  readonly everyMs: DurationMs | null;
  /** First sight of the feed: entries this young go out as one digest; null: none. */
  readonly backfillMs: DurationMs | null;
  /** Entries older than this when first seen do not alert; null: the default of 7 days. */
  readonly maxAgeMs: DurationMs | null;
  readonly headers: Readonly<Record<string, Templated>>;
  readonly auth:
    | { readonly user: Templated; readonly password: Templated }
    | { readonly bearer: Templated }
    | null;
  readonly paused: boolean;
}

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** Words of an entity or a concept. */
export interface TermList {
  readonly id: string;
  /** Short English title, for alerts on entries in any language. */
  readonly title: string | null;
  readonly kind: 'entity' | 'concept';
  /** ISO 3166-1 alpha-2 for a country. */
  readonly country: string | null;
  /** Its words name what figures count (soldiers, cases, dead): true, or the id of the list under which they are counted. */
  readonly counted: boolean | string;
  /** As written in the rule language; `lang` labels for coverage only. */
  readonly terms: readonly { readonly term: string; readonly lang: LanguageTag | null }[];
  /** Case-exact terms. */
  readonly exact: readonly string[];
  /** Shadow phrases: a hit inside a hit of one of these is dropped. */
  readonly notIn: readonly string[];
  readonly include: readonly string[];
}

export interface RuleWhere {
  readonly lang: readonly string[];
  readonly notLang: readonly string[];
  readonly publisher: readonly string[];
  readonly notPublisher: readonly string[];
  readonly tag: readonly string[];
  /** Overrides the default of 7 days for this rule. */
  readonly maxAgeMs: DurationMs | null;
}

export const DEVELOPMENT_KINDS = ['first', 'confirmed', 'language', 'figure', 'closed'] as const;
export type DevelopmentKind = (typeof DEVELOPMENT_KINDS)[number];

export function isDevelopmentKind(text: string): text is DevelopmentKind {
  return (DEVELOPMENT_KINDS as readonly string[]).includes(text);
}

/** Weighted list, ANDed with the query: Σ weight × min(hits, 3) ≥ threshold. */
export interface RuleScore {
  readonly threshold: number;
  /** Terms as written in the rule language, `@id` included. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
}

/** Sugar for `COUNT(of, within) op value`, ANDed with the query. */
export interface RuleQuantity {
  /** `@id` or a term. */
  readonly of: string;
  readonly op: '>=' | '>' | '<=' | '<' | '=';
  readonly value: number;
  /** Tokens. */
  readonly within: number;
}

/** When a story counts as confirmed. Holds nothing back by itself. */
export interface ConfirmConfig {
  /** Independent sources, 1 or more. */
  readonly sources: number;
  /** Languages among the reports, 0: any. */
  readonly languages: number;
  readonly withinMs: DurationMs;
  /** What makes two sources two. */
  readonly independent: 'publisher' | 'country';
  /** `rule`: all reports of the rule count together, whatever story they are joined to. */
  readonly same: 'story' | 'rule';
}

/** Hours of a day in a time zone. `from` may be later than `to`: over midnight. */
export interface QuietHours {
  /** Minutes from local midnight. */
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly zone: string;
}

/** When a digest goes out: at these minutes from local midnight, on one weekday (0: Sunday) or on all. */
export interface DigestTimes {
  readonly at: number;
  readonly weekday: number | null;
  readonly zone: string;
}

export interface NotifyConfig {
  readonly to: readonly ChannelId[];
  readonly on: readonly DevelopmentKind[];
  /** `story`: a story speaks when something changes. `rule`: alerts of one wait come as one message. `none`: every entry is told. */
  readonly groupBy: 'story' | 'rule' | 'none';
  readonly groupWaitMs: DurationMs;
  readonly quiet: QuietHours | null;
  readonly digest: DigestTimes | null;
  /** A story that still gets reports is told again after so long; null: never. */
  readonly repeatMs: DurationMs | null;
  /** Alerts of the rule in an hour; the rest of that hour comes as one digest. */
  readonly perHour: number;
}

export interface RuleConfig {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** Expression; empty where `score` alone decides. */
  readonly query: string;
  readonly score: RuleScore | null;
  readonly quantity: RuleQuantity | null;
  readonly where: RuleWhere;
  /** When a story of the rule counts as confirmed; null: by two publishers, which nobody is told unless `on` asks. */
  readonly confirm: ConfirmConfig | null;
  readonly notify: NotifyConfig;
  /** Matched, joined to stories and noted, told to nobody: a rule is tried on the news as it comes. */
  readonly testMode: boolean;
  /** Switched on with this: entries of the archive this young go out as one digest. */
  readonly backfillMs: DurationMs | null;
  readonly tests: { readonly match: readonly RuleTest[]; readonly noMatch: readonly RuleTest[] };
}

export interface RuleTest {
  readonly title: string;
  readonly summary: string;
  readonly lang: LanguageTag | null;
}

/** A signing secret; `until`: signs no more from then on, null: for ever. */
export interface ChannelSecret {
  readonly secret: Templated;
  readonly until: EpochMs | null;
}

export type ChannelAuth =
  | { readonly user: Templated; readonly password: Templated }
  | { readonly bearer: Templated };

interface UrlChannel<K extends string> {
  readonly id: ChannelId;
  readonly kind: K;
  readonly url: Templated;
}

export interface WebhookChannel extends UrlChannel<'webhook'> {
  /** The newest first; all of them sign. */
  readonly secrets: readonly ChannelSecret[];
  readonly format: 'standard' | 'cloudevents';
  /** A body of the owner's own (lib/text/template.ts); null: the event itself. */
  readonly template: { readonly text: Templated; readonly contentType: string } | null;
  readonly headers: Readonly<Record<string, Templated>>;
}

export interface TelegramChannel extends UrlChannel<'telegram'> {
  readonly token: Templated;
  readonly chat: Templated;
  /** Topic of a forum; null: none. */
  readonly thread: number | null;
  readonly silent: boolean;
}

export interface NtfyChannel extends UrlChannel<'ntfy'> {
  readonly topic: Templated;
  readonly token: Templated | null;
}

export interface MatrixChannel extends UrlChannel<'matrix'> {
  readonly token: Templated;
  readonly room: Templated;
}

export interface AlertmanagerChannel extends UrlChannel<'alertmanager'> {
  readonly auth: ChannelAuth | null;
}

export interface EmailChannel {
  readonly id: ChannelId;
  readonly kind: 'email';
  /** `cloudflare`: the Worker's own binding; else an HTTP API. */
  readonly via: 'cloudflare' | 'resend' | 'postmark' | 'mailgun';
  readonly from: Templated;
  readonly to: readonly Templated[];
  /** Of the HTTP API; null with `cloudflare`. */
  readonly token: Templated | null;
  readonly url: Templated;
}

export type ChannelConfig =
  | WebhookChannel
  | UrlChannel<'slack'>
  | (UrlChannel<'discord'> & { readonly thread: string | null })
  | UrlChannel<'teams'>
  | TelegramChannel
  | NtfyChannel
  | UrlChannel<'mattermost'>
  | UrlChannel<'googlechat'>
  | MatrixChannel
  | (UrlChannel<'pagerduty'> & { readonly key: Templated })
  | AlertmanagerChannel
  | EmailChannel
  | { readonly id: ChannelId; readonly kind: 'console' };

export type ChannelKind = ChannelConfig['kind'];
/** The channels of one kind. */
export type ChannelOf<K extends ChannelKind> = Extract<ChannelConfig, { readonly kind: K }>;

export interface Config {
  readonly version: 1;
  readonly feeds: readonly FeedConfig[];
  /** Ids of shipped packs. */
  readonly use: readonly string[];
  /** Own entities and concepts of the document; packs are looked up by `use`. */
  readonly lists: readonly TermList[];
  readonly rules: readonly RuleConfig[];
  readonly channels: readonly ChannelConfig[];
  /** Channels that hear of the service itself; not given: none. */
  readonly ops?: readonly ChannelId[];
  /** Asked after each sweep, for a watchdog outside; not given: none. */
  readonly heartbeat?: { readonly url: Templated };
  /** Publishers that belong together, by the family's name: names or domains. They are never independent of each other. */
  readonly families: { readonly [family: string]: readonly string[] };
  /** Private hosts that feeds and channels may live on. */
  readonly allowHosts: readonly string[];
  /** Where values stand in the document; absent: unknown, problems point to its start. */
  readonly places?: Places;
}

/** What is needed to poll, match and tell: terms are compiled, places are for editors. */
export type RunningConfig = Omit<Config, 'lists' | 'places'>;

/** Places of the values that are checked after reading: queries, terms, tests. */
export interface Places {
  /** Offsets at which lines begin; the first is 0. */
  readonly lineStarts: readonly number[];
  /** By path (`rules[3].query`). */
  readonly byPath: { readonly [path: string]: Place };
}

export interface Place {
  readonly offset: number;
  readonly length: number;
  /** Document offset of each unit of a text value, and of its end. Absent: not a text that is looked into. */
  readonly units?: readonly number[];
}

/** A mistake or a warning in the configuration, with its place. */
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
