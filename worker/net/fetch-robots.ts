/** One request for a host's robots.txt. Any failure means that nothing is forbidden, as RFC 9309 §2.3.1.3 says of 4xx. */
import { ROBOTS_BYTES_MAX, ROBOTS_TIMEOUT_MS } from '../../lib/model/limits.ts';
import { type RobotsRules, robotsRules } from '../../lib/poll/robots.ts';
import type { HostPolicy } from './host-policy.ts';
import type { HostSlots } from './host-slots.ts';
import { safeFetch } from './safe-fetch.ts';

/** Rules and the number of requests made. */
export interface FetchedRobots {
  readonly rules: RobotsRules;
  readonly requests: number;
}

/** @param origin scheme, host and port */
export async function fetchRobots(
  origin: string,
  { agent, policy, slots }: { agent: string; policy: HostPolicy; slots: HostSlots },
): Promise<FetchedRobots> {
  const headers: [string, string][] = [
    ['User-Agent', agent],
    ['Accept', 'text/plain, */*;q=0.1'],
    ['Accept-Encoding', 'gzip, br'],
  ];
  const answer = await safeFetch({
    url: `${origin}/robots.txt`,
    method: 'GET',
    headers: () => headers,
    body: null,
    followRedirects: true,
    timeoutMs: ROBOTS_TIMEOUT_MS,
    bodyBytesMax: ROBOTS_BYTES_MAX,
    longBody: 'cut',
    policy,
    slots,
  });
  const text = answer.kind === 'answer' && answer.status === 200 ? new TextDecoder().decode(answer.body) : '';
  return { rules: robotsRules(text), requests: answer.requests };
}
