/** Texts of notices about the service itself, one sentence each. */

import type { AlertEvent, OpsNotice, OpsType } from '../model/alert.ts';
import type { Severity } from '../model/config.ts';
import type { EpochMs } from '../model/flavor.ts';
import { MINUTE_MS } from '../model/time.ts';
import { counted } from '../text/count.ts';

/** Severity of each notice: what stops all alerts is critical. */
const SEVERITIES: Record<OpsType, Severity> = {
  'ticks.stopped': 'critical',
  'ticks.resumed': 'info',
  'feed.slow': 'low',
  'feed.failing': 'medium',
  'feed.suspect': 'medium',
  'feed.stale': 'low',
  'feed.gone': 'medium',
  'feed.ok': 'info',
  'channel.disabled': 'high',
  'outbox.old': 'high',
  'outbox.ok': 'info',
  'test.ping': 'info',
};

/** An event that carries a notice. */
export type OpsEvent = Extract<AlertEvent, { readonly data: OpsNotice }>;

/** @param subject the feed, channel or part of the service that the notice is about */
export function opsEvent(
  type: OpsType,
  { subject, text, at }: { subject: string; text: string; at: EpochMs },
): OpsEvent {
  const data: OpsNotice = { subject, text, severity: SEVERITIES[type] };
  return { type, timestamp: new Date(at).toISOString(), data };
}

/** States of a feed that cause a notice, and its recovery. */
export type ReportedFeedState = 'failing' | 'suspect' | 'stale' | 'gone' | 'ok';

/** Predicate of a notice about one feed. */
const ONE_FEED: Record<ReportedFeedState, string> = {
  failing: 'cannot be read',
  suspect: 'answers with a document that is not a valid feed',
  stale: 'has listed no new entries for a long time',
  gone: 'is gone (HTTP 410): polling has stopped',
  ok: 'has recovered',
};
/** The same about several feeds. */
const MANY_FEEDS: Record<ReportedFeedState, string> = {
  failing: 'cannot be read',
  suspect: 'answer with documents that are not valid feeds',
  stale: 'have listed no new entries for a long time',
  gone: 'are gone (HTTP 410): polling has stopped',
  ok: 'have recovered',
};

/** Notice about one feed. */
export function feedText(feed: string, state: ReportedFeedState): string {
  return `Feed ${feed} ${ONE_FEED[state]}.`;
}

/** Notice about several feeds; names the first three. */
export function feedsText(feeds: readonly string[], state: ReportedFeedState): string {
  const named = feeds.slice(0, 3).join(', ');
  const rest = feeds.length > 3 ? ` and ${feeds.length - 3} more` : '';
  return `${feeds.length} feeds ${MANY_FEEDS[state]}: ${named}${rest}.`;
}

/** @param reason such as `HTTP 410` */
export function channelDisabledText(channel: string, reason: string): string {
  return `Channel ${channel} is disabled (${reason}): its pending deliveries have failed. To enable it, send a successful test or save the configuration.`;
}

/** @param ageMs age of the oldest pending delivery. @param waiting number of all pending deliveries */
export function outboxOldText(channel: string, ageMs: number, waiting: number): string {
  const others = waiting > 1 ? `; ${waiting} deliveries are pending in all` : '';
  return `A delivery to ${channel} has waited for ${counted(Math.round(ageMs / MINUTE_MS), 'minute')}${others}.`;
}

/** Ends the notice of `outboxOldText`. */
export const OUTBOX_OK_TEXT = 'The delayed deliveries have been sent.';
/** Ends the notice of `ticksStoppedText`. */
export const TICKS_RESUMED_TEXT = 'Ticks have resumed: feeds are polled again.';
/** Text of a channel test. */
export const TEST_TEXT = 'This is a test: Vigie reaches this channel.';

/** @param minutes since the last tick */
export function ticksStoppedText(minutes: number): string {
  return `No tick for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}: feeds are not polled.`;
}
