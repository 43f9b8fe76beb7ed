/**
 * Decides which entries of a window are new. Keeps the keys of every entry that a feed has listed and compares each window
 * with them. Pure: the desk stores the bytes and applies the verdicts in one transaction.
 */

import type { EpochMs, Hash53 } from '../../model/flavor.ts';
import { CHURN_WINDOW_MIN, KNOWN_ENTRIES_MAX, KNOWN_UNLISTED_DAYS } from '../../model/limits.ts';
import { DAY_MS } from '../../model/time.ts';
import type { EntryKeys, KeyedEntry } from './identity.ts';

/** An entry that was listed. `listed`: last day (since 1970) on which a window contained it. */
export interface KnownEntry {
  readonly fingerprint: Hash53;
  readonly keys: EntryKeys;
  readonly text: Hash53;
  readonly listed: number;
}

/**
 * All that is remembered of one feed.
 *
 * An entry is recognised by its guid, then by its link with fragment, then by its link. The title is the last resort,
 * because titles recur. Keys that turn out to be shared or reused are void and ignored from then on.
 */
export interface Known {
  readonly entries: readonly KnownEntry[];
  /** Key values that two entries of one window share: they do not identify an entry in this feed. */
  readonly voided: ReadonlySet<Hash53>;
}

/** State of a feed that was never read. */
export const NOTHING_KNOWN: Known = { entries: [], voided: new Set() };

/** `edited`: known, with another text. */
export type Verdict = 'new' | 'edited' | 'known';

/** Result of comparing a window with what is known. */
export interface Judgement {
  /** One for each given entry, in the same order. */
  readonly verdicts: readonly Verdict[];
  /** The publisher changed its guids: most of the window is new by guid and known by link or title. */
  readonly churn: boolean;
  /** No entry of the window was known, although earlier windows had entries: some may have been missed. */
  readonly gap: boolean;
  /** Number of fingerprints that neither side knows: the poller must send the whole window. */
  readonly unknownFingerprints: number;
  /** What to remember after this window. */
  readonly known: Known;
}

/**
 * Compares a window with what is known of its feed.
 *
 * @param window fingerprints of all listed entries, in document order
 * @param entries listed entries whose fingerprint the poller did not know, in any order
 * @param now tick time; only its day is used
 */
export function judgeWindow(
  known: Known,
  window: readonly Hash53[],
  entries: readonly KeyedEntry[],
  now: EpochMs,
): Judgement {
  const today = Math.floor(now / DAY_MS);
  const byFingerprint = new Map(known.entries.map((entry) => [entry.fingerprint, entry]));
  const given = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const listed: KeyedEntry[] = [];
  let unknownFingerprints = 0;
  let recognised = 0;
  for (const fingerprint of new Set(window)) {
    const entry = given.get(fingerprint) ?? byFingerprint.get(fingerprint);
    if (entry === undefined) unknownFingerprints++;
    else listed.push(entry);
    if (byFingerprint.has(fingerprint)) recognised++;
  }
  const voided = new Set([...known.voided, ...sharedKeys(listed)]);
  for (const guid of reusedGuids(listed, keyIndex(known.entries, voided))) voided.add(guid);
  const index = keyIndex(known.entries, voided);
  const churn = isChurn(listed, index, voided);
  const verdicts: Verdict[] = [];
  const touched = new Map<KnownEntry, KnownEntry>();
  const added: KnownEntry[] = [];
  for (const entry of entries) {
    const match = find(index, entry.keys, voided, churn);
    const next: KnownEntry = { ...entry, listed: today };
    if (match === null) {
      verdicts.push('new');
      added.push(next);
      // Two copies of an entry in one window count as one.
      addToIndex(index, next, voided);
      continue;
    }
    recognised++;
    verdicts.push(match.text === entry.text ? 'known' : 'edited');
    // A second entry of the window that matches the same known one is kept separately: overwriting would lose keys.
    if (touched.has(match)) added.push(next);
    else touched.set(match, { ...next, keys: mergedKeys(match.keys, entry.keys, voided) });
  }
  return {
    verdicts,
    churn,
    gap: recognised === 0 && known.entries.length > 0 && window.length > 0,
    unknownFingerprints,
    known: {
      entries: remembered(known.entries, touched, added, new Set(window), today),
      voided: capped(voided),
    },
  };
}

type KeyKind = keyof EntryKeys;
const KINDS: readonly KeyKind[] = ['guid', 'link', 'anchor', 'title'];
type KeyIndex = Record<KeyKind, Map<Hash53, KnownEntry>>;

/** Known entries by each of their keys. */
function keyIndex(entries: readonly KnownEntry[], voided: ReadonlySet<Hash53>): KeyIndex {
  const index: KeyIndex = { guid: new Map(), link: new Map(), anchor: new Map(), title: new Map() };
  for (const entry of entries) addToIndex(index, entry, voided);
  return index;
}

function addToIndex(index: KeyIndex, entry: KnownEntry, voided: ReadonlySet<Hash53>): void {
  for (const kind of KINDS) {
    const key = entry.keys[kind];
    if (key !== 0 && !voided.has(key)) index[kind].set(key, entry);
  }
}

/** The title is used only if the entry has no usable guid and link, or in churn. */
function find(
  index: KeyIndex,
  keys: EntryKeys,
  voided: ReadonlySet<Hash53>,
  churn: boolean,
): KnownEntry | null {
  const usable = (kind: KeyKind): boolean => keys[kind] !== 0 && !voided.has(keys[kind]);
  for (const kind of ['guid', 'anchor', 'link'] as const) {
    const match = usable(kind) ? index[kind].get(keys[kind]) : undefined;
    if (match !== undefined) return match;
  }
  const bare = !usable('guid') && !usable('link') && !usable('anchor');
  if (!bare && !churn) return null;
  return index.title.get(keys.title) ?? null;
}

/** Keys that different entries of one window share. Entries with equal keys are one entry listed twice. */
function sharedKeys(listed: readonly KeyedEntry[]): Set<Hash53> {
  const distinct = new Map(
    listed.map((entry) => [KINDS.map((kind) => entry.keys[kind]).join('/'), entry.keys]),
  );
  const once = new Set<Hash53>();
  const shared = new Set<Hash53>();
  for (const keys of distinct.values()) {
    // Each value once per entry: a guid may be the address of the link.
    for (const key of new Set([keys.guid, keys.link, keys.anchor])) {
      if (key === 0) continue;
      if (once.has(key)) shared.add(key);
      once.add(key);
    }
  }
  return shared;
}

/**
 * Guids that now belong to another entry. Some publishers use positions in the list as guids, or one constant guid for "the
 * latest". An edit keeps link or title; if most of the window kept neither, its guids identify nothing.
 */
function reusedGuids(listed: readonly KeyedEntry[], index: KeyIndex): Hash53[] {
  const matched = listed.flatMap(({ keys }) => {
    const before = index.guid.get(keys.guid);
    return before === undefined ? [] : [{ keys, before: before.keys }];
  });
  const replaced = matched.filter(
    ({ keys, before }) => differs(keys.link, before.link) && differs(keys.title, before.title),
  );
  return replaced.length * 2 > matched.length ? matched.map(({ keys }) => keys.guid) : [];
}

function differs(a: Hash53, b: Hash53): boolean {
  return a !== 0 && b !== 0 && a !== b;
}

/** Whether more than half of a window has moved to new keys. */
function isChurn(listed: readonly KeyedEntry[], index: KeyIndex, voided: ReadonlySet<Hash53>): boolean {
  const moved = listed.filter((entry) => isMoved(entry, index, voided)).length;
  if (listed.length >= CHURN_WINDOW_MIN) return moved * 2 > listed.length;
  // In a short list, equal titles on one day may be two entries: only if no entry is known by its keys, and every text is
  // identical.
  return (
    listed.length > 0 && listed.every((entry) => isUnkeyed(entry, index, voided) && sameText(entry, index))
  );
}

/** Has a guid or link, but neither is known. */
function isUnkeyed({ keys }: KeyedEntry, index: KeyIndex, voided: ReadonlySet<Hash53>): boolean {
  const usable = (key: Hash53): boolean => key !== 0 && !voided.has(key);
  if (!usable(keys.guid) && !usable(keys.link)) return false;
  return !index.guid.has(keys.guid) && !index.link.has(keys.link);
}

/** Its guid (or link, if it has no guid) is unknown, and its link or title is known. */
function isMoved({ keys }: KeyedEntry, index: KeyIndex, voided: ReadonlySet<Hash53>): boolean {
  const byTitle = index.title.has(keys.title);
  if (keys.guid === 0)
    return keys.link !== 0 && !voided.has(keys.link) && !index.link.has(keys.link) && byTitle;
  if (voided.has(keys.guid) || index.guid.has(keys.guid)) return false;
  return (!voided.has(keys.link) && index.link.has(keys.link)) || byTitle;
}

function sameText({ keys, text }: KeyedEntry, index: KeyIndex): boolean {
  return index.title.get(keys.title)?.text === text;
}

/** New keys replace old ones; a missing or void key keeps its old value. */
function mergedKeys(before: EntryKeys, after: EntryKeys, voided: ReadonlySet<Hash53>): EntryKeys {
  const pick = (kind: KeyKind): Hash53 =>
    after[kind] === 0 || (voided.has(after[kind]) && before[kind] !== 0) ? before[kind] : after[kind];
  return { guid: pick('guid'), link: pick('link'), anchor: pick('anchor'), title: pick('title') };
}

/** Entries listed now or within KNOWN_UNLISTED_DAYS; beyond KNOWN_ENTRIES_MAX, those unlisted longest are forgotten. */
function remembered(
  before: readonly KnownEntry[],
  touched: ReadonlyMap<KnownEntry, KnownEntry>,
  added: readonly KnownEntry[],
  window: ReadonlySet<Hash53>,
  today: number,
): KnownEntry[] {
  const kept: KnownEntry[] = [];
  for (const entry of before) {
    const next = touched.get(entry) ?? (window.has(entry.fingerprint) ? { ...entry, listed: today } : entry);
    if (today - next.listed <= KNOWN_UNLISTED_DAYS) kept.push(next);
  }
  kept.push(...added);
  if (kept.length <= KNOWN_ENTRIES_MAX) return kept;
  return kept.sort((a, b) => a.listed - b.listed).slice(kept.length - KNOWN_ENTRIES_MAX);
}

/** Limits the void keys; a feed that produces many loses the oldest. */
function capped(voided: ReadonlySet<Hash53>): ReadonlySet<Hash53> {
  return voided.size <= VOIDED_MAX ? voided : new Set([...voided].slice(voided.size - VOIDED_MAX));
}
/** Void keys kept of one feed. */
const VOIDED_MAX = 2_000;

// ---- bytes: version, number of void keys, void keys, then COLUMNS numbers for each entry
const VERSION = 1;
/** fingerprint, guid, link, anchor, title, text, listed. */
const COLUMNS = 7;

/** Encodes for one row of the desk, as little-endian doubles, which represent 53-bit hashes exactly. */
export function encodeKnown(known: Known): Float64Array {
  const head = 2 + known.voided.size;
  const data = new Float64Array(head + known.entries.length * COLUMNS);
  data.set([VERSION, known.voided.size, ...known.voided]);
  known.entries.forEach(({ fingerprint, keys, text, listed }, i) => {
    data.set([fingerprint, keys.guid, keys.link, keys.anchor, keys.title, text, listed], head + i * COLUMNS);
  });
  return data;
}

/** @throws Error for another version: a bug, or a row of newer code */
export function decodeKnown(data: Float64Array): Known {
  const [version, voids = 0] = data;
  if (version !== VERSION)
    throw new Error(
      `known keys have version ${version}, this code supports ${VERSION}: deploy the newer code again`,
    );
  const entries: KnownEntry[] = [];
  for (let at = 2 + voids; at + COLUMNS <= data.length; at += COLUMNS) {
    const [fingerprint = 0, guid = 0, link = 0, anchor = 0, title = 0, text = 0, listed = 0] = data.subarray(
      at,
      at + COLUMNS,
    );
    entries.push({ fingerprint, keys: { guid, link, anchor, title }, text, listed });
  }
  return { entries, voided: new Set(data.subarray(2, 2 + voids)) };
}
