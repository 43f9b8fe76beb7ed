/** The archive: pages of entries in order of first sight; each page is one row and is read whole. */

import type { ArchivedEntry, EntryText } from '../../../lib/model/entry.ts';
import type { EpochMs, Hash53 } from '../../../lib/model/flavor.ts';
import { ARCHIVE_ENTRIES_MAX, ARCHIVE_MS_MAX, ARCHIVE_PAGE_BYTES_MAX } from '../../../lib/model/limits.ts';
import { hash53 } from '../../../lib/text/hash.ts';
import { seenText } from '../../../lib/text/unseen.ts';
import { canonicalUrl } from '../../../lib/text/url.ts';
import type { Sql } from './sql.ts';

/** Appends lines of JSON to the newest page and begins a new page when it is full. */
export function archive(sql: Sql, entries: readonly ArchivedEntry[]): void {
  let page = newestPage(sql);
  for (const one of entries) {
    const line = `${JSON.stringify(one)}\n`;
    // A UTF-16 unit may take three bytes in the stored text.
    if (page.data.length > 0 && (page.data.length + line.length) * 3 > ARCHIVE_PAGE_BYTES_MAX * 2) {
      writePage(sql, page);
      page = { id: page.id + 1, entries: 0, newest: 0, data: '', keys: new Float64Array() };
    }
    const keys = Float64Array.of(...page.keys, ...lookupKeys(one));
    page = { id: page.id, entries: page.entries + 1, newest: one.seen, data: page.data + line, keys };
  }
  if (entries.length > 0) writePage(sql, page);
}

/** Entries seen since `since`, newest page first, oldest entry first within a page. */
export function* archivedSince(sql: Sql, since: EpochMs): Generator<ArchivedEntry> {
  const ids = sql
    .exec<{ id: number }>('SELECT id FROM page WHERE newest >= ? ORDER BY id DESC', since)
    .toArray();
  for (const { id } of ids) {
    const { data } = sql.exec<{ data: string }>('SELECT data FROM page WHERE id = ?', id).one();
    for (const line of data.split('\n')) {
      if (line === '') continue;
      const one = JSON.parse(line) as ArchivedEntry;
      if (one.seen >= since) yield one;
    }
  }
}

/** The page before the given one, or the newest if `before` is null; null: there is none. */
export function archivePage(
  sql: Sql,
  before: number | null,
): { id: number; entries: number; lines: string } | null {
  const [row] = sql
    .exec<{ id: number; entries: number; lines: string }>(
      'SELECT id, entries, data AS lines FROM page WHERE id < ? ORDER BY id DESC LIMIT 1',
      before ?? Number.MAX_SAFE_INTEGER,
    )
    .toArray();
  return row ?? null;
}

/** Under which an entry is looked up: its id, and its address in canonical form. */
function lookupKeys({ entry }: ArchivedEntry): Hash53[] {
  return [hash53(entry.id), ...(entry.url === null ? [] : [addressKey(entry.url)])];
}

const addressKey = (url: string): Hash53 => hash53(`address ${canonicalUrl(url, false)}`);

/** The latest version of the entry: an edited entry is stored in each version. */
export function entryById(sql: Sql, id: string): ArchivedEntry | null {
  const [found] = entriesIn(pagesWith(sql, hash53(id)), (one) => one.entry.id === id, 1);
  return found ?? null;
}

/**
 * Newest first: entries of that address, or else those that contain the text in any case, in address, title or summary.
 * Invisible characters are ignored on both sides: text pasted from a feed has them, text pasted from our pages does not.
 */
export function findEntries(sql: Sql, pasted: string, limit: number): ArchivedEntry[] {
  const text = seenText(pasted);
  if (URL.canParse(text) && /^https?:\/\//iu.test(text)) {
    const key = addressKey(text);
    const same = entriesIn(pagesWith(sql, key), (one) => lookupKeys(one).includes(key), limit);
    if (same.length > 0) return same;
    const address = text.replace(/#.*$/u, '').replace(/\/$/u, '');
    return entriesIn(allPages(sql), ({ entry }) => entry.url?.startsWith(address) ?? false, limit);
  }
  const wanted = text.toLowerCase();
  return entriesIn(allPages(sql), ({ entry }) => holds(entry, wanted), limit);
}

/** @param wanted in lower case. Title and summary are searched separately: a pasted text never spans both. */
function holds({ title, summary, id }: EntryText, wanted: string): boolean {
  return [title, summary, id].some((text) => seenText(text).toLowerCase().includes(wanted));
}

/** Texts of the pages whose keys include one, newest first. Pages of release 0.1 have no keys and may hold anything. */
function* pagesWith(sql: Sql, key: Hash53): Generator<string> {
  const pages = sql
    .exec<{ id: number; keys: ArrayBuffer | null }>('SELECT id, keys FROM page ORDER BY id DESC')
    .toArray();
  for (const { id, keys } of pages) {
    if (keys !== null && !new Float64Array(keys).includes(key)) continue;
    yield sql.exec<{ data: string }>('SELECT data FROM page WHERE id = ?', id).one().data;
  }
}

/** Texts of all pages, newest first. */
function* allPages(sql: Sql): Generator<string> {
  for (const { data } of sql.exec<{ data: string }>('SELECT data FROM page ORDER BY id DESC')) yield data;
}

/** Newest first, at most `limit`. */
function entriesIn(
  pages: Iterable<string>,
  isWanted: (one: ArchivedEntry) => boolean,
  limit: number,
): ArchivedEntry[] {
  const found: ArchivedEntry[] = [];
  for (const data of pages) {
    for (const line of data.split('\n').reverse()) {
      if (line === '') continue;
      const one = JSON.parse(line) as ArchivedEntry;
      if (isWanted(one) && found.push(one) === limit) return found;
    }
  }
  return found;
}

/** Deletes whole pages; the newest ARCHIVE_ENTRIES_MAX entries of the last 30 days stay. */
export function pruneArchive(sql: Sql, now: EpochMs): void {
  sql.exec('DELETE FROM page WHERE newest < ?', now - ARCHIVE_MS_MAX);
  sql.exec(
    `DELETE FROM page WHERE id <= coalesce((
       SELECT id FROM (SELECT id, sum(entries) OVER (ORDER BY id DESC) AS kept FROM page) WHERE kept > ? ORDER BY id DESC LIMIT 1
     ), -1)`,
    ARCHIVE_ENTRIES_MAX,
  );
}

interface Page {
  readonly id: number;
  readonly entries: number;
  readonly newest: EpochMs;
  readonly data: string;
  /** Lookup keys of its entries, in their order; those of release 0.1 are missing. */
  readonly keys: Float64Array;
}

function newestPage(sql: Sql): Page {
  const [row] = sql
    .exec<{ id: number; entries: number; newest: number; data: string; keys: ArrayBuffer | null }>(
      'SELECT id, entries, newest, data, keys FROM page ORDER BY id DESC LIMIT 1',
    )
    .toArray();
  if (row === undefined) return { id: 1, entries: 0, newest: 0, data: '', keys: new Float64Array() };
  // A page without keys is closed: keys of its later entries alone would hide the others.
  if (row.keys === null) return { id: row.id + 1, entries: 0, newest: 0, data: '', keys: new Float64Array() };
  return { ...row, keys: new Float64Array(row.keys) };
}

function writePage(sql: Sql, { id, entries, newest, data, keys }: Page): void {
  sql.exec(
    'INSERT OR REPLACE INTO page (id, entries, newest, data, keys) VALUES (?, ?, ?, ?, ?)',
    id,
    entries,
    newest,
    data,
    keys.slice().buffer,
  );
}
