/** Judges one feed's window against its known keys, and stores what changed. */
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

export interface JudgedFeed {
  /** First sight of the feed: recorded, not told. */
  readonly baseline: boolean;
  readonly churn: boolean;
  readonly gap: boolean;
  readonly entries: readonly JudgedEntry[];
  readonly newEntries: number;
}

export interface JudgedEntry {
  readonly polled: PolledEntry;
  readonly verdict: Verdict;
  /** Keys under which an (entry, rule) pair is remembered: of this feed, and its page's address for all feeds. */
  readonly pairKeys: readonly Hash53[];
}

/** A window that names entries nobody here knows: the poller must send it in full. */
export interface Unaccounted {
  readonly baseline: null;
}

/** Must run inside the transaction of its batch. */
export function judgeFeed(
  sql: SqlStorage,
  result: FeedResult & { readonly window: readonly Hash53[] },
  now: EpochMs,
): JudgedFeed | Unaccounted {
  const before = readKnown(sql, result.feed);
  // A cut document lists too little: as a baseline it would make news of the rest.
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
 * An entry's id is made of its guid, or else its address. Where several entries share that, it is made of all keys:
 * two entries under one id would be one story, and the second one's alert would be taken for the first one's.
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

/** null: never read, not even as an empty feed. */
function readKnown(sql: SqlStorage, feed: FeedId): Known | null {
  const row = sql.exec<{ data: ArrayBuffer }>('SELECT data FROM known WHERE feed = ?', feed).toArray()[0];
  return row === undefined ? null : decodeKnown(new Float64Array(row.data));
}

function writeKnown(sql: SqlStorage, feed: FeedId, known: Known): void {
  sql.exec(
    'INSERT OR REPLACE INTO known (feed, data) VALUES (?, ?)',
    feed,
    encodeKnown(known).buffer as ArrayBuffer,
  );
}
