/**
 * The only way out: every request of feeds, channels and redirect hops passes here.
 * Checks each hop's address, follows redirects by hand, bounds time and decoded bytes.
 */
import { HEADERS_TIMEOUT_MS, REDIRECTS_MAX } from '../../lib/model/limits.ts';
import type { Hop } from '../../lib/poll/moved.ts';
import { BodyProblem, readBody } from './body.ts';
import { checkedUrl, type HostPolicy } from './host-policy.ts';
import type { HostSlots } from './host-slots.ts';

/** Why nothing came back. `detail` holds no address and no secret. */
export interface FetchFailure {
  readonly kind: 'failure';
  readonly reason: 'network' | 'timeout' | 'too-large' | 'redirect' | 'refused-address';
  readonly detail: string;
  readonly requests: number;
}

export interface FetchAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Where the answer came from, behind all redirects. */
  readonly url: string;
  /** Redirects on the way, in order. */
  readonly hops: readonly Hop[];
  readonly requests: number;
}

export interface SafeRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Headers for one hop: what belongs to one address stays there. */
  readonly headers: (url: string) => [string, string][];
  readonly body: string | null;
  readonly followRedirects: boolean;
  readonly timeoutMs: number;
  /** How long the server may keep silent; not given: HEADERS_TIMEOUT_MS. */
  readonly headersMs?: number;
  readonly bodyBytesMax: number;
  /** `fail`: a longer body is a failure; `cut`: its opening is enough. */
  readonly longBody: 'fail' | 'cut';
  readonly policy: HostPolicy;
  /** Who asks this host meanwhile; null: nobody. */
  readonly slots: HostSlots | null;
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** Never throws for what the network does; counts every request made. */
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
      const hop = await inTurn(url, request, leftMs);
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

/** Waiting for the host's turn is not the host's fault: it takes nothing of the request's time. */
async function inTurn(url: URL, request: SafeRequest, timeoutMs: number): Promise<HopEnd> {
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

/** The answer's head in time; `total` goes on to bound its body. */
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

/** Platform errors are mapped to our closed list; their text may name hosts and is dropped. */
function reasonOf(error: unknown): ['network' | 'timeout', string] {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') return ['timeout', 'no answer in time'];
  const lost = error instanceof Error && /connection lost|disconnected|reset/i.test(error.message);
  return ['network', lost ? 'connection lost' : 'unreachable'];
}
