/** `/api/feeds`: how each feed fares; polling one now; finding a site's feeds and looking into one before it is added. */
import { Hono } from 'hono';
import * as z from 'zod';
import { discoverFeeds } from '../../../lib/feed/format/discover.ts';
import { parseFeed } from '../../../lib/feed/parse.ts';
import { FEED_PREVIEW_ENTRIES_MAX } from '../../../lib/model/limits.ts';
import { userAgent } from '../../../lib/poll/request.ts';
import { decodeBody } from '../../../lib/text/charset.ts';
import { deskOf, type Env } from '../../env.ts';
import { type FetchedFeed, fetchFeed } from '../../net/fetch-feed.ts';
import { tick } from '../../poll/tick.ts';
import { settingsOf } from '../../settings.ts';
import { VERSION } from '../../version.ts';
import type { Caller } from '../middleware/auth.ts';
import { readJson } from '../middleware/body.ts';
import { problem } from '../middleware/problem.ts';

export const feedAddress = z.strictObject({ url: z.url({ protocol: /^https?$/u }).max(2_000) });
export const feedId = z.strictObject({ id: z.string().min(1).max(2_000) });

export const feedRoutes = new Hono<Caller>()
  .get('/', async (c) => c.json({ feeds: await deskOf(c.env).feeds().statuses() }))
  .post('/poll', async (c) => {
    const asked = await readJson(c, feedId);
    if (asked instanceof Response) return asked;
    const answer = await deskOf(c.env).feeds().pollNow(asked.id);
    if (answer.kind === 'unknown')
      return problem(c, { status: 404, title: 'there is no such feed, or it is paused or gone' });
    if (answer.kind === 'wait') {
      const seconds = Math.max(1, Math.ceil(answer.waitMs / 1000));
      c.header('retry-after', String(seconds));
      const detail = 'publishers are asked at most every few minutes, and left alone when they ask for it';
      return problem(c, { status: 429, title: `this feed may be polled again in ${seconds} s`, detail });
    }
    // Where the clock is replayed, ticks come from whoever replays it.
    if (settingsOf(c.env).tickSeconds > 0) c.executionCtx.waitUntil(tick(Date.now(), c.env));
    return c.body(null, 202);
  })
  .post('/look', async (c) => {
    const asked = await readJson(c, feedAddress);
    if (asked instanceof Response) return asked;
    const fetched = await lookAt(asked.url, c.env);
    if (fetched.kind !== 'body') return problem(c, { status: 422, title: whyNot(fetched) });
    return c.json(seenIn(fetched));
  });

/** One unconditional request in our own name, as a poll would make it. */
async function lookAt(url: string, env: Env): Promise<FetchedFeed> {
  const settings = settingsOf(env);
  return await fetchFeed(
    {
      url,
      agent: userAgent(settings.agent, 'preview', VERSION),
      validators: null,
      ownHeaders: [],
      policy: { allowLoopback: settings.allowLoopback, allowHosts: await deskOf(env).config().allowHosts() },
      slots: null,
    },
    Date.now,
  );
}

function whyNot(fetched: FetchedFeed): string {
  if (fetched.kind === 'failure') return `nothing came back: ${fetched.detail}`;
  return fetched.kind === 'status' ? `the server answers ${fetched.status}` : 'the server sent nothing new';
}

/** What a feed lists, or which feeds a page announces. */
function seenIn(fetched: FetchedFeed & { kind: 'body' }): object {
  const { bytes, contentType, url } = fetched;
  const feed = parseFeed(bytes, { contentType, url });
  const { text } = decodeBody(bytes, contentType);
  return {
    url,
    format: feed.format,
    title: feed.title,
    language: feed.language,
    problems: feed.problems,
    entries: feed.entries
      .slice(0, FEED_PREVIEW_ENTRIES_MAX)
      .map(({ title, url, published, language }) => ({ title, url, published, language })),
    count: feed.entries.length,
    discovered: feed.format === null ? discoverFeeds(text, url) : [],
  };
}
