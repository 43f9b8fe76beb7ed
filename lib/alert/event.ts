/** Alerts as events of the wire: one alone, or several as a digest, each under an id that stays the same. */
import type { Alert, AlertEvent, DigestReason } from '../model/alert.ts';
import type { ChannelId, EpochMs } from '../model/flavor.ts';
import { DIGEST_ALERTS_MAX, DIGEST_SUMMARY_UNITS_MAX } from '../model/limits.ts';
import { id106 } from '../text/hash.ts';

/** One event for one channel, with the id that stays the same over all its attempts. */
export interface RoutedEvent {
  readonly id: string;
  readonly channel: ChannelId;
  readonly event: AlertEvent;
}

/** What a development is told apart by: a story has one first report, but several figures. */
function keyOf({ story, development, entries }: Alert): string {
  const many = development === 'figure' || development === 'language' || development === 'repeat';
  return [story, development, ...(many ? entries.map(({ id }) => id) : [])].join('\n');
}

export function singleEvent(alert: Alert, channel: ChannelId, now: EpochMs): RoutedEvent {
  // A story may be told again at any time: the time is part of what it is.
  const when = alert.development === 'repeat' ? `\n${now}` : '';
  return {
    id: `msg_${id106(`${keyOf(alert)}${when}\n${channel}`)}`,
    channel,
    event: { type: `alert.${alert.development}`, timestamp: new Date(now).toISOString(), data: alert },
  };
}

/**
 * All alerts in one message, or in as few as hold them. A backfill is one message, whatever it leaves out.
 * @param alerts at least one
 */
export function digestEvents(
  alerts: readonly Alert[],
  { channel, reason, now }: { channel: ChannelId; reason: DigestReason; now: EpochMs },
): RoutedEvent[] {
  const parts = reason === 'backfill' ? [alerts.slice(0, DIGEST_ALERTS_MAX)] : chunks(alerts);
  return parts
    .filter((part) => part.length > 0)
    .map((part) => ({
      id: `msg_${id106(`digest\n${part.map(keyOf).join('\n')}\n${channel}`)}`,
      channel,
      event: {
        type: 'alert.digest',
        timestamp: new Date(now).toISOString(),
        data: {
          reason,
          alerts: part.map(compact),
          omitted: reason === 'backfill' ? alerts.length - part.length : 0,
        },
      },
    }));
}

/** In a digest each alert names its entry and its story; the tree of sources is on the story's page. */
function compact(alert: Alert): Alert {
  const entries = alert.entries.map((entry) => ({
    ...entry,
    summary: entry.summary.slice(0, DIGEST_SUMMARY_UNITS_MAX),
    spans: entry.spans.filter(({ field, end }) => field === 'title' || end <= DIGEST_SUMMARY_UNITS_MAX),
  }));
  return { ...alert, entries, sources: [] };
}

function chunks(alerts: readonly Alert[]): (readonly Alert[])[] {
  const parts: (readonly Alert[])[] = [];
  for (let at = 0; at < alerts.length; at += DIGEST_ALERTS_MAX)
    parts.push(alerts.slice(at, at + DIGEST_ALERTS_MAX));
  return parts;
}
