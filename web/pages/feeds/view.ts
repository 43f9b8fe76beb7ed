/** How feeds are shown: states, problems, order, and sums by host. Pure. */

import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import { FEED_STATES, pollResult } from '../../text/feed.ts';
import { count, duration } from '../../text/format.ts';
import type { Shape } from '../../ui/state-mark.tsx';

export interface StateView {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: 'no' | 'wait' | 's' | '';
  readonly trouble: boolean;
}

export const STATES: Readonly<Record<FeedStatus['state'], StateView>> = {
  failing: { word: FEED_STATES.failing, shape: 'triangle', tone: 'no', trouble: true },
  suspect: { word: FEED_STATES.suspect, shape: 'triangle', tone: 'no', trouble: true },
  gone: { word: FEED_STATES.gone, shape: 'cross', tone: 'no', trouble: true },
  stale: { word: FEED_STATES.stale, shape: 'triangle', tone: 'no', trouble: true },
  slow: { word: FEED_STATES.slow, shape: 'diamond', tone: 'wait', trouble: true },
  new: { word: FEED_STATES.new, shape: 'ring', tone: 's', trouble: false },
  ok: { word: FEED_STATES.ok, shape: 'circle', tone: '', trouble: false },
  paused: { word: FEED_STATES.paused, shape: 'bars', tone: 's', trouble: false },
};

/** The problem as one clause; null: the feed works. */
export function problemOf(feed: FeedStatus, now: number): string | null {
  const { last, problems } = feed.record;
  const [first] = problems;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  switch (feed.state) {
    case 'gone':
      return 'the publisher removed this feed (410): no longer polled';
    case 'stale':
      return feed.lastNewEntry === null
        ? 'no new items for a long time'
        : `no new items for ${duration(now - Date.parse(feed.lastNewEntry))}`;
    case 'slow':
      return `asks for fewer polls${typeof last?.status === 'number' ? ` (${last.status})` : ''}`;
    case 'failing':
    case 'suspect':
      return `${last === null ? 'not polled yet' : pollResult(last.outcome)}, ${count(feed.failures, 'time')} in a row`;
    default:
      if (first !== undefined) return `${first.message}${more}`;
      return feed.movedTo === null ? null : `moved to ${feed.movedTo}, polled there`;
  }
}

/** `1 OK, 59 not read yet, 0 with problems, 2 paused`. A feed that has never answered is not counted as OK. */
export function healthWords(feeds: readonly Pick<FeedStatus, 'state'>[]): string {
  const trouble = feeds.filter(({ state }) => STATES[state].trouble).length;
  const unread = feeds.filter(({ state }) => state === 'new').length;
  const paused = feeds.filter(({ state }) => state === 'paused').length;
  const well = feeds.length - trouble - unread - paused;
  const notYet = unread === 0 ? '' : `${unread} not read yet, `;
  return `${well} OK, ${notYet}${trouble} with problems, ${paused} paused`;
}

/** Median of the newest polls, in ms; null: not polled yet. */
export function usualLatency({ record: { latenciesMs } }: FeedStatus): number | null {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** `61 ms`, `2.1 s` */
export function latencyWords(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** Share of polls answered 304, from 0 to 1; null: not polled yet. */
export function unchangedShare({ record: { polls, notModified } }: FeedStatus): number | null {
  return polls === 0 ? null : notModified / polls;
}

const DAYS = 14;

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** New entries of the last DAYS days (UTC), oldest day first. @param now ms since 1970 */
export function entriesADay({ record: { days } }: FeedStatus, now: number): number[] {
  const by = new Map(days.map(({ date, entries }) => [date, entries]));
  return Array.from({ length: DAYS }, (_, i) => by.get(dateOf(now - (DAYS - 1 - i) * DAY_MS)) ?? 0);
}

/** Mean of new entries a day, from the first day with an entry on, rounded. */
export function meanADay(feed: FeedStatus, now: number): number {
  const days = entriesADay(feed, now);
  const first = days.findIndex((of) => of > 0);
  if (first < 0) return 0;
  const known = days.slice(first);
  return Math.round(known.reduce((sum, of) => sum + of, 0) / known.length);
}

/** Feeds with problems first, paused ones last; within each group by the time of the next poll. */
export function inOrder(feeds: readonly FeedStatus[]): FeedStatus[] {
  const rank = ({ state }: FeedStatus): number => (STATES[state].trouble ? 0 : state === 'paused' ? 2 : 1);
  const next = ({ nextPoll }: FeedStatus): number =>
    nextPoll === null ? Number.POSITIVE_INFINITY : Date.parse(nextPoll);
  return feeds.toSorted((a, b) => rank(a) - rank(b) || next(a) - next(b) || a.id.localeCompare(b.id));
}

export interface HostReport {
  readonly host: string;
  readonly feeds: number;
  readonly polls: number;
  readonly notModified: number;
  /** Feeds that ask for fewer polls. */
  readonly asks: number;
  /** Of the slowest feed, in ms; null: not polled yet. */
  readonly latency: number | null;
}

/** Sums by host, the host with the most polls first. */
export function hostReports(feeds: readonly FeedStatus[]): HostReport[] {
  const hosts = new Map<string, FeedStatus[]>();
  for (const feed of feeds) {
    const host = URL.parse(feed.url)?.host ?? feed.url;
    hosts.set(host, [...(hosts.get(host) ?? []), feed]);
  }
  return [...hosts]
    .map(([host, of]) => ({
      host,
      feeds: of.length,
      polls: of.reduce((sum, { record }) => sum + record.polls, 0),
      notModified: of.reduce((sum, { record }) => sum + record.notModified, 0),
      asks: of.filter(({ state }) => state === 'slow').length,
      latency: of
        .map(usualLatency)
        .reduce((most, one) => (one !== null && (most === null || one > most) ? one : most), null),
    }))
    .toSorted((a, b) => b.polls - a.polls || (a.host < b.host ? -1 : 1));
}
