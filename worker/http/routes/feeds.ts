/** `/api/feeds`: the state of each feed; polling one now; finding a site's feeds; previewing a feed before adding it. */
import { Hono } from 'hono';
import type { FeedLook } from '../../../lib/api/feeds.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { discoverFeeds } from '../../../lib/feed/format/discover.ts';
import { parseFeed } from '../../../lib/feed/parse.ts';
import { FEED_PREVIEW_ENTRIES_MAX } from '../../../lib/model/limits.ts';
import { isoTimeOrNull } from '../../../lib/model/time.ts';
import { userAgent } from '../../../lib/poll/request.ts';
import { decodeBody } from '../../../lib/text/charset.ts';
import { deskOf, type Env } from '../../env.ts';
import { type FetchedFeed, fetchFeed } from '../../net/fetch-feed.ts';
import { tick } from '../../poll/tick.ts';
import { settingsOf } from '../../settings.ts';
import { VERSION } from '../../version.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

export const feedRoutes = new Hono<Caller>();

serve(feedRoutes, OPERATIONS.listFeeds, async (c) => ({ feeds: await deskOf(c.env).feeds().statuses() }));

serve(feedRoutes, OPERATIONS.pollFeed, async (c, { body }) => {
  const answer = await deskOf(c.env).feeds().pollNow(body.id);
  if (answer.kind === 'unknown') return problem(c, { status: 404, title: 'Feed not found, paused or gone' });
  if (answer.kind === 'wait') {
    const seconds = Math.max(1, Math.ceil(answer.waitMs / 1000));
    c.header('retry-after', String(seconds));
    const title = `Too many requests: this feed may be polled again in ${seconds} s`;
    return problem(c, { status: 429, title });
  }
  // Where ticks are replayed (0 seconds), the replaying program triggers them.
  if (settingsOf(c.env).tickSeconds > 0) c.executionCtx.waitUntil(tick(Date.now(), c.env));
  return null;
});

serve(feedRoutes, OPERATIONS.lookIntoFeed, async (c, { body }) => {
  const fetched = await previewFeed(body.url, c.env);
  if (fetched.kind !== 'body')
    return problem(c, { status: 422, title: `Feed cannot be read: ${whyNot(fetched)}` });
  return previewOf(fetched);
});

/** One unconditional request under our own user agent, like a poll. */
async function previewFeed(url: string, env: Env): Promise<FetchedFeed> {
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
  if (fetched.kind === 'failure') return `no response: ${fetched.detail}`;
  return fetched.kind === 'status'
    ? `the server answered HTTP ${fetched.status}`
    : 'the server answered "not modified" to an unconditional request';
}

/** The first entries of a feed, or the feeds that a page announces. */
function previewOf(fetched: FetchedFeed & { kind: 'body' }): FeedLook {
  const { bytes, contentType, url } = fetched;
  const feed = parseFeed(bytes, { contentType, url });
  const { text } = decodeBody(bytes, contentType);
  return {
    url,
    format: feed.format,
    title: feed.title,
    language: feed.language,
    problems: feed.problems,
    entries: feed.entries.slice(0, FEED_PREVIEW_ENTRIES_MAX).map(({ title, url, published, language }) => ({
      title,
      url,
      published: isoTimeOrNull(published),
      language,
    })),
    count: feed.entries.length,
    discovered: feed.format === null ? discoverFeeds(text, url) : [],
  };
}
