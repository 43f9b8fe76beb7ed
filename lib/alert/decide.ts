/** From matches to events: which matches are told, and how many in one message. Pure. */
import type { Alert, AlertEntry, AlertEvent, DigestReason } from '../model/alert.ts';
import type { RuleConfig } from '../model/config.ts';
import type { EntryText } from '../model/entry.ts';
import type { ChannelId, EpochMs } from '../model/flavor.ts';
import { DIGEST_ALERTS_MAX, ENTRY_AGE_MS_MAX, FLOOD_ALERTS_MAX, SUMMARY_UNITS_MAX } from '../model/limits.ts';
import type { Match } from '../model/match.ts';
import { hash53 } from '../text/hash.ts';

/** An entry that a rule matched and that has not been told yet. */
export interface Matched {
  readonly rule: RuleConfig;
  readonly entry: EntryText;
  readonly match: Match;
}

/** Too old when first seen: recorded and traceable, not told. Undated entries are told. */
export function isTooOld(published: EpochMs | null, maxAgeMs: number | null, firstSeen: EpochMs): boolean {
  return published !== null && firstSeen - published > (maxAgeMs ?? ENTRY_AGE_MS_MAX);
}

/** The first report of a story: until stories are joined, each entry is its own. */
function firstReport({ rule, entry, match }: Matched): Alert {
  return {
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    story: `s_${id106(`${rule.id}\n${entry.id}`)}`,
    development: 'first',
    entries: [alertEntry(entry, match)],
    figures: [],
    independent: 1,
    languages: entry.lang === null ? [] : [entry.lang],
    reports: 1,
    sources: [],
    page: null,
  };
}

function alertEntry(entry: EntryText, match: Match): AlertEntry {
  const body = entry.summary === '' ? entry.content : entry.summary;
  return {
    id: entry.id,
    feed: entry.feed ?? '',
    url: entry.url,
    title: entry.title,
    summary: cut(body, SUMMARY_UNITS_MAX),
    lang: entry.lang,
    published: entry.published === null ? null : new Date(entry.published).toISOString(),
    publisher: entry.publisher,
    country: entry.country,
    grade: null,
    concepts: [],
    spans: match.spans.filter((span) => span.field === 'title' || span.end <= SUMMARY_UNITS_MAX),
  };
}

/** Never inside a surrogate pair. */
function cut(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const last = text.charCodeAt(unitsMax - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? unitsMax - 1 : unitsMax);
}

/** One event for one channel, with the id that stays the same over all its attempts. */
export interface RoutedEvent {
  readonly id: string;
  readonly channel: ChannelId;
  readonly event: AlertEvent;
}

/**
 * Each alert as its own event to each channel of its rule. A backfill goes out as one digest a channel, capped; more
 * than FLOOD_ALERTS_MAX of a flood as digests that together name every entry.
 *
 * @param digest why several alerts may come in one message; null: they never do
 */
export function route(
  matched: readonly Matched[],
  { digest, now }: { digest: DigestReason | null; now: EpochMs },
): RoutedEvent[] {
  const alerts = matched.map((one) => ({ alert: firstReport(one), to: one.rule.notify.to }));
  if (digest === null || (digest === 'flood' && alerts.length <= FLOOD_ALERTS_MAX)) {
    return alerts.flatMap(({ alert, to }) => to.map((channel) => singleEvent(alert, channel, now)));
  }
  const channels = new Set(alerts.flatMap(({ to }) => to));
  return [...channels].flatMap((channel) => {
    const mine = alerts.filter(({ to }) => to.includes(channel)).map(({ alert }) => alert);
    return digest === 'backfill'
      ? [digestEvent(mine.slice(0, DIGEST_ALERTS_MAX), mine.length, { channel, reason: digest, now })]
      : chunks(mine).map((some) => digestEvent(some, some.length, { channel, reason: digest, now }));
  });
}

function chunks(alerts: readonly Alert[]): (readonly Alert[])[] {
  const parts: (readonly Alert[])[] = [];
  for (let at = 0; at < alerts.length; at += DIGEST_ALERTS_MAX)
    parts.push(alerts.slice(at, at + DIGEST_ALERTS_MAX));
  return parts;
}

function singleEvent(alert: Alert, channel: ChannelId, now: EpochMs): RoutedEvent {
  return {
    id: `msg_${id106(`${alert.story}\n${alert.development}\n${channel}`)}`,
    channel,
    event: { type: `alert.${alert.development}`, timestamp: new Date(now).toISOString(), data: alert },
  };
}

function digestEvent(
  alerts: readonly Alert[],
  total: number,
  { channel, reason, now }: { channel: ChannelId; reason: DigestReason; now: EpochMs },
): RoutedEvent {
  const stories = alerts.map((alert) => alert.story).join('\n');
  return {
    id: `msg_${id106(`digest\n${stories}\n${channel}`)}`,
    channel,
    event: {
      type: 'alert.digest',
      timestamp: new Date(now).toISOString(),
      data: { reason, alerts, omitted: total - alerts.length },
    },
  };
}

/** 106 bits in base 36: two hashes of differently salted text. No `.`, as Standard Webhooks asks of ids. */
function id106(text: string): string {
  return hash53(text).toString(36).padStart(11, '0') + hash53(`${text}\u0000`).toString(36).padStart(11, '0');
}
