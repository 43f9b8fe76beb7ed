/** Request headers of a poll: truthful, conditional, the same every time (politeness P02–P05, P24–P28). */

/** Validators of the last valid answer (RFC 9110 §8.8), byte for byte. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Validators with the address that sent them; they are sent to no other address. */
export interface SeenValidators extends Validators {
  readonly url: string;
}

/** Feed types are preferred; any other type is accepted with low priority. */
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';

/** Identification of the poller. `subscribers`: people or channels served; `contact`: URL of a page about this poller. */
export interface UserAgent {
  readonly contact: string;
  readonly subscribers: number;
}

/** `Vigie/0.1 (+https://contact; 3 subscribers; feed-id=1a2b)`: the form from which publishers count readers. */
export function userAgent(agent: UserAgent, feedHash: string, version: string): string {
  const people = `${agent.subscribers} subscriber${agent.subscribers === 1 ? '' : 's'}`;
  return `Vigie/${version} (+${agent.contact}; ${people}; feed-id=${feedHash})`;
}

/** Validators are sent back exactly as received. `A-IM: feed` (RFC 3229) is sent only with an ETag, which it needs. */
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
