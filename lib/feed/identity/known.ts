/**
 * What is new in a window? Holds the keys of every entry a feed has listed and judges each window against them.
 * Pure: the desk stores the bytes and applies the verdicts in one transaction.
 */

import type { EpochMs, Hash53 } from '../../model/flavor.ts';
import { CHURN_WINDOW_MIN, KNOWN_ENTRIES_MAX, KNOWN_UNLISTED_DAYS } from '../../model/limits.ts';
import { DAY_MS } from '../../model/time.ts';
import type { EntryKeys, KeyedEntry } from './identity.ts';

/** One entry once listed. `listed` is the day (since 1970) on which a window last held it. */
export interface KnownEntry {
  readonly fingerprint: Hash53;
  readonly keys: EntryKeys;
  readonly text: Hash53;
  readonly listed: number;
}

export interface Known {
  readonly entries: readonly KnownEntry[];
  /** Key values shared by two entries of one window: they tell nothing apart in this feed. */
  readonly voided: ReadonlySet<Hash53>;
}

export const NOTHING_KNOWN: Known = { entries: [], voided: new Set() };

export type Verdict = 'new' | 'edited' | 'known';

export interface Judgement {
  /** One for each entry that was given, in order. */
  readonly verdicts: readonly Verdict[];
  /** The publisher changed its guids: most of the window is new by guid and known by link or title. */
  readonly churn: boolean;
  /** No entry of the window was known before, though others were: entries may have passed unseen. */
  readonly gap: boolean;
  /** Fingerprints of the window that nobody here can account for: the poller must send the full window. */
  readonly unknownFingerprints: number;
  readonly known: Known;
}

/**
 * @param window fingerprints of all entries listed now, in document order
 * @param entries the listed entries whose fingerprint the poller did not know, any order
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
      // Two copies of one entry in one window are one entry.
      addToIndex(index, next, voided);
      continue;
    }
    recognised++;
    verdicts.push(match.text === entry.text ? 'known' : 'edited');
    // A second entry of the window that is taken for the same one keeps keys of its own: overwriting would forget some.
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

/** Title counts only where the entry has neither guid nor link that means anything, or in churn. */
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

/** Keys that two different entries of one window share. Identical triples are one entry listed twice. */
function sharedKeys(listed: readonly KeyedEntry[]): Set<Hash53> {
  const distinct = new Map(
    listed.map((entry) => [KINDS.map((kind) => entry.keys[kind]).join('/'), entry.keys]),
  );
  const once = new Set<Hash53>();
  const shared = new Set<Hash53>();
  for (const keys of distinct.values()) {
    // Each value once: a guid that is the link's address is the same key twice in one entry, not one of two entries.
    for (const key of new Set([keys.guid, keys.link, keys.anchor])) {
      if (key === 0) continue;
      if (once.has(key)) shared.add(key);
      once.add(key);
    }
  }
  return shared;
}

/**
 * Guids that stand for another entry than before: seen in the wild as positions in the list, or one constant guid for
 * "the latest". An edit keeps the link or the title; where most of the window kept neither, guids tell nothing.
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

function isChurn(listed: readonly KeyedEntry[], index: KeyIndex, voided: ReadonlySet<Hash53>): boolean {
  const moved = listed.filter((entry) => isMoved(entry, index, voided)).length;
  if (listed.length >= CHURN_WINDOW_MIN) return moved * 2 > listed.length;
  // In a short list the same title on one day may be two entries: only if nothing at all was known again, and every
  // text is the same to the letter.
  return (
    listed.length > 0 && listed.every((entry) => isUnkeyed(entry, index, voided) && sameText(entry, index))
  );
}

/** Neither guid nor link is known, and there is one of them. */
function isUnkeyed({ keys }: KeyedEntry, index: KeyIndex, voided: ReadonlySet<Hash53>): boolean {
  const usable = (key: Hash53): boolean => key !== 0 && !voided.has(key);
  if (!usable(keys.guid) && !usable(keys.link)) return false;
  return !index.guid.has(keys.guid) && !index.link.has(keys.link);
}

/** Its guid, or its link where it has none, is unknown; its link or its title is known. */
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

/** New keys replace old ones; a key that is missing now, or void, keeps its old value. */
function mergedKeys(before: EntryKeys, after: EntryKeys, voided: ReadonlySet<Hash53>): EntryKeys {
  const pick = (kind: KeyKind): Hash53 =>
    after[kind] === 0 || (voided.has(after[kind]) && before[kind] !== 0) ? before[kind] : after[kind];
  return { guid: pick('guid'), link: pick('link'), anchor: pick('anchor'), title: pick('title') };
}

/** Everything listed now, and what was listed within KNOWN_UNLISTED_DAYS; the longest unlisted go first. */
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

/** Void keys are few; a feed that makes many only loses the oldest. */
function capped(voided: ReadonlySet<Hash53>): ReadonlySet<Hash53> {
  return voided.size <= VOIDED_MAX ? voided : new Set([...voided].slice(voided.size - VOIDED_MAX));
}
const VOIDED_MAX = 2_000;

// ---- bytes: version, number of void keys, void keys, then COLUMNS numbers for each entry
const VERSION = 1;
const COLUMNS = 7;

/** For one row of the desk. Little-endian doubles: hashes of 53 bits are exact in them. */
export function encodeKnown(known: Known): Float64Array {
  const head = 2 + known.voided.size;
  const data = new Float64Array(head + known.entries.length * COLUMNS);
  data.set([VERSION, known.voided.size, ...known.voided]);
  known.entries.forEach(({ fingerprint, keys, text, listed }, i) => {
    data.set([fingerprint, keys.guid, keys.link, keys.anchor, keys.title, text, listed], head + i * COLUMNS);
  });
  return data;
}

/** Throws on another version: a bug, or a row of newer code. */
export function decodeKnown(data: Float64Array): Known {
  const [version, voids = 0] = data;
  if (version !== VERSION) throw new Error(`known keys of version ${version}, expected ${VERSION}`);
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
