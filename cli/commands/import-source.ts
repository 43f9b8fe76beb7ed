/** Reads exports of Miniflux and FreshRSS: OPML with their own attributes, JSON, or plain lists of rules. */
import { z } from 'zod';
import { type OpmlFeed, readOpml } from '../../lib/feed/format/opml.ts';

/** Rules of one feed, or for all feeds, in the syntax of the other reader. */
export interface ReaderRules {
  /** Lines `EntryTitle=…`. */
  readonly keep: string;
  readonly block: string;
  /** One pattern for title, address, author and tags. */
  readonly keepPattern: string;
  readonly blockPattern: string;
  /** Searches whose entries are marked as read, one a line. */
  readonly hide: string;
}

export interface ImportSource {
  readonly feeds: readonly {
    readonly feed: OpmlFeed;
    readonly paused: boolean;
    readonly rules: ReaderRules;
  }[];
  readonly all: ReaderRules;
  /** Saved searches. */
  readonly searches: readonly { readonly name: string | null; readonly search: string }[];
}

const NO_RULES: ReaderRules = { keep: '', block: '', keepPattern: '', blockPattern: '', hide: '' };
const text = z.string().nullish();
const filters = {
  blocklist_rules: text,
  keeplist_rules: text,
  block_filter_entry_rules: text,
  keep_filter_entry_rules: text,
};
const category = z.object({ title: text }).nullish();
const minifluxFeed = z.object({
  feed_url: z.string(),
  title: text,
  site_url: text,
  disabled: z.boolean().nullish(),
  category,
  ...filters,
});
const user = z.object(filters);
const query = z.object({ name: text, search: text, url: text });

/** @returns the content of the file; or, as a string, what is wrong with it */
export function readSource(source: string, from: 'miniflux' | 'freshrss'): ImportSource | string {
  if (source.trim() === '') return 'the file is empty';
  if (source.trimStart().startsWith('<')) return fromOpml(source);
  if (/^\s*[[{]/u.test(source)) return fromJson(source, from);
  if (from === 'freshrss')
    return { feeds: [], all: NO_RULES, searches: linesOf(source).map((search) => ({ name: null, search })) };
  return { feeds: [], all: { ...NO_RULES, keep: source }, searches: [] };
}

function fromOpml(source: string): ImportSource | string {
  const byUrl = new Map<string, ReadonlyMap<string, string>>();
  const opml = readOpml(source, (url, attributes) => byUrl.set(url, attributes));
  if (opml.feeds.length === 0) return opml.problems[0]?.message ?? 'the file contains no feed';
  const feeds = opml.feeds.map((feed) => {
    const named = new Map(
      [...(byUrl.get(feed.url) ?? [])].map(([name, value]) => [name.replace(/^.*:|[_-]/gu, ''), value]),
    );
    const rules = {
      keep: named.get('keepfilterentryrules') ?? '',
      block: named.get('blockfilterentryrules') ?? '',
      keepPattern: named.get('keeplistrules') ?? '',
      blockPattern: named.get('blocklistrules') ?? '',
      hide: named.get('filtersactionread') ?? '',
    };
    return { feed, paused: named.get('disabled') === 'true', rules };
  });
  return { feeds, all: NO_RULES, searches: [] };
}

/** Miniflux: a list of feeds (`/v1/feeds`) or a user (`/v1/me`). FreshRSS: saved queries. */
function fromJson(source: string, from: 'miniflux' | 'freshrss'): ImportSource | string {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    // Mistake of the user: not JSON. The message says where.
    return error instanceof Error ? error.message : String(error);
  }
  if (from === 'freshrss') {
    const inner = z.object({ queries: z.unknown() }).safeParse(value);
    const list = z.array(query).safeParse(inner.success ? inner.data.queries : value);
    if (!list.success) return 'not a list of queries {name, search}';
    return { feeds: [], all: NO_RULES, searches: list.data.map(searchOf) };
  }
  const feeds = z.array(minifluxFeed).safeParse(value);
  if (feeds.success) return { feeds: feeds.data.map(feedOf), all: NO_RULES, searches: [] };
  const own = user.safeParse(value);
  if (Array.isArray(value) || !own.success) return 'not a list of feeds or a user of Miniflux';
  return { feeds: [], all: rulesOf(own.data), searches: [] };
}

function feedOf(row: z.infer<typeof minifluxFeed>): ImportSource['feeds'][number] {
  const folder = row.category?.title;
  const feed = {
    url: row.feed_url,
    title: row.title ?? null,
    site: row.site_url ?? null,
    tags: folder ? [folder] : [],
  };
  return { feed, paused: row.disabled === true, rules: rulesOf(row) };
}

function rulesOf(row: z.infer<typeof user>): ReaderRules {
  return {
    keep: row.keep_filter_entry_rules ?? '',
    block: row.block_filter_entry_rules ?? '',
    keepPattern: row.keeplist_rules ?? '',
    blockPattern: row.blocklist_rules ?? '',
    hide: '',
  };
}

/** The search is a property of its own, or a parameter of the saved address. */
function searchOf({ name, search, url }: z.infer<typeof query>): ImportSource['searches'][number] {
  const inAddress = /[?&]search=([^&]*)/u.exec(url ?? '')?.[1];
  const decoded = inAddress === undefined ? '' : percentDecoded(inAddress);
  return { name: name ?? null, search: search || decoded };
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    // Outcome: not percent-encoded after all.
    return value;
  }
}

/** Lines that are neither empty nor comments (`//`). */
export function linesOf(source: string): string[] {
  return source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'));
}
