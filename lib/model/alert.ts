/** What is told: alerts, and the events that go over the wire. JSON-safe throughout: rows of the desk hold it. */
import type { DevelopmentKind, Severity } from './config.ts';
import type { FeedId, LanguageTag, RuleId } from './flavor.ts';
import type { MatchSpan, Quantity } from './match.ts';

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
  readonly spans: readonly MatchSpan[];
}

/** A development worth telling. */
export interface Alert {
  readonly rule: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** Stable over all developments of one story. */
  readonly story: string;
  readonly development: DevelopmentKind;
  readonly entries: readonly AlertEntry[];
  readonly figures: readonly Quantity[];
  /** Publishers that did not copy each other. */
  readonly independent: number;
  readonly languages: readonly LanguageTag[];
}

/** Why several alerts come in one message. */
export type DigestReason = 'backfill' | 'flood';

/** The body of a delivery: Standard Webhooks' `{type, timestamp, data}`. */
export type AlertEvent =
  | { readonly type: `alert.${DevelopmentKind}`; readonly timestamp: string; readonly data: Alert }
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
