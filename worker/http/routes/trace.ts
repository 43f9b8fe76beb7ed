/**
 * `/api/trace`: whether an address or text was in a feed, which rules match it or which clause failed, and the alerts that
 * followed. `/api/archive`: the archive page by page, for previews and searches in the browser.
 */
import { Hono } from 'hono';
import { sentEntry, sentLines } from '../../../lib/api/archive-line.ts';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { explain } from '../../../lib/match/run/explain.ts';
import type { EntryText } from '../../../lib/model/entry.ts';
import { TRACE_ENTRIES_MAX } from '../../../lib/model/limits.ts';
import { isoTime, isoTimeOrNull } from '../../../lib/model/time.ts';
import { seenText } from '../../../lib/text/unseen.ts';
import { deskOf, type Env } from '../../env.ts';
import { bundleOf } from '../../poll/open-config.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

const LINES = 'application/x-ndjson; charset=utf-8';

export const traceRoutes = new Hono<Caller>();

serve(traceRoutes, OPERATIONS.findEntries, async (c, { query: { q } }) => {
  const found = await deskOf(c.env).archive().find(q, TRACE_ENTRIES_MAX);
  const entries = found.map(({ seen, entry }) => ({
    id: entry.id,
    seen: isoTime(seen),
    title: entry.title,
    url: entry.url,
    lang: entry.lang,
    publisher: entry.publisher,
    feed: entry.feed,
    published: isoTimeOrNull(entry.published),
  }));
  return { entries, feeds: await feedsOfHost(c.env, q) };
});

serve(traceRoutes, OPERATIONS.traceEntry, async (c) => {
  const trace = await deskOf(c.env).archive().trace(c.req.param('id'));
  if (trace === null) return problem(c, { status: 404, title: 'Entry not found' });
  return {
    ...trace,
    seen: isoTime(trace.seen),
    entry: sentEntry(trace.entry),
    ...(await explanations(c.env, trace.entry)),
  };
});

/** The result of each rule in force for the entry, and the lists whose words were found. */
async function explanations(env: Env, entry: EntryText) {
  const config = await deskOf(env).config().current();
  if (config === null) return { version: null, rules: [], lists: [] };
  const { rules, lexicon, config: document } = await bundleOf(config.hash, env);
  const explained = document.rules.flatMap(({ id, title }) => {
    const found = explain(rules, entry, id);
    return found === null ? [] : [{ id, title, ...found }];
  });
  const hit = new Set(explained.flatMap(({ hits }) => hits.flatMap(({ concept }) => concept ?? [])));
  const lists = [...hit].flatMap((id) => lexicon.names.get(id) ?? []);
  return { version: config.hash, rules: explained, lists };
}

/** Configured feeds of the host of an address, as suggestions when no feed listed the address. */
async function feedsOfHost(env: Env, text: string): Promise<FeedStatus[]> {
  const url = URL.parse(seenText(text));
  if (url === null || !/^https?:$/u.test(url.protocol)) return [];
  const host = url.hostname.replace(/^www\./u, '');
  const feeds = await deskOf(env).feeds().statuses();
  return feeds.filter((feed) => {
    const own = URL.parse(feed.url)?.hostname.replace(/^www\./u, '') ?? '';
    return own === host || own.endsWith(`.${host}`) || host.endsWith(`.${own}`);
  });
}

serve(traceRoutes, OPERATIONS.readArchive, async (c, { query: { before = null } }) => {
  const page = await deskOf(c.env).archive().page(before);
  if (page === null) return c.body('', 200, { 'content-type': LINES });
  return c.body(sentLines(page.lines), 200, {
    'content-type': LINES,
    // Cursor of the next page; the last page has no such header.
    ...(page.id > 1 ? { 'x-next': String(page.id) } : {}),
    // A page that is not the newest never changes.
    'cache-control': before === null ? 'no-store' : 'private, max-age=86400, immutable',
  });
});
