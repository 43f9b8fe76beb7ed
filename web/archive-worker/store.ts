/**
 * The archive in this browser. Older pages never change and are stored; only the newest is loaded again. Runs in the
 * worker. The stored pages are deleted when the user signs out (forget.ts).
 */
import { readLine } from '../../lib/api/archive-line.ts';
import type { ArchivedEntry } from '../../lib/model/entry.ts';
import { ARCHIVE_ENTRIES_MAX } from '../../lib/model/limits.ts';
import { DATABASE, PAGES } from './forget.ts';

/** One page: its entries, newest first. */
export interface ArchivePage {
  /** `before` of the request that loads it; null: the newest page, which still grows. */
  readonly before: number | null;
  readonly entries: readonly ArchivedEntry[];
  readonly next: number | null;
}

interface KeptPage {
  readonly before: number;
  readonly lines: string;
  readonly next: number | null;
}

/** How long the newest page is used before it is loaded again. */
const FRESH_MS = 20_000;

export class ArchiveStore {
  #pages: ArchivePage[] = [];
  #complete = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | null = null;

  /** Newest page first. */
  get pages(): readonly ArchivePage[] {
    return this.#pages;
  }

  get complete(): boolean {
    return this.#complete;
  }

  get total(): number {
    return this.#pages.reduce((sum, { entries }) => sum + entries.length, 0);
  }

  /** Starts loading, or joins a load in progress. Rejects if the API answers with an error. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    if (this.#complete && performance.now() - this.#askedAt < FRESH_MS) return;
    this.#askedAt = performance.now();
    this.#complete = false;
    const database = await opened();
    const known = new Map(this.#pages.map((page) => [page.before, page]));
    const pages: ArchivePage[] = [];
    let count = 0;
    for (let before: number | null = null; ; ) {
      const page: ArchivePage =
        (before === null ? undefined : known.get(before)) ?? (await readPage(database, before));
      pages.push(page);
      count += page.entries.length;
      this.#pages = [...pages, ...this.#pages.filter((old) => isOlder(old, page))];
      if (page.next === null || count >= ARCHIVE_ENTRIES_MAX) break;
      before = page.next;
    }
    this.#pages = pages;
    this.#complete = true;
    database?.close();
  }
}

const isOlder = (old: ArchivePage, than: ArchivePage): boolean =>
  old.before !== null && than.next !== null && old.before <= than.next;

async function readPage(database: IDBDatabase | null, before: number | null): Promise<ArchivePage> {
  const kept = before === null ? null : await get(database, before);
  if (kept !== null) return { before, entries: entriesOf(kept.lines), next: kept.next };
  const answer = await fetch(before === null ? '/api/archive' : `/api/archive?before=${before}`, {
    credentials: 'same-origin',
  });
  if (!answer.ok)
    throw new Error(`the archive could not be loaded: the service answered with error ${answer.status}`);
  const lines = await answer.text();
  const header = answer.headers.get('x-next');
  const next = header === null ? null : Number(header);
  if (before !== null) put(database, { before, lines, next });
  return { before, entries: entriesOf(lines), next };
}

function entriesOf(lines: string): ArchivedEntry[] {
  const entries = lines.split('\n').flatMap((line) => (line === '' ? [] : [readLine(line)]));
  return entries.reverse();
}

/** null: this browser stores nothing (a private window, say), and the archive is loaded each time. */
function opened(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(PAGES, { keyPath: 'before' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function get(database: IDBDatabase | null, before: number): Promise<KeptPage | null> {
  if (database === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const request = database.transaction(PAGES).objectStore(PAGES).get(before);
    request.onsuccess = () => resolve((request.result as KeptPage | undefined) ?? null);
    request.onerror = () => resolve(null);
  });
}

function put(database: IDBDatabase | null, page: KeptPage): void {
  try {
    database?.transaction(PAGES, 'readwrite').objectStore(PAGES).put(page);
  } catch {
    // Outcome: the storage is full. The page is loaded again next time.
  }
}
