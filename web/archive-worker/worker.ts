/** The worker: one document, one archive, one run at a time. A new run ends the one before. */

import type { listsAlone } from '../../lib/config/document/rule-alone.ts';
import { EditError } from '../../lib/config/edit/splice.ts';
import { type OpmlFeed, readOpml, writeOpml } from '../../lib/feed/format/opml.ts';
import { compileLoaded } from '../../lib/match/compile/compile.ts';
import { queryRule } from '../../lib/match/compile/query-rule.ts';
import { loadRules } from '../../lib/match/run/load.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import { POLL_FLOOR_MS } from '../../lib/model/limits.ts';
import { publishersOfListed } from '../../lib/story/imported.ts';
import { bundleOf } from './bundle.ts';
import { cardOf, checkedOf, namesOf, OpenDocument } from './documents.ts';
import { edited } from './edits.ts';
import { keyTree } from './key-tree.ts';
import { hunksOf } from './line-diff.ts';
import { type Compiled, caughtOf, compiled, Knowledge, previewOf } from './preview.ts';
import type { CallName, Calls, FromWorker, ListCard, ToWorker } from './protocol.ts';
import { type Hit, rowOf } from './rows.ts';
import { fileOf, searchRules } from './search.ts';
import { type ArchivePage, ArchiveStore } from './store.ts';

/** Entries after which the first result is sent. */
const FIRST_ENTRIES = 2_000;
/** Time between two results of one run. */
const ANSWER_MS = 500;
/** Longest work without a pause, in which new messages are handled. */
const SLICE_MS = 40;
const FOUND_ROWS_MAX = 500;
const WEEK_MS = 604_800_000;

const archive = new ArchiveStore();
let base: OpenDocument | null = null;
let current: OpenDocument | null = null;
let floorMs = POLL_FLOOR_MS;
let latest = 0;
let found: readonly Hit[] = [];
let baseRule: {
  readonly of: OpenDocument | null;
  readonly id: string;
  readonly compiled: Compiled | null;
} | null = null;
let knowledge: { readonly key: string; readonly of: Knowledge } | null = null;

const say = (message: FromWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'base':
      base = data.source === null ? null : new OpenDocument(data.source);
      floorMs = data.floorMs;
      return;
    case 'document':
      return void guarded(data.run, () => work(data));
    case 'search':
      return void guarded(data.run, () => search(data));
    case 'stop':
      latest++;
      return;
    case 'call':
      return void answer(data);
  }
});

async function guarded(run: number, work: () => Promise<void>): Promise<void> {
  latest = run;
  try {
    await work();
  } catch (error) {
    // Outcome: the archive cannot be loaded, or the page has a fault. The page says so.
    if (latest === run)
      say({ kind: 'lost', run, why: error instanceof Error ? error.message : String(error) });
  }
}

async function work({ run, source, rule }: ToWorker & { kind: 'document' }): Promise<void> {
  // Several keys pressed at once make one run.
  await pause();
  if (latest !== run) return;
  if (current?.source !== source) current = new OpenDocument(source);
  const document = current;
  const checked = await checkedOf(document, { base: base?.source ?? null, rule, floorMs });
  if (latest !== run) return;
  say({ kind: 'checked', run, checked });
  if (rule === null) return;
  const begun = performance.now();
  const now = await compiled(document, rule);
  if (now === null) return say({ kind: 'broken', run });
  const before = await compiledBase(rule);
  const known = knowledgeOf(now);
  await overPages(
    run,
    (pages, state) => {
      const ms = performance.now() - begun;
      say({ kind: 'preview', run, preview: previewOf(now, before, known, { pages, ...state, ms }) });
    },
    (page) => {
      caughtOf(now, page);
      if (before !== null) caughtOf(before, page);
    },
  );
}

async function compiledBase(rule: string): Promise<Compiled | null> {
  if (baseRule?.of !== base || baseRule.id !== rule)
    baseRule = { of: base, id: rule, compiled: await compiled(base, rule) };
  return baseRule.compiled;
}

function knowledgeOf({ config }: Compiled): Knowledge {
  const key = JSON.stringify([config.use, config.lists, config.families]);
  if (knowledge?.key !== key) knowledge = { key, of: new Knowledge(config) };
  return knowledge.of;
}

async function search({ run, query }: ToWorker & { kind: 'search' }): Promise<void> {
  await pause();
  if (latest !== run) return;
  const begun = performance.now();
  const rules = await searchRules(query, base);
  if (Array.isArray(rules)) {
    const nothing = {
      searched: 0,
      total: archive.total,
      complete: archive.complete,
      done: true,
      count: 0,
      rows: [],
      ms: 0,
    };
    return say({ kind: 'found', run, found: { ...nothing, problems: rules } });
  }
  const searched = { rules, caught: new WeakMap<ArchivePage, readonly Hit[]>() };
  const lists = base?.lists?.lists;
  await overPages(
    run,
    (pages, state) => {
      const hits = new Map(
        pages
          .flatMap((page) => caughtOf(searched, page))
          .toReversed()
          .map((hit) => [hit.one.entry.id, hit]),
      );
      found = [...hits.values()].reverse();
      const rows = lists === undefined ? [] : found.slice(0, FOUND_ROWS_MAX).map((hit) => rowOf(hit, lists));
      const count = pages.reduce((sum, { entries }) => sum + entries.length, 0);
      const ms = performance.now() - begun;
      say({
        kind: 'found',
        run,
        found: { searched: count, ...state, problems: [], count: found.length, rows, ms },
      });
    },
    (page) => void caughtOf(searched, page),
  );
}

interface State {
  readonly total: number;
  readonly complete: boolean;
  readonly done: boolean;
}

/**
 * Searches the pages as they load, newest first.
 * @param report called after the first entries, from time to time, and at the end
 */
async function overPages(
  run: number,
  report: (pages: readonly ArchivePage[], state: State) => void,
  look: (page: ArchivePage) => void,
): Promise<void> {
  let failure: unknown = null;
  let loading = true;
  const load = archive.load().then(
    () => {
      loading = false;
    },
    (error: unknown) => {
      failure = error;
      loading = false;
    },
  );
  const done = new Set<ArchivePage>();
  let reportedAt = 0;
  let every = ANSWER_MS;
  let count = 0;
  let slice = performance.now();
  for (;;) {
    const page = archive.pages.find((one) => !done.has(one));
    if (page === undefined && !loading) break;
    if (page === undefined) await Promise.race([load, wait(20)]);
    else {
      look(page);
      done.add(page);
      count += page.entries.length;
    }
    if (performance.now() - slice > SLICE_MS) {
      await pause();
      slice = performance.now();
    }
    if (latest !== run) return;
    const isFirst = reportedAt === 0 && count >= FIRST_ENTRIES;
    if (isFirst || (reportedAt > 0 && performance.now() - reportedAt > every)) {
      const pages = archive.pages.filter((one) => done.has(one));
      const began = performance.now();
      report(pages, { total: archive.total, complete: !loading && failure === null, done: false });
      reportedAt = performance.now();
      // Reports take at most a fifth of the time.
      every = Math.max(ANSWER_MS, 4 * (reportedAt - began));
    }
  }
  if (failure !== null && archive.pages.length === 0) throw failure;
  report(archive.pages, { total: archive.total, complete: failure === null, done: true });
}

async function answer({ id, name, ask }: ToWorker & { kind: 'call' }): Promise<void> {
  try {
    const calls: {
      readonly [N in CallName]: (ask: Calls[N]['ask']) => Calls[N]['answer'] | Promise<Calls[N]['answer']>;
    } = {
      edit: ({ source, edit }) => edited(source, edit),
      compile: ({ source }) => bundleOf(source, floorMs),
      card: ({ list }) => card(list),
      keys: () => keyTree(),
      names: () => namesOf((base ?? current)?.lists ?? null),
      diff: ({ before, after }) => hunksOf(before, after),
      opml: ({ text, source }) => opmlOf(text, source),
      feeds: ({ source }) => opmlFile(source),
      export: ({ format }) => fileOf(found, format),
    };
    const call = calls[name] as (ask: unknown) => unknown;
    say({ kind: 'answer', id, answer: await call(ask) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say({ kind: 'refused', id, why, mistake: error instanceof EditError });
  }
}

function card(list: string): ListCard | null {
  const lists = (current ?? base)?.lists ?? null;
  return lists === null ? null : cardOf(lists, list, hitsOf(lists.config, list));
}

/** Entries of the last week that contain a term of the list; null: the archive is not loaded yet. */
function hitsOf(config: NonNullable<ReturnType<typeof listsAlone>>, list: string): number | null {
  if (!archive.complete) return null;
  const { binary } = compileLoaded(queryRule(`@${list}`, config));
  if (binary === null) return null;
  const rules = loadRules(binary);
  const newest = archive.pages[0]?.entries[0]?.seen ?? 0;
  let hits = 0;
  for (const page of archive.pages)
    for (const { seen, entry } of page.entries)
      if (newest - seen <= WEEK_MS && matchEntry(rules, entry).length > 0) hits++;
  return hits;
}

function opmlOf(text: string, source: string): Calls['opml']['answer'] {
  const { feeds, problems } = readOpml(text);
  const publishers = publishersOfListed(feeds, feedsOf(source));
  return {
    feeds: feeds.map(({ url, tags }, at) => ({
      url,
      publisher: publishers[at] ?? null,
      lang: null,
      country: null,
      tags,
    })),
    problems: problems.map(({ message }) => message),
  };
}

const opmlFile = (source: string): string => writeOpml('Feeds of Vigie', feedsOf(source));

/** The document's feeds; the document may have mistakes. */
function feedsOf(source: string): OpmlFeed[] {
  const value = new OpenDocument(source).read.value as { feeds?: readonly Record<string, unknown>[] } | null;
  return (value?.feeds ?? []).map(({ url, publisher, tags }) => ({
    url: String(url),
    title: typeof publisher === 'string' ? publisher : null,
    site: null,
    tags: Array.isArray(tags) ? tags.map(String) : typeof tags === 'string' ? [tags] : [],
  }));
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Lets waiting messages be handled. */
function pause(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
