/** Turns alerts into events: one alone, or several as a digest, each with a stable id. */
import type { Alert, AlertEvent, DigestReason } from '../model/alert.ts';
import type { ChannelId, EpochMs } from '../model/flavor.ts';
import { DIGEST_ALERTS_MAX, DIGEST_SUMMARY_UNITS_MAX } from '../model/limits.ts';
import { id106 } from '../text/hash.ts';

/** An event for one channel; its id is the same for all attempts. */
export interface RoutedEvent {
  readonly id: string;
  readonly channel: ChannelId;
  readonly event: AlertEvent;
}

/** What an event is about: each story with each of its entries. Notices of the service are about neither. */
export function subjectsOf(event: AlertEvent): { readonly story: string; readonly entry: string }[] {
  const { data } = event;
  const alerts = 'alerts' in data ? data.alerts : 'story' in data ? [data] : [];
  return alerts.flatMap(({ story, entries }) => entries.map(({ id }) => ({ story, entry: id })));
}

/** Identity of a development: a story has one first report, but may have several figures. */
function keyOf({ story, development, entries }: Alert): string {
  const many = development === 'figure' || development === 'language' || development === 'repeat';
  return [story, development, ...(many ? entries.map(({ id }) => id) : [])].join('\n');
}

/** One alert as an event; the same alert on the same channel always gets the same id. */
export function singleEvent(alert: Alert, channel: ChannelId, now: EpochMs): RoutedEvent {
  // A story may be repeated several times, so the time belongs to the identity.
  const when = alert.development === 'repeat' ? `\n${now}` : '';
  return {
    id: `msg_${id106(`${keyOf(alert)}${when}\n${channel}`)}`,
    channel,
    event: { type: `alert.${alert.development}`, timestamp: new Date(now).toISOString(), data: alert },
  };
}

/**
 * All alerts in as few digests of DIGEST_ALERTS_MAX as needed. A backfill is a single digest that counts what it omits.
 *
 * @param alerts at least one, in the order in which they are shown
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

/** An alert for a digest: shorter summaries, and no sources, which the story's page shows. */
function compact(alert: Alert): Alert {
  const entries = alert.entries.map((entry) => ({
    ...entry,
    summary: entry.summary.slice(0, DIGEST_SUMMARY_UNITS_MAX),
    spans: entry.spans.filter(({ field, end }) => field === 'title' || end <= DIGEST_SUMMARY_UNITS_MAX),
  }));
  return { ...alert, entries, sources: [] };
}

/** Splits alerts into parts of DIGEST_ALERTS_MAX. */
function chunks(alerts: readonly Alert[]): (readonly Alert[])[] {
  const parts: (readonly Alert[])[] = [];
  for (let at = 0; at < alerts.length; at += DIGEST_ALERTS_MAX)
    parts.push(alerts.slice(at, at + DIGEST_ALERTS_MAX));
  return parts;
}
