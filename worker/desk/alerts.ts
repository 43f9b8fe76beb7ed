/** From judged entries to rows of the outbox: each (entry, rule) pair is handled once. */
import { isTooOld, type Matched, route } from '../../lib/alert/decide.ts';
import type { DigestReason } from '../../lib/model/alert.ts';
import type { Config, FeedConfig } from '../../lib/model/config.ts';
import type { EpochMs, Hash53 } from '../../lib/model/flavor.ts';
import { HANDLED_KEPT_MS } from '../../lib/model/limits.ts';
import type { JudgedFeed } from './entries.ts';
import { enqueue } from './outbox.ts';

/** Must run inside the transaction of its batch. @returns how many deliveries were enqueued */
export function tellFeed(
  sql: SqlStorage,
  judged: JudgedFeed,
  context: { config: Config; feed: FeedConfig; now: EpochMs; wall: EpochMs },
): number {
  const { feed, now } = context;
  const rules = new Map(context.config.rules.map((rule) => [rule.id, rule]));
  const told: Matched[] = [];
  for (const { polled, verdict, pairKeys } of judged.entries) {
    if (verdict === 'known') continue;
    for (const match of polled.matches) {
      const rule = rules.get(match.rule);
      // Removed while the poll was on its way: nobody waits for it.
      if (rule === undefined) continue;
      if (!markHandled(sql, rule.id, pairKeys, now)) continue;
      const { published } = polled.entry;
      const silent = judged.baseline
        ? feed.backfillMs === null || published === null || now - published > feed.backfillMs
        : isTooOld(published, rule.where.maxAgeMs ?? feed.maxAgeMs, now);
      if (!silent) told.push({ rule, entry: polled.entry, match });
    }
  }
  return enqueue(sql, route(newestFirst(told), { digest: digestReason(judged), now }), context.wall);
}

function digestReason(judged: JudgedFeed): DigestReason | null {
  if (judged.baseline) return 'backfill';
  return judged.churn ? 'flood' : null;
}

/** Digests are read from the top. */
function newestFirst(told: readonly Matched[]): Matched[] {
  return told.toSorted((a, b) => (b.entry.published ?? 0) - (a.entry.published ?? 0));
}

/** @returns false when the rule has handled an entry with one of these keys before */
export function markHandled(sql: SqlStorage, rule: string, keys: readonly Hash53[], now: EpochMs): boolean {
  let fresh = true;
  for (const key of keys) {
    const known =
      sql.exec('SELECT 1 FROM handled WHERE rule = ? AND key = ?', rule, key).toArray().length > 0;
    if (known) fresh = false;
  }
  for (const key of keys) {
    sql.exec('INSERT OR IGNORE INTO handled (rule, key, at) VALUES (?, ?, ?)', rule, key, now);
  }
  return fresh;
}

export function pruneHandled(sql: SqlStorage, now: EpochMs): void {
  sql.exec('DELETE FROM handled WHERE at < ?', now - HANDLED_KEPT_MS);
}
