/** Applies a batch of polled feeds: known keys, archive, alerts and pace. The caller opens the transaction. */

import type { Wording } from '../../../lib/alert/compose.ts';
import type { RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs, FeedId } from '../../../lib/model/flavor.ts';
import { KV_WRITES_BURST, KV_WRITES_PER_DAY_MAX } from '../../../lib/model/limits.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import type { Accepted, FeedResult, PollBatch } from '../../../lib/poll/batch.ts';
import { log } from '../../log.ts';
import { archive } from '../table/archive.ts';
import { readFact, readNumber, writeFact } from '../table/facts.ts';
import { askedSince, finishClaim, type Settled, settlePaces, type Transition } from '../table/pace.ts';
import type { Sql } from '../table/sql.ts';
import { alertOnFeed } from './alerts.ts';
import { judgeFeed } from './judge.ts';
import { onFeedTransitions } from './ops.ts';
import { RuleStories } from './rule-stories.ts';

export function acceptBatch(
  sql: Sql,
  batch: PollBatch,
  {
    config,
    wording,
    floorMs,
    wall,
  }: { config: RunningConfig; wording: Wording; floorMs: number; wall: EpochMs },
): Omit<Accepted, 'desk' | 'epoch'> {
  const { claim } = batch;
  const feeds = new Map(config.feeds.map((feed) => [feed.id, feed]));
  const stories = new RuleStories(sql, wording.names, config.families);
  const settled: Settled[] = [];
  const resend: FeedId[] = [];
  for (const result of batch.results) {
    const feed = feeds.get(result.feed);
    // The feed was removed from the configuration during the poll: its result is ignored.
    if (feed === undefined) continue;
    const judged = hasWindow(result)
      ? acceptFeed(sql, result, {
          config,
          wording,
          stories,
          feed,
          since: askedSince(sql, feed.id),
          now: claim.at,
          wall,
        })
      : NOTHING_NEW;
    if (judged === null) resend.push(feed.id);
    settled.push({ result, config: feed, ...(judged ?? NOTHING_NEW) });
  }
  const transitions = settlePaces(sql, settled, { claim: claim.id, now: claim.at, floorMs });
  transitions.forEach(logTransition);
  onFeedTransitions(sql, transitions, { config, wall });
  if (batch.last) finishClaim(sql, claim.id);
  if (batch.results.some(hasWindow)) writeFact(sql, 'epoch', readNumber(sql, 'epoch') + 1);
  return { mayWriteSeen: batch.last && takeSeenWrite(sql, batch), resend };
}

function hasWindow(result: FeedResult): result is FeedResult & { readonly window: readonly number[] } {
  return result.window !== null;
}

const NOTHING_NEW = { newEntries: 0, gap: false };

/** One log line for each change of a feed's state. */
function logTransition({ feed, from, to }: Transition): void {
  if (from === 'new' && to === 'ok') return;
  if (to === 'ok') {
    log('info', `feed ${feed}`, `recovered (was ${from})`);
    return;
  }
  const meaning = to === 'gone' ? ': HTTP 410, polling stopped' : '';
  log('warn', `feed ${feed}`, `became ${to} (was ${from})${meaning}`);
}

/** @returns null when the poller must send the window again in full */
function acceptFeed(
  sql: Sql,
  result: FeedResult & { readonly window: readonly number[] },
  context: Parameters<typeof alertOnFeed>[2],
): { newEntries: number; gap: boolean } | null {
  const judged = judgeFeed(sql, result, context.now);
  if (judged.baseline === null) return null;
  archive(
    sql,
    judged.entries
      .filter(({ verdict }) => verdict !== 'known')
      .map(({ polled, pairKeys }) => ({ seen: context.now, keys: pairKeys, entry: polled.entry })),
  );
  alertOnFeed(sql, judged, context);
  if (judged.churn) log('warn', `feed ${result.feed}`, 'changed the ids of its entries');
  if (judged.gap)
    log(
      'warn',
      `feed ${result.feed}`,
      'listed none of its earlier entries: some entries may have been missed',
    );
  return { newEntries: judged.newEntries, gap: judged.gap };
}

/** Spreads KV writes over the day (UTC), so that a busy morning does not use up the evening's quota. */
function takeSeenWrite(sql: Sql, batch: PollBatch): boolean {
  const { at, deliveredIds } = batch.claim;
  const today = Math.floor(at / DAY_MS);
  const [day, count] = (readFact(sql, 'kv-writes') ?? '0 0').split(' ').map(Number);
  const writes = day === today ? (count ?? 0) : 0;
  const allowed = KV_WRITES_BURST + (KV_WRITES_PER_DAY_MAX * (at - today * DAY_MS)) / DAY_MS;
  if (writes >= Math.min(allowed, KV_WRITES_PER_DAY_MAX)) return false;
  writeFact(sql, 'kv-writes', `${today} ${writes + 1}`);
  if (deliveredIds !== null) writeFact(sql, 'delivered-ids-written', deliveredIds.mark);
  return true;
}
