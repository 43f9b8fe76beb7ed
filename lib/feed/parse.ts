/** Reads a feed document: the only entrance to lib/feed. Detects the format; never throws. */
import type { FeedEntry, FeedFormat, FeedLinks, FeedProblem, ParsedFeed } from '../model/feed.ts';
import type { Hash53 } from '../model/flavor.ts';
import { FEED_BODY_BYTES_MAX, FEED_ENTRIES_MAX, FEED_PROBLEMS_MAX } from '../model/limits.ts';
import { decodeBody } from '../text/charset.ts';
import { readAtomEntry, readAtomFeed } from './format/atom.ts';
import { discoverFeeds } from './format/discover.ts';
import { EntryDraft, FeedDraft, RANK } from './format/draft.ts';
import { jsonFormat, layOutJson, readJsonHead, readJsonItem } from './format/json-feed.ts';
import { readFeedModule } from './format/module.ts';
import { readRssEntry, readRssFeed } from './format/rss.ts';
import { readSitemapEntry } from './format/sitemap.ts';
import { fingerprintsOf } from './identity/fingerprint.ts';
import { findRoot, layOut, type Root, type Stretch } from './xml/document.ts';
import { type Family, Names } from './xml/names.ts';
import { Scan, XmlDocument } from './xml/scan.ts';

/** What is known of a document besides its bytes. */
export interface ParseOptions {
  /** The Content-Type header of the response. */
  readonly contentType: string | null;
  /** Final address of the response: the base of relative addresses. */
  readonly url: string | null;
  /** The Content-Location header of the response (RFC 9110 §8.7), which may be relative to `url`. */
  readonly contentLocation?: string | null;
  /** Entries whose fingerprint is known are listed in `window` but not read. */
  readonly known?: (fingerprint: Hash53) => boolean;
}

/** The document while it is read. */
interface Reading {
  readonly text: string;
  readonly encoding: string;
  readonly base: string | null;
  readonly known: (fingerprint: Hash53) => boolean;
  readonly bytes: Uint8Array;
  readonly problems: FeedProblem[];
}

/** How a family of formats reads its elements. */
interface Reader {
  readonly family: Family;
  readonly entry: 'item' | 'entry' | 'url';
  readonly readEntry: (draft: EntryDraft, el: Scan) => void;
  readonly readFeed: (draft: FeedDraft, el: Scan) => void;
}

/** RSS 0.90 to 2.0 and RSS 1.0. */
const RSS: Reader = { family: 'rss', entry: 'item', readEntry: readRssEntry, readFeed: readRssFeed };
/** Atom 0.3 and 1.0; other elements are read like RSS. */
const ATOM: Reader = {
  family: 'atom',
  entry: 'entry',
  readEntry(draft, el) {
    if (el.name === 'entry') {
      draft.offerLanguage(RANK.own, el.attribute('xml:lang'));
      draft.rebase(el.attribute('xml:base'));
    } else if (!readAtomEntry(draft, el, RANK.own)) readRssEntry(draft, el);
  },
  readFeed(draft, el) {
    if (!readAtomFeed(draft, el, RANK.own)) readRssFeed(draft, el);
  },
};
/** News sitemaps. */
const SITEMAP: Reader = {
  family: 'sitemap',
  entry: 'url',
  readEntry: readSitemapEntry,
  readFeed: readFeedModule,
};

/**
 * Reads a document in time linear in its size. Text that begins with `{` is tried as JSON Feed first, all other text is read
 * as XML, however malformed. At most FEED_BODY_BYTES_MAX bytes and FEED_ENTRIES_MAX entries are read.
 *
 * @returns what could be read; `format` null and a problem that says what the document is if it is not a feed
 */
export function parseFeed(bytes: Uint8Array, options: ParseOptions): ParsedFeed {
  const capped = bytes.length > FEED_BODY_BYTES_MAX;
  const body = capped ? bytes.subarray(0, FEED_BODY_BYTES_MAX) : bytes;
  const { text, encoding, problems } = decodeBody(body, options.contentType);
  if (capped) problems.push(cappedBody(text.length));
  const known = options.known ?? (() => false);
  const reading: Reading = { text, encoding, base: baseOf(options), known, bytes: body, problems };
  const json = /^[\s\ufeff]*\{/.test(text) ? parseJsonFeed(reading) : null;
  return json ?? parseXml(reading);
}

/** Base of relative addresses: Content-Location, else the address of the response (RFC 3986 §5.1). */
function baseOf({ url, contentLocation = null }: ParseOptions): string | null {
  const base = url === null ? null : URL.parse(url);
  const location = contentLocation === null ? null : URL.parse(contentLocation, base ?? undefined);
  return (location ?? base)?.href ?? null;
}

/** Finds the root, splits the document, and reads only entries that are not known. */
function parseXml(reading: Reading): ParsedFeed {
  const { text, problems } = reading;
  const root = findRoot(text);
  const reader = root === null ? null : readerOf(root);
  if (root === null || reader === null || (reader === SITEMAP && !/sitemap-news\/|<news:/.test(text))) {
    problems.push(notAFeed(text, root));
    const discovered = root?.local === 'html' ? discoverFeeds(text, reading.base) : [];
    return finish(reading, null, new FeedDraft(reading.base), {
      entries: [],
      window: [],
      discovered,
      complete: true,
      torn: false,
    });
  }
  const document = new XmlDocument(
    text,
    new Names(reader.family, root.local === 'rdf' ? '' : root.prefix),
    root.at,
  );
  // A root that is itself an entry, or has no feed element, starts with its content.
  const layout = layOut(document, root.at, reader.entry);
  const feed = new FeedDraft(reading.base);
  const scan = new Scan(document, 0, 0);
  for (const stretch of layout.rest) readStretch(scan, stretch, (el) => reader.readFeed(feed, el));
  if (layout.capped) problems.push(cappedProblem(layout.entries.length));

  const window = fingerprintsOf(reading, layout.entries, layout.tag);
  const entries: FeedEntry[] = [];
  for (const [i, stretch] of layout.entries.entries()) {
    const fingerprint = window[i] ?? 0;
    if (reading.known(fingerprint)) continue;
    const draft = new EntryDraft(entryBase(feed, reader, reading.base));
    readStretch(scan, stretch, (el) => reader.readEntry(draft, el));
    addEntry(entries, draft, feed, fingerprint, problems, {
      inheritAuthors: reader === ATOM,
      offset: stretch.from,
    });
  }
  const last = layout.entries.at(-1);
  const complete =
    text.lastIndexOf(`</${root.raw}`) >= ((root.local === 'entry' ? last?.from : last?.to) ?? root.at);
  if (!complete)
    problems.push({
      code: 'truncated',
      message: `the document ends before </${root.raw}>`,
      offset: text.length,
    });
  const torn = !complete && last !== undefined && !isClosed(text, last);
  return finish(reading, formatOf(document, root), feed, { entries, window, discovered: [], complete, torn });
}

/** The reliable part of a document: an entry that is cut off would count as another one once it is complete. */
export function wholeEntries({ entries, window, torn }: ParsedFeed): Pick<ParsedFeed, 'entries' | 'window'> {
  if (!torn) return { entries, window };
  const broken = window.at(-1);
  return {
    window: window.slice(0, -1),
    entries: entries.filter(({ fingerprint }) => fingerprint !== broken),
  };
}

/** Whether an entry ends with its own end tag or is an empty-element tag. */
function isClosed(text: string, { from, to }: Stretch): boolean {
  const name = /^<([^\s/>]+)/.exec(text.slice(from, from + 100))?.[1] ?? '';
  const tail = text.slice(Math.max(from, to - name.length - END_TAG_UNITS_MAX), to).trimEnd();
  const close = tail.lastIndexOf(`</${name}`);
  return tail.endsWith('/>')
    ? !text.slice(from + 1, to).includes('<')
    : close !== -1 && tail.indexOf('>', close) === tail.length - 1;
}

/** Units of an end tag besides its name: it may contain white space. */
const END_TAG_UNITS_MAX = 20;

/** null: not a feed. */
function readerOf(root: Root): Reader | null {
  if (root.local === 'rss' || root.local === 'rdf' || root.local === 'channel') return RSS;
  if (root.local === 'feed' || root.local === 'entry') return ATOM;
  return root.local === 'urlset' ? SITEMAP : null;
}

/** Reads all known elements of a stretch. */
function readStretch(scan: Scan, { from, to }: Stretch, read: (el: Scan) => void): void {
  scan.moveTo(from, to);
  while (scan.next()) read(scan);
}

/** RSS 2.0 defines no base: its relative addresses are resolved against the site's link. */
function entryBase(feed: FeedDraft, reader: Reader, documentBase: string | null): string | null {
  const declared = feed.base !== documentBase;
  return reader === RSS && !declared ? (feed.url.value ?? feed.base) : (feed.base ?? feed.url.value);
}

const cappedBody = (offset: number): FeedProblem => ({
  code: 'too-large',
  message: `only the first ${FEED_BODY_BYTES_MAX} bytes were read`,
  offset,
});

const cappedProblem = (count: number): FeedProblem => ({
  code: 'too-many-entries',
  message: `only the first ${count} entries were read`,
  offset: -1,
});

function notAFeed(text: string, root: Root | null): FeedProblem {
  const offset = root?.at ?? -1;
  if (text.trim() === '') return { code: 'empty', message: 'the document is empty', offset: -1 };
  if (root?.local === 'html') return { code: 'html', message: 'this is an HTML page, not a feed', offset };
  if (root?.local === 'opml')
    return { code: 'opml', message: 'this is an OPML list of feeds, not a feed', offset };
  if (root?.local === 'sitemapindex')
    return { code: 'sitemap-index', message: 'this is a list of sitemaps, not a feed', offset };
  if (root?.local === 'urlset') return { code: 'sitemap', message: 'this is a sitemap without news', offset };
  return { code: 'not-a-feed', message: 'this is not RSS, Atom, JSON Feed or a news sitemap', offset: -1 };
}

/** Format and version by root element, namespace and `version`. */
function formatOf(document: XmlDocument, root: Root): FeedFormat {
  const head = document.text.slice(root.at, root.at + 4_000);
  const tag = /^<[^>]*/.exec(head)?.[0] ?? '';
  if (root.local === 'urlset') return 'sitemap-news';
  if (root.local === 'rdf') return /simple\/0\.9/.test(tag) ? 'rss090' : 'rss10';
  const version = /\sversion\s*=\s*["']?\s*([\d.]+)/i.exec(tag)?.[1] ?? '';
  if (root.local === 'feed' || root.local === 'entry') {
    if (/www\.w3\.org\/2005\/Atom/i.test(tag)) return 'atom10';
    return /purl\.org\/atom\/ns/i.test(tag) || version.startsWith('0.') ? 'atom03' : 'atom';
  }
  return RSS_VERSIONS.get(version.replace(/^2(\.0*)?$/, '2.0')) ?? 'rss';
}

/** By `version` of the root element. */
const RSS_VERSIONS = new Map<string, FeedFormat>([
  ['0.90', 'rss090'],
  ['0.91', 'rss091'],
  ['0.92', 'rss092'],
  ['0.93', 'rss093'],
  ['0.94', 'rss094'],
  ['1.0', 'rss10'],
  ['2.0', 'rss20'],
]);

/** null: not JSON, or without items; XML is tried next. */
function parseJsonFeed(reading: Reading): ParsedFeed | null {
  const { text, problems } = reading;
  const layout = layOutJson(text);
  if (layout === null) return null;
  const feed = readJsonHead(layout.head, reading.base);
  const window = fingerprintsOf(reading, layout.items, null);
  const entries: FeedEntry[] = [];
  for (const [i, stretch] of layout.items.entries()) {
    const fingerprint = window[i] ?? 0;
    if (reading.known(fingerprint)) continue;
    const draft = readJsonItem(
      text.slice(stretch.from, stretch.to),
      reading.base ?? feed.url.value,
      problems,
      stretch.from,
    );
    if (draft !== null)
      addEntry(entries, draft, feed, fingerprint, problems, { inheritAuthors: true, offset: stretch.from });
  }
  if (layout.capped) problems.push(cappedProblem(FEED_ENTRIES_MAX));
  if (!layout.complete)
    problems.push({ code: 'truncated', message: 'the JSON document is truncated', offset: text.length });
  return finish(reading, jsonFormat(layout.head), feed, {
    entries,
    window,
    discovered: [],
    complete: layout.complete,
    torn: false,
  });
}

/** Adds an entry unless it is empty. */
function addEntry(
  entries: FeedEntry[],
  draft: EntryDraft,
  feed: FeedDraft,
  fingerprint: Hash53,
  problems: FeedProblem[],
  { inheritAuthors, offset }: { inheritAuthors: boolean; offset: number },
): void {
  if (!isSomething(draft)) return;
  if (draft.badDates > 0) problems.push({ code: 'bad-date', message: 'a date could not be read', offset });
  const inherited = draft.sourceAuthors.length > 0 ? draft.sourceAuthors : inheritAuthors ? feed.authors : [];
  const entry: FeedEntry = {
    id: draft.id.value,
    url: draft.url.value,
    title: draft.title.value,
    summary: draft.summary.value,
    content: draft.content.value,
    published: draft.published.value,
    updated: draft.updated.value,
    authors: draft.authors.length > 0 ? draft.authors : inherited,
    categories: draft.categories,
    language: draft.language.value ?? feed.language.value,
    source: draft.source,
    fingerprint,
  };
  entries.push(entry);
}

/** Whether any field was filled. */
function isSomething(draft: EntryDraft): boolean {
  const { id, url, title, summary, content, published, updated, language } = draft;
  if (id.value !== null || url.value !== null || title.value !== null) return true;
  if (summary.value !== null || content.value !== null || language.value !== null) return true;
  if (published.value !== null || updated.value !== null) return true;
  return draft.authors.length + draft.categories.length > 0;
}

/** The result, with problems limited to FEED_PROBLEMS_MAX. */
function finish(
  { encoding, problems }: Reading,
  format: FeedFormat | null,
  feed: FeedDraft,
  read: Pick<ParsedFeed, 'entries' | 'window' | 'complete' | 'torn'> & Pick<FeedLinks, 'discovered'>,
): ParsedFeed {
  const { self, hubs, nextPage: next, prevArchive } = feed;
  return {
    format,
    encoding,
    id: feed.id.value,
    title: feed.title.value,
    description: feed.summary.value,
    link: feed.url.value,
    language: feed.language.value,
    authors: feed.authors,
    categories: feed.categories,
    published: feed.published.value,
    updated: feed.updated.value,
    pace: {
      ttlMs: feed.ttlMs,
      syPeriodMs: feed.syPeriodMs === null ? null : feed.syPeriodMs / feed.syFrequency,
      skipHours: feed.skipHours,
      skipDays: feed.skipDays,
    },
    links: { self, hubs, next, prevArchive, discovered: read.discovered },
    entries: read.entries,
    window: read.window,
    complete: read.complete,
    torn: read.torn,
    problems: capProblems(problems),
  };
}

/** The last problem counts the omitted ones. */
function capProblems(problems: FeedProblem[]): FeedProblem[] {
  if (problems.length <= FEED_PROBLEMS_MAX) return problems;
  const more = problems.length - FEED_PROBLEMS_MAX + 1;
  return [
    ...problems.slice(0, FEED_PROBLEMS_MAX - 1),
    { code: 'more', message: `${more} more problems`, offset: -1 },
  ];
}
