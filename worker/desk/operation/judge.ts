/** Judges one feed's window against its known keys and stores the changes. */

import { type EntryKeys, feedScoped } from '../../../lib/feed/identity/identity.ts';
import {
  decodeKnown,
  encodeKnown,
  judgeWindow,
  type Known,
  NOTHING_KNOWN,
  type Verdict,
} from '../../../lib/feed/identity/known.ts';
import type { EpochMs, FeedId, Hash53 } from '../../../lib/model/flavor.ts';
import type { FeedResult, PolledEntry } from '../../../lib/poll/batch.ts';
import { hash53 } from '../../../lib/text/hash.ts';
import type { Sql } from '../table/sql.ts';

/** A window compared with what the feed listed before. */
export interface JudgedFeed {
  /** First complete poll of the feed: entries are recorded without alerts. */
  readonly baseline: boolean;
  readonly churn: boolean;
  readonly gap: boolean;
  readonly entries: readonly JudgedEntry[];
  readonly newEntries: number;
}

/** An entry of a judged window. */
export interface JudgedEntry {
  readonly polled: PolledEntry;
  readonly verdict: Verdict;
  /** Keys that identify an (entry, rule) pair: scoped to this feed, or the page's address for all feeds. */
  readonly pairKeys: readonly Hash53[];
}

/** The window names entries that the desk does not know: the poller must send it in full. */
export interface Unaccounted {
  readonly baseline: null;
}

/** Must run inside the transaction of its batch. */
export function judgeFeed(
  sql: Sql,
  result: FeedResult & { readonly window: readonly Hash53[] },
  now: EpochMs,
): JudgedFeed | Unaccounted {
  const before = readKnown(sql, result.feed);
  // A truncated document lists too few entries: as a baseline it would make the missing ones look new.
  if (before === null && !result.complete)
    return { baseline: true, churn: false, gap: false, entries: [], newEntries: 0 };
  const keyed = result.entries.map(({ keyed }) => keyed);
  const judgement = judgeWindow(before ?? NOTHING_KNOWN, result.window, keyed, now);
  if (judgement.unknownFingerprints > 0) return { baseline: null };
  writeKnown(sql, result.feed, judgement.known);
  const feedHash = hash53(result.feed);
  const entries = result.entries.map((polled, i) => ({
    polled: identified(polled, { feedHash, voided: judgement.known.voided }),
    verdict: judgement.verdicts[i] ?? 'known',
    pairKeys: pairKeys(feedHash, polled.keyed.keys, judgement.known.voided),
  }));
  return {
    baseline: before === null,
    churn: judgement.churn,
    gap: judgement.gap,
    entries,
    newEntries: entries.filter(({ verdict }) => verdict === 'new').length,
  };
}

/**
 * An entry's id is derived from its guid, or else its address. Where several entries share that key, the id is derived
 * from all keys: two entries with one id would become one story, and the second alert would count as already sent.
 */
function identified(
  polled: PolledEntry,
  { feedHash, voided }: { feedHash: Hash53; voided: ReadonlySet<Hash53> },
): PolledEntry {
  const { guid, link, anchor, title } = polled.keyed.keys;
  if (!voided.has(guid === 0 ? link : guid)) return polled;
  const id = `e_${hash53([feedHash, guid, link, anchor, title].join('/')).toString(36)}`;
  return { ...polled, entry: { ...polled.entry, id } };
}

function pairKeys(feed: Hash53, keys: EntryKeys, voided: ReadonlySet<Hash53>): Hash53[] {
  const usable = (key: Hash53): boolean => key !== 0 && !voided.has(key);
  const own = [keys.guid, keys.anchor].filter(usable).map((key) => feedScoped(feed, key));
  const page = usable(keys.link) ? [keys.link] : [];
  const all = [...own, ...page];
  return all.length > 0 ? all : [feedScoped(feed, keys.title)];
}

/** null: the feed was never read, not even as an empty feed. */
function readKnown(sql: Sql, feed: FeedId): Known | null {
  const row = sql.exec<{ data: ArrayBuffer }>('SELECT data FROM known WHERE feed = ?', feed).toArray()[0];
  return row === undefined ? null : decodeKnown(new Float64Array(row.data));
}

function writeKnown(sql: Sql, feed: FeedId, known: Known): void {
  sql.exec(
    'INSERT OR REPLACE INTO known (feed, data) VALUES (?, ?)',
    feed,
    encodeKnown(known).buffer as ArrayBuffer,
  );
}
