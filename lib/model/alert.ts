/** What is told: alerts, and the events that go over the wire. JSON-safe throughout: rows of the desk hold it. */
import type { DevelopmentKind, Severity } from './config.ts';
import type { FeedId, LanguageTag, RuleId } from './flavor.ts';
import type { MatchSpan } from './match.ts';
import type { StoryFigure } from './story.ts';

export interface AlertEntry {
  readonly id: string;
  readonly feed: FeedId;
  readonly url: string | null;
  /** Plain text; spans index into it. */
  readonly title: string;
  /** Plain text, cut to SUMMARY_UNITS_MAX; holds the content's opening where there is no summary. */
  readonly summary: string;
  readonly lang: LanguageTag | null;
  /** ISO 8601 UTC. */
  readonly published: string | null;
  readonly publisher: string | null;
  /** ISO 3166-1 alpha-2 of the publisher. */
  readonly country: string | null;
  /** A–F: the owner's grade of the feed. */
  readonly grade: string | null;
  /** English titles of the entities and concepts that matched, in reading order. */
  readonly concepts: readonly string[];
  readonly spans: readonly MatchSpan[];
}

/** One report in the tree of who reported and who copied whom. */
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
  /** Reports that repeat this one; empty for a copy. */
  readonly copies: readonly AlertSource[];
}

/** A figure of the story and who says it. */
export interface AlertFigure extends StoryFigure {
  /** English title of what is counted; null: unknown. */
  readonly title: string | null;
}

export type AlertKind = DevelopmentKind | 'repeat';

/** A development worth telling. */
export interface Alert {
  readonly rule: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** Stable over all developments of one story. */
  readonly story: string;
  /** `repeat`: a story that goes on is told again, as its rule asks. */
  readonly development: AlertKind;
  /** The one that made the development first; more where several came together. */
  readonly entries: readonly AlertEntry[];
  /** Of the story so far, the largest first. */
  readonly figures: readonly AlertFigure[];
  /** Publishers that did not copy each other. */
  readonly independent: number;
  /** Of the story so far, in order of appearance. */
  readonly languages: readonly LanguageTag[];
  /** Reports of the story so far. */
  readonly reports: number;
  /** Who reported independently, each with its copies; at most ALERT_SOURCES_MAX. */
  readonly sources: readonly AlertSource[];
  /** The story's page; null: the service's public address is not configured. */
  readonly page: string | null;
}

/** Why several alerts come in one message. `budget`: the rule used up its hour; `quiet`: held over quiet hours. */
export type DigestReason = 'backfill' | 'flood' | 'budget' | 'quiet' | 'digest' | 'group';

/** What the service says of itself to the channels named as `ops`. */
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

export interface OpsNotice {
  /** What it is about: a feed's or channel's id, or `ticks`. */
  readonly subject: string;
  /** One English sentence. */
  readonly text: string;
  readonly severity: Severity;
}

/** The body of a delivery: Standard Webhooks' `{type, timestamp, data}`. */
export type AlertEvent =
  | { readonly type: `alert.${AlertKind}`; readonly timestamp: string; readonly data: Alert }
  | { readonly type: OpsType; readonly timestamp: string; readonly data: OpsNotice }
  | {
      readonly type: 'alert.digest';
      readonly timestamp: string;
      readonly data: {
        readonly reason: DigestReason;
        readonly alerts: readonly Alert[];
        /** Alerts of a backfill beyond DIGEST_ALERTS_MAX: counted, not listed. */
        readonly omitted: number;
      };
    };
