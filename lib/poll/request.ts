/** The headers of a poll: truthful, conditional, the same every time (politeness P02–P05, P24–P28). */

/** What the last good answer gave us, byte for byte. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Validators and the very address they came from: to no other are they sent. */
export interface SeenValidators extends Validators {
  readonly url: string;
}

/** Feed types first; anything else is still better than nothing. */
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';

/** Who asks. `subscribers` = people or channels served; `contact` = a page about this poller. */
export interface UserAgent {
  readonly contact: string;
  readonly subscribers: number;
}

/** `Vigie/0.1 (+https://contact; 3 subscribers; feed-id=1a2b)`: what publishers count readers by. */
export function userAgent(agent: UserAgent, feedHash: string, version: string): string {
  const people = `${agent.subscribers} subscriber${agent.subscribers === 1 ? '' : 's'}`;
  return `Vigie/${version} (+${agent.contact}; ${people}; feed-id=${feedHash})`;
}

/** Validators go back exactly as they came; none is invented. `A-IM` (RFC 3229) only where the server can compare. */
export function pollHeaders(agent: string, validators: Validators): [string, string][] {
  const headers: [string, string][] = [
    ['User-Agent', agent],
    ['Accept', ACCEPT],
    ['Accept-Encoding', 'gzip, br'],
  ];
  if (validators.etag !== null) headers.push(['If-None-Match', validators.etag], ['A-IM', 'feed']);
  if (validators.lastModified !== null) headers.push(['If-Modified-Since', validators.lastModified]);
  return headers;
}
