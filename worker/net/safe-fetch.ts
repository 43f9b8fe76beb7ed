/**
 * The only place that makes requests: feeds, channels and each redirect. Checks the address of each hop, follows redirects
 * itself, and limits time and decoded bytes.
 */
import { HEADERS_TIMEOUT_MS, REDIRECTS_MAX } from '../../lib/model/limits.ts';
import type { Hop } from '../../lib/poll/moved.ts';
import { BodyProblem, readBody } from './body.ts';
import { checkedUrl, type HostPolicy } from './host-policy.ts';
import type { HostSlots } from './host-slots.ts';

/** Why a request failed. `detail` contains no address and no secret. */
export interface FetchFailure {
  readonly kind: 'failure';
  readonly reason: 'network' | 'timeout' | 'too-large' | 'redirect' | 'refused-address';
  readonly detail: string;
  readonly requests: number;
}

/** The final answer; the body is decoded and within its limit. */
export interface FetchAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The final URL after redirects. */
  readonly url: string;
  /** Redirects followed, in order. */
  readonly hops: readonly Hop[];
  readonly requests: number;
}

/** One request with its limits. */
export interface SafeRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Headers for one hop, so that credentials of one origin are not sent to another. */
  readonly headers: (url: string) => [string, string][];
  readonly body: string | null;
  readonly followRedirects: boolean;
  readonly timeoutMs: number;
  /** Milliseconds to wait for the response headers; default HEADERS_TIMEOUT_MS. */
  readonly headersMs?: number;
  readonly bodyBytesMax: number;
  /** `fail`: a longer body is a failure; `cut`: the body is truncated to the limit. */
  readonly longBody: 'fail' | 'cut';
  readonly policy: HostPolicy;
  /** Serialises requests to one host; null: no limit. */
  readonly slots: HostSlots | null;
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** Never throws for network failures. `requests` counts every request made, redirects included. */
export async function safeFetch(request: SafeRequest): Promise<FetchAnswer | FetchFailure> {
  const hops: Hop[] = [];
  let address = request.url;
  let leftMs = request.timeoutMs;
  for (let requests = 0; ; ) {
    const failed = (reason: FetchFailure['reason'], detail: string): FetchFailure => ({
      kind: 'failure',
      reason,
      detail,
      requests,
    });
    const url = checkedUrl(address, request.policy);
    if ('kind' in url) return failed('refused-address', url.reason);
    requests++;
    try {
      const hop = await inSlot(url, request, leftMs);
      if (hop.kind === 'end') {
        const { status, headers, body } = hop;
        return { kind: 'answer', status, headers, body, url: url.href, hops, requests };
      }
      if (hops.length >= REDIRECTS_MAX) return failed('redirect', `more than ${REDIRECTS_MAX} redirects`);
      hops.push({ url: url.href, status: hop.status });
      address = hop.target;
      leftMs -= hop.tookMs;
    } catch (error) {
      if (error instanceof BodyProblem) return failed(error.reason, error.message);
      return failed(...reasonOf(error));
    }
  }
}

type HopEnd =
  | { readonly kind: 'end'; readonly status: number; readonly headers: Headers; readonly body: Uint8Array }
  | { readonly kind: 'redirect'; readonly status: number; readonly target: string; readonly tookMs: number };

/** The time spent waiting for the host's slot does not count towards the request's timeout. */
async function inSlot(url: URL, request: SafeRequest, timeoutMs: number): Promise<HopEnd> {
  const go = (): Promise<HopEnd> => oneHop(url, request, timeoutMs);
  return request.slots === null ? await go() : await request.slots.take(url.host, go);
}

async function oneHop(url: URL, request: SafeRequest, timeoutMs: number): Promise<HopEnd> {
  const start = Date.now();
  const response = await ask(url, request, AbortSignal.timeout(timeoutMs));
  const { status, headers } = response;
  const target = request.followRedirects ? redirectTarget(response, url) : null;
  if (target === null) return { kind: 'end', status, headers, body: await readBody(response, request) };
  await response.body?.cancel();
  return { kind: 'redirect', status, target, tookMs: Date.now() - start };
}

/** Waits for the headers; `total` also limits the time for the body. */
async function ask(url: URL, request: SafeRequest, total: AbortSignal): Promise<Response> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), request.headersMs ?? HEADERS_TIMEOUT_MS);
  try {
    return await fetch(url, {
      method: request.method,
      headers: request.headers(url.href),
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([total, silent.signal]),
    });
  } finally {
    clearTimeout(timer);
  }
}

function redirectTarget(response: Response, from: URL): string | null {
  const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
  if (location === null) return null;
  return URL.canParse(location, from.href) ? new URL(location, from.href).href : location;
}

/** Maps platform errors to our reasons; their text may contain host names and is dropped. */
function reasonOf(error: unknown): ['network' | 'timeout', string] {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') return ['timeout', 'timed out'];
  const lost = error instanceof Error && /connection lost|disconnected|reset/i.test(error.message);
  return ['network', lost ? 'connection lost' : 'unreachable'];
}
