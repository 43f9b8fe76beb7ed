/** Alerts, and the events that are sent. All values survive JSON, because the desk stores them in rows. */
import type { DevelopmentKind, Severity } from './config.ts';
import type { FeedId, LanguageTag, RuleId } from './flavor.ts';
import type { MatchSpan } from './match.ts';
import type { StoryFigure } from './story.ts';

/** The entry that caused an alert. */
export interface AlertEntry {
  readonly id: string;
  readonly feed: FeedId;
  readonly url: string | null;
  /** Plain text; spans are offsets into it. */
  readonly title: string;
  /** Plain text, cut to SUMMARY_UNITS_MAX; the beginning of the content if the summary is empty. */
  readonly summary: string;
  readonly lang: LanguageTag | null;
  /** ISO 8601 UTC. */
  readonly published: string | null;
  readonly publisher: string | null;
  /** ISO 3166-1 alpha-2 of the publisher. */
  readonly country: string | null;
  /** A–F: the user's grade of the feed. */
  readonly grade: string | null;
  /** English titles of the entities and concepts that matched, in reading order. */
  readonly concepts: readonly string[];
  readonly spans: readonly MatchSpan[];
}

/** One report in the tree of independent sources and their copies. */
export interface AlertSource {
  /** Id of the entry. */
  readonly entry: string;
  readonly publisher: string | null;
  readonly country: string | null;
  readonly grade: string | null;
  readonly lang: LanguageTag | null;
  readonly title: string;
  readonly url: string | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Reports that copy this one; empty for a copy. */
  readonly copies: readonly AlertSource[];
}

/** A figure of the story with its speaker. */
export interface AlertFigure extends StoryFigure {
  /** English title of what is counted; null: unknown. */
  readonly title: string | null;
}

/** Kind of a development, or a reminder of an ongoing story. */
export type AlertKind = DevelopmentKind | 'repeat';

/** A development that causes an alert. */
export interface Alert {
  readonly rule: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** Id of the story, the same for all its developments. */
  readonly story: string;
  /** `repeat`: a reminder of an ongoing story, as its rule asks. */
  readonly development: AlertKind;
  /** The entry that caused the development comes first; more if several developments were grouped. */
  readonly entries: readonly AlertEntry[];
  /** Figures of the story so far, largest first. */
  readonly figures: readonly AlertFigure[];
  /** Number of publishers that did not copy each other. */
  readonly independent: number;
  /** Languages of the story so far, in order of appearance. */
  readonly languages: readonly LanguageTag[];
  /** Number of reports of the story so far. */
  readonly reports: number;
  /** Independent sources, each with its copies; at most ALERT_SOURCES_MAX. */
  readonly sources: readonly AlertSource[];
  /** URL of the story's page; null: the public address of the service is not configured. */
  readonly page: string | null;
}

/** Why alerts are combined. `budget`: the rule reached its hourly limit; `quiet`: queued during quiet hours. */
export type DigestReason = 'backfill' | 'flood' | 'budget' | 'quiet' | 'digest' | 'group';

/** Notices about the service itself, sent to the `ops` channels. */
export type OpsType =
  | 'ticks.stopped'
  | 'ticks.resumed'
  | 'feed.slow'
  | 'feed.failing'
  | 'feed.suspect'
  | 'feed.stale'
  | 'feed.gone'
  | 'feed.ok'
  | 'channel.disabled'
  | 'outbox.old'
  | 'outbox.ok'
  | 'test.ping';

/** The content of a notice. */
export interface OpsNotice {
  /** Id of the feed or channel that the notice is about, or `ticks`. */
  readonly subject: string;
  /** One English sentence. */
  readonly text: string;
  readonly severity: Severity;
}

/** The body of a delivery: `{type, timestamp, data}` (Standard Webhooks, "Payload structure"). */
export type AlertEvent =
  | { readonly type: `alert.${AlertKind}`; readonly timestamp: string; readonly data: Alert }
  | { readonly type: OpsType; readonly timestamp: string; readonly data: OpsNotice }
  | {
      readonly type: 'alert.digest';
      readonly timestamp: string;
      readonly data: {
        readonly reason: DigestReason;
        readonly alerts: readonly Alert[];
        /** Number of alerts of a backfill beyond DIGEST_ALERTS_MAX, which are not listed. */
        readonly omitted: number;
      };
    };
