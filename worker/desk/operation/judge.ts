/** Judges one feed's window against its known keys and stores the changes. */

import {
  decodeKnown,
  encodeKnown,
  judgeWindow,
  type Known,
  NOTHING_KNOWN,
  type Verdict,
} from '../../../lib/feed/identity/known.ts';
import { distinctId, type KeyScope, pairKeys } from '../../../lib/feed/identity/pair.ts';
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
  const scope: KeyScope = { feed: hash53(result.feed), voided: judgement.known.voided };
  const entries = result.entries.map((polled, i) => ({
    polled: identified(polled, scope),
    verdict: judgement.verdicts[i] ?? 'known',
    pairKeys: pairKeys(polled.keyed.keys, scope),
  }));
  return {
    baseline: before === null,
    churn: judgement.churn,
    gap: judgement.gap,
    entries,
    newEntries: entries.filter(({ verdict }) => verdict === 'new').length,
  };
}

/** @returns the entry, under an id of its own if others share the key of its id */
function identified(polled: PolledEntry, scope: KeyScope): PolledEntry {
  const id = distinctId(polled.keyed.keys, scope);
  return id === null ? polled : { ...polled, entry: { ...polled.entry, id } };
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
