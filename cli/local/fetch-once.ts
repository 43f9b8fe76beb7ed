/** One request from this machine, with the same code and limits as the Worker's polls. */

import { userAgent } from '../../lib/poll/request.ts';
import { type FetchedFeed, fetchFeed } from '../../worker/net/fetch-feed.ts';
import { VERSION } from '../../worker/version.ts';

export interface Once {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly allowLoopback: boolean;
}

/** Contact in the user agent: the address of this project, because the request belongs to no installation. */
const CONTACT = 'https://github.com/vigie-news/vigie';

export async function fetchOnce(
  url: string,
  { etag, lastModified, allowLoopback }: Once,
): Promise<FetchedFeed> {
  const conditional = etag !== null || lastModified !== null;
  const href = URL.canParse(url) ? new URL(url).href : url;
  return await fetchFeed(
    {
      url,
      agent: userAgent({ contact: CONTACT, subscribers: 1 }, 'cli', VERSION),
      validators: conditional ? { etag, lastModified, url: href } : null,
      ownHeaders: [],
      policy: { allowLoopback, allowHosts: [] },
      slots: null,
    },
    Date.now,
  );
}
