/** Paces of all feeds in one row for each shard: claims read it, results update it. */

import { feedStatus } from '../../../lib/api/feed-view.ts';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import type { FeedConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs, FeedId } from '../../../lib/model/flavor.ts';
import { HOST_DELAY_MS_MAX, TICK_REQUESTS_MAX } from '../../../lib/model/limits.ts';
import { MINUTE_MS } from '../../../lib/model/time.ts';
import type { ClaimedFeed, FeedResult } from '../../../lib/poll/batch.ts';
import { type ClaimOut, claimDue, type Paces } from '../../../lib/poll/claim.ts';
import { movedAfter } from '../../../lib/poll/moved.ts';
import { type FeedRecord, NO_RECORD, recordAfter } from '../../../lib/poll/record.ts';
import { newPace, type Pace, paceAfter } from '../../../lib/poll/schedule.ts';
import type { FeedState } from '../../../lib/poll/state.ts';
import { counted } from '../../../lib/text/count.ts';
import { hash53 } from '../../../lib/text/hash.ts';
import { log } from '../../log.ts';
import { clearFact, readFact, writeFact } from './facts.ts';
import type { Sql } from './sql.ts';

const SHARD = '0';

function readPaces(sql: Sql): Paces {
  const rows = sql.exec<{ data: string }>('SELECT data FROM pace WHERE shard = ?', SHARD).toArray();
  return rows[0] === undefined ? {} : (JSON.parse(rows[0].data) as Paces);
}

function writePaces(sql: Sql, paces: Paces): void {
  sql.exec('INSERT OR REPLACE INTO pace (shard, data) VALUES (?, ?)', SHARD, JSON.stringify(paces));
}

/** In the order of the configuration. */
export function feedStatuses(sql: Sql, config: RunningConfig): FeedStatus[] {
  const paces = readPaces(sql);
  const records = readRecords(sql);
  return config.feeds.map((feed) => feedStatus(feed, { pace: paces[feed.id], record: records[feed.id] }));
}

/** When a feed was first polled; null: never. */
export function askedSince(sql: Sql, feed: FeedId): EpochMs | null {
  return readPaces(sql)[feed]?.since ?? null;
}

/** Claims the feeds due at `now` under `id`. Writes only when there are any. */
export function takeClaim(
  sql: Sql,
  config: RunningConfig,
  { id, now, floorMs }: { id: string; now: EpochMs; floorMs: number },
): readonly ClaimedFeed[] {
  const before = readFact(sql, 'claim-out');
  const claimed = claimDue(config.feeds, readPaces(sql), {
    id,
    now,
    floorMs,
    before: before === null ? null : (JSON.parse(before) as ClaimOut),
    cap: Number(readFact(sql, 'claim-cap') ?? TICK_REQUESTS_MAX),
  });
  // Also written when nothing is due: a wait that a clock jump made too long must not stay ahead for ever.
  if (claimed.changed) writePaces(sql, claimed.paces);
  if (claimed.feeds.length === 0) return [];
  writeFact(sql, 'claim-cap', claimed.cap);
  const feeds = claimed.feeds.map((feed) => feed.id);
  writeFact(sql, 'claim-out', JSON.stringify({ id, at: now, feeds } satisfies ClaimOut));
  return claimed.feeds;
}

/** Answer to a request to poll a feed now. */
export type PollNowResult =
  | { readonly kind: 'due' }
  /** Polled too recently, or its publisher asked for a delay. */
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'unknown' };

/**
 * Makes a feed due at the next tick, as a conditional request. Never more often than the floor, and not while its
 * publisher asked for a delay (politeness P39).
 */
export function pollNow(
  sql: Sql,
  feed: FeedConfig | undefined,
  { now, floorMs }: { now: EpochMs; floorMs: number },
): PollNowResult {
  if (feed === undefined || feed.paused) return { kind: 'unknown' };
  const paces = readPaces(sql);
  const pace = paces[feed.id];
  if (pace === undefined || pace.next <= now) return { kind: 'due' };
  if (pace.state === 'gone') return { kind: 'unknown' };
  const last = readRecords(sql)[feed.id]?.last ?? null;
  const free = (last?.at ?? 0) + floorMs;
  if (pace.state === 'slow' || pace.claim !== null) return { kind: 'wait', waitMs: pace.next - now };
  if (now < free) return { kind: 'wait', waitMs: free - now };
  writePaces(sql, { ...paces, [feed.id]: { ...pace, next: now, wait: 0 } });
  return { kind: 'due' };
}

/** All results of the claim have arrived. */
export function finishClaim(sql: Sql, id: string): void {
  const out = readFact(sql, 'claim-out');
  if (out !== null && (JSON.parse(out) as ClaimOut).id === id) clearFact(sql, 'claim-out');
}

/** What the desk determined about one result. */
export interface Settled {
  readonly result: FeedResult;
  readonly config: FeedConfig;
  readonly newEntries: number;
  readonly gap: boolean;
}

/** A change of a feed's state: reported once. */
export interface Transition {
  readonly feed: FeedId;
  readonly from: FeedState;
  readonly to: FeedState;
}

/** Updates the pace of each result whose claim is still current; a late result is ignored. */
export function settlePaces(
  sql: Sql,
  settled: readonly Settled[],
  { claim, now, floorMs }: { claim: string; now: EpochMs; floorMs: number },
): Transition[] {
  const paces: Record<FeedId, Pace> = { ...readPaces(sql) };
  const transitions: Transition[] = [];
  for (const { result, config, newEntries, gap } of settled) {
    const pace = paces[result.feed] ?? newPace(config.url);
    if (pace.claim !== claim) continue;
    const outcome = result.outcome.kind === 'fresh' ? { ...result.outcome, newEntries } : result.outcome;
    const next = paceAfter(pace, outcome, {
      hints: { headers: result.headers, document: result.document },
      limits: { everyMs: config.everyMs, floorMs },
      now: now + result.lateMs,
      seed: (hash53(`${result.feed} ${now}`) % 1000) / 1000,
      gap,
    });
    const good = outcome.kind === 'fresh' || outcome.kind === 'unchanged';
    paces[result.feed] = good ? { ...next, moved: movedAfter(pace.moved, result.movedTo, now) } : next;
    if (next.state !== pace.state) transitions.push({ feed: result.feed, from: pace.state, to: next.state });
    if (outcome.kind === 'throttled')
      logHostDelay(result.feed, {
        until: next.next,
        now,
        delayed: delayHost(paces, { config, until: next.next, now }),
      });
  }
  writePaces(sql, paces);
  writeRecords(sql, settled, now);
  return transitions;
}

function readRecords(sql: Sql): { readonly [feed: FeedId]: FeedRecord } {
  const rows = sql.exec<{ data: string }>('SELECT data FROM record WHERE shard = ?', SHARD).toArray();
  return rows[0] === undefined ? {} : (JSON.parse(rows[0].data) as { [feed: FeedId]: FeedRecord });
}

/** One row for all feeds: a row for each would use up the day's quota. */
function writeRecords(sql: Sql, settled: readonly Settled[], now: EpochMs): void {
  const records = { ...readRecords(sql) };
  for (const { result, newEntries, gap } of settled) {
    const before = records[result.feed] ?? NO_RECORD;
    records[result.feed] = recordAfter(before, result, { newEntries, gap, now: now + result.lateMs });
  }
  sql.exec('INSERT OR REPLACE INTO record (shard, data) VALUES (?, ?)', SHARD, JSON.stringify(records));
}

/** HTTP 429 applies to the whole host: its other feeds wait, too, up to HOST_DELAY_MS_MAX. @returns how many wait */
function delayHost(
  paces: Record<FeedId, Pace>,
  { config, until, now }: { config: FeedConfig; until: EpochMs; now: EpochMs },
): number {
  const host = hostOf(config.url);
  const end = Math.min(until, now + HOST_DELAY_MS_MAX);
  let delayed = 0;
  for (const [feed, pace] of Object.entries(paces)) {
    if (hostOf(pace.url) !== host || pace.next >= end) continue;
    paces[feed] = { ...pace, next: end, wait: end - now };
    delayed++;
  }
  return delayed;
}

function logHostDelay(
  feed: FeedId,
  { until, now, delayed }: { until: EpochMs; now: EpochMs; delayed: number },
): void {
  const minutes = Math.round((until - now) / MINUTE_MS);
  const others = delayed === 0 ? '' : `; ${counted(delayed, 'other feed')} of its host will wait, too`;
  log('warn', `feed ${feed}`, `asked for a delay: next poll in ${counted(minutes, 'minute')}${others}`);
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
