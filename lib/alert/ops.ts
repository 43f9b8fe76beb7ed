/** What the service says of itself, one sentence a notice. */

import type { AlertEvent, OpsNotice, OpsType } from '../model/alert.ts';
import type { Severity } from '../model/config.ts';
import type { EpochMs } from '../model/flavor.ts';
import { MINUTE_MS } from '../model/time.ts';

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

export type OpsEvent = Extract<AlertEvent, { readonly data: OpsNotice }>;

export function opsEvent(
  type: OpsType,
  { subject, text, at }: { subject: string; text: string; at: EpochMs },
): OpsEvent {
  const data: OpsNotice = { subject, text, severity: SEVERITIES[type] };
  return { type, timestamp: new Date(at).toISOString(), data };
}

/** States of a feed that somebody should know of, and the end of them. */
export type ReportedFeedState = 'failing' | 'suspect' | 'stale' | 'gone' | 'ok';

const ONE_FEED: Record<ReportedFeedState, string> = {
  failing: 'cannot be read',
  suspect: 'answers with what is no feed',
  stale: 'has listed nothing new for a long time',
  gone: 'is gone (410): it is not polled any more',
  ok: 'can be read again',
};
const MANY_FEEDS: Record<ReportedFeedState, string> = {
  failing: 'cannot be read',
  suspect: 'answer with what is no feed',
  stale: 'have listed nothing new for a long time',
  gone: 'are gone (410): they are not polled any more',
  ok: 'can be read again',
};

export function feedText(feed: string, state: ReportedFeedState): string {
  return `Feed ${feed} ${ONE_FEED[state]}.`;
}

export function feedsText(feeds: readonly string[], state: ReportedFeedState): string {
  const named = feeds.slice(0, 3).join(', ');
  const rest = feeds.length > 3 ? ` and ${feeds.length - 3} more` : '';
  return `${feeds.length} feeds ${MANY_FEEDS[state]}: ${named}${rest}.`;
}

export function channelDisabledText(channel: string, reason: string): string {
  return `Channel ${channel} is disabled (${reason}): what was meant for it is kept as dead letters; a test that arrives, or saving the configuration, enables it again.`;
}

export function outboxOldText(channel: string, ageMs: number, waiting: number): string {
  const others = waiting > 1 ? `, ${waiting} wait in all` : '';
  return `A delivery to ${channel} has waited for ${Math.round(ageMs / MINUTE_MS)} minutes${others}.`;
}

export const OUTBOX_OK_TEXT = 'No delivery waits any longer.';
export const TICKS_RESUMED_TEXT = 'Ticks come again: feeds are polled.';
export const TEST_TEXT = 'This is a test: Vigie reaches this channel.';

export function ticksStoppedText(minutes: number): string {
  return `No tick for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}: nothing is polled.`;
}
