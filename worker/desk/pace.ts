/** Paces in one row a shard: claims are taken from it, results come back to it. */

import type { Config, FeedConfig } from '../../lib/model/config.ts';
import type { EpochMs, FeedId } from '../../lib/model/flavor.ts';
import { TICK_REQUESTS_MAX } from '../../lib/model/limits.ts';
import type { FeedResult } from '../../lib/poll/batch.ts';
import { type ClaimOut, claimDue, type Paces } from '../../lib/poll/claim.ts';
import { NEW_PACE, type Pace, paceAfter } from '../../lib/poll/schedule.ts';
import { hash53 } from '../../lib/text/hash.ts';
import { clearFact, readFact, writeFact } from './meta.ts';

const SHARD = '0';

export function readPaces(sql: SqlStorage): Paces {
  const rows = sql.exec<{ data: string }>('SELECT data FROM pace WHERE shard = ?', SHARD).toArray();
  return rows[0] === undefined ? {} : (JSON.parse(rows[0].data) as Paces);
}

function writePaces(sql: SqlStorage, paces: Paces): void {
  sql.exec('INSERT OR REPLACE INTO pace (shard, data) VALUES (?, ?)', SHARD, JSON.stringify(paces));
}

/** Feeds due at `now`, now claimed under `id`. Writes only when there are any. */
export function takeClaim(
  sql: SqlStorage,
  config: Config,
  { id, now, floorMs }: { id: string; now: EpochMs; floorMs: number },
): readonly FeedId[] {
  const before = readFact(sql, 'claim-out');
  const claimed = claimDue(config.feeds, readPaces(sql), {
    id,
    now,
    floorMs,
    before: before === null ? null : (JSON.parse(before) as ClaimOut),
    cap: Number(readFact(sql, 'claim-cap') ?? TICK_REQUESTS_MAX),
  });
  if (claimed.feeds.length === 0) return [];
  writePaces(sql, claimed.paces);
  writeFact(sql, 'claim-cap', claimed.cap);
  writeFact(sql, 'claim-out', JSON.stringify({ id, at: now, feeds: claimed.feeds } satisfies ClaimOut));
  return claimed.feeds;
}

/** The claim came back whole. */
export function finishClaim(sql: SqlStorage, id: string): void {
  const out = readFact(sql, 'claim-out');
  if (out !== null && (JSON.parse(out) as ClaimOut).id === id) clearFact(sql, 'claim-out');
}

/** What the desk found out about one result. */
export interface Settled {
  readonly result: FeedResult;
  readonly config: FeedConfig;
  readonly newEntries: number;
}

/** Refines the pace of each result whose claim still holds; a late one keeps what is there. */
export function settlePaces(
  sql: SqlStorage,
  settled: readonly Settled[],
  { claim, now, floorMs }: { claim: string; now: EpochMs; floorMs: number },
): void {
  const paces: Record<FeedId, Pace> = { ...readPaces(sql) };
  for (const { result, config, newEntries } of settled) {
    const pace = paces[result.feed] ?? NEW_PACE;
    if (pace.claim !== claim) continue;
    const outcome = result.outcome.kind === 'fresh' ? { ...result.outcome, newEntries } : result.outcome;
    const next = paceAfter(pace, outcome, {
      hints: { headers: result.headers, document: result.document },
      limits: { everyMs: config.everyMs, floorMs },
      now,
      seed: (hash53(`${result.feed} ${now}`) % 1000) / 1000,
    });
    paces[result.feed] = next;
    if (outcome.kind === 'throttled') holdHost(paces, config, next.next);
  }
  writePaces(sql, paces);
}

/** 429 speaks for the whole host: its other feeds wait as long. */
function holdHost(paces: Record<FeedId, Pace>, config: FeedConfig, until: EpochMs): void {
  const host = hostOf(config.url);
  for (const [feed, pace] of Object.entries(paces)) {
    if (hostOf(feed) === host && pace.next < until)
      paces[feed] = { ...pace, next: until, wait: pace.wait + until - pace.next };
  }
}

/** Of an address, or of a feed's id, which is its address without the scheme unless the owner named it. */
function hostOf(address: string): string {
  return address.replace(/^[a-z]+:\/\//i, '').split(/[/?#]/, 1)[0] ?? '';
}
