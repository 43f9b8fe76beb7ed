/** From judged entries to rows of the outbox: each (entry, rule) pair is handled once. */
import { isTooOld, type Matched, route } from '../../lib/alert/decide.ts';
import type { DigestReason } from '../../lib/model/alert.ts';
import type { Config, FeedConfig } from '../../lib/model/config.ts';
import type { EpochMs, Hash53 } from '../../lib/model/flavor.ts';
import { HANDLED_KEPT_MS } from '../../lib/model/limits.ts';
import { log } from '../log.ts';
import type { JudgedFeed } from './entries.ts';
import { enqueue } from './outbox.ts';

export interface TellContext {
  readonly config: Config;
  readonly feed: FeedConfig;
  /** When the feed was first asked for. */
  readonly since: EpochMs | null;
  readonly now: EpochMs;
  readonly wall: EpochMs;
}

/** Must run inside the transaction of its batch. @returns how many deliveries were enqueued */
export function tellFeed(sql: SqlStorage, judged: JudgedFeed, context: TellContext): number {
  const { feed, now } = context;
  const fresh = freshMatches(sql, judged, context);
  const told = fresh.filter(({ rule, entry }) =>
    judged.baseline
      ? isNewsAtFirstSight(entry.published, context)
      : !isTooOld(entry.published, rule.where.maxAgeMs ?? feed.maxAgeMs, now),
  );
  if (!judged.baseline && told.length < fresh.length) {
    const count = fresh.length - told.length;
    log('info', `feed ${feed.id}`, `${count} new matches are dated too long ago to be told (max_age)`);
  }
  return enqueue(sql, route(newestFirst(told), { digest: digestReason(judged, context), now }), context.wall);
}

/** Matches of new or changed entries, each (entry, rule) pair for the first time; from here on it is handled. */
function freshMatches(sql: SqlStorage, judged: JudgedFeed, { config, now }: TellContext): Matched[] {
  const rules = new Map(config.rules.map((rule) => [rule.id, rule]));
  return judged.entries
    .filter(({ verdict }) => verdict !== 'known')
    .flatMap(({ polled, pairKeys }) =>
      polled.matches.flatMap((match) => {
        const rule = rules.get(match.rule);
        // Removed while the poll was on its way: nobody waits for it.
        if (rule === undefined || !markHandled(sql, rule.id, pairKeys, now)) return [];
        return [{ rule, entry: polled.entry, match }];
      }),
    );
}

/** First sight tells nothing, but what the owner asked for, and what came out while the feed could not be read. */
function isNewsAtFirstSight(published: EpochMs | null, { feed, since, now }: TellContext): boolean {
  if (published === null) return false;
  if (feed.backfillMs !== null && now - published <= feed.backfillMs) return true;
  return since !== null && since < now && published > since && published <= now;
}

function digestReason(judged: JudgedFeed, { feed }: TellContext): DigestReason | null {
  if (judged.baseline) return feed.backfillMs === null ? null : 'backfill';
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
