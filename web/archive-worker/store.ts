/**
 * The archive in this browser: the newest page is asked for, older ones never change and are kept. Runs in the worker.
 * What is kept belongs to whoever is signed in, and goes when they leave (forget.ts).
 */
import type { EntryText } from '../../lib/model/entry.ts';
import { ARCHIVE_ENTRIES_MAX } from '../../lib/model/limits.ts';
import { DATABASE, PAGES } from './forget.ts';

export interface Archived {
  readonly seen: number;
  readonly keys: readonly number[];
  readonly entry: EntryText;
}

/** One page: its entries, the newest first. */
export interface ArchivePage {
  /** `before` of the call that brings it; null: the newest, which still grows. */
  readonly before: number | null;
  readonly entries: readonly Archived[];
  readonly next: number | null;
}

interface KeptPage {
  readonly before: number;
  readonly lines: string;
  readonly next: number | null;
}

/** The newest page is asked for again after so long. */
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

  /** Begins to load, or goes on with it. Rejects with what the API said. */
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
  if (!answer.ok) throw new Error(`the archive was not read: the service answered ${answer.status}`);
  const lines = await answer.text();
  const header = answer.headers.get('x-next');
  const next = header === null ? null : Number(header);
  if (before !== null) put(database, { before, lines, next });
  return { before, entries: entriesOf(lines), next };
}

function entriesOf(lines: string): Archived[] {
  const entries = lines.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Archived]));
  return entries.reverse();
}

/** null: this browser keeps nothing (a private window, perhaps); the archive is read anew each time. */
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
    // Outcome: no room left. It is read again next time.
  }
}
