/** Words for feeds and polls, whose states and results the API gives as codes. Pure. */
import type { FeedStatus } from '../../lib/api/feeds.ts';

export const FEED_STATES: Readonly<Record<FeedStatus['state'], string>> = {
  failing: 'Failing',
  suspect: 'Not a valid feed',
  gone: 'Removed (410)',
  stale: 'No new items',
  slow: 'Backing off',
  new: 'New',
  ok: 'OK',
  paused: 'Paused',
};

/** Keys are the kinds of PollOutcome and FailureReason (lib/poll/outcome.ts). */
const RESULTS: Readonly<Record<string, string>> = {
  fresh: 'new entries',
  unchanged: 'unchanged',
  throttled: 'asks for fewer polls',
  gone: 'removed',
  network: 'no connection',
  timeout: 'no answer in time',
  'too-large': 'document too large',
  'not-a-feed': 'not a valid feed',
  truncated: 'incomplete document',
  redirect: 'redirect not followed',
  'refused-address': 'address not allowed',
  crashed: 'internal error',
};

/** `unchanged`, `answers with error 404`, `no connection: refused`. @param outcome as in FeedRecord */
export function pollResult(outcome: string): string {
  const status = /^http: HTTP (\d+)$/.exec(outcome)?.[1];
  if (status !== undefined) return `answers with error ${status}`;
  const [, code = outcome, detail = ''] = /^([a-z-]+): (.*)$/s.exec(outcome) ?? [];
  const words = RESULTS[code];
  if (words === undefined) return outcome;
  return detail === '' ? words : `${words}: ${detail}`;
}

const FORMATS: Readonly<Record<string, string>> = {
  rss090: 'RSS 0.90',
  rss091: 'RSS 0.91',
  rss092: 'RSS 0.92',
  rss093: 'RSS 0.93',
  rss094: 'RSS 0.94',
  rss10: 'RSS 1.0',
  rss20: 'RSS 2.0',
  rss: 'RSS',
  atom03: 'Atom 0.3',
  atom10: 'Atom 1.0',
  atom: 'Atom',
  json1: 'JSON Feed 1',
  json11: 'JSON Feed 1.1',
  'sitemap-news': 'News sitemap',
};

/** `RSS 2.0` for `rss20`. @param format a FeedFormat (lib/model/feed.ts) */
export const formatName = (format: string): string => FORMATS[format] ?? format;
