/**
 * The only way out: every request of feeds, channels and redirect hops passes here.
 * Checks each hop's address, follows redirects by hand, bounds time and decoded bytes.
 */
import { REDIRECTS_MAX } from '../../lib/model/limits.ts';
import type { Hop } from '../../lib/poll/moved.ts';
import { checkedUrl, type HostPolicy } from './host-policy.ts';

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
  readonly method: 'GET' | 'POST';
  /** Headers for one hop: what belongs to one address stays there. */
  readonly headers: (url: string) => [string, string][];
  readonly body: string | null;
  readonly followRedirects: boolean;
  readonly timeoutMs: number;
  readonly bodyBytesMax: number;
  /** `fail`: a longer body is a failure; `cut`: its opening is enough. */
  readonly longBody: 'fail' | 'cut';
  readonly policy: HostPolicy;
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** Never throws for what the network does; counts every request made. */
export async function safeFetch(request: SafeRequest): Promise<FetchAnswer | FetchFailure> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  const hops: Hop[] = [];
  let address = request.url;
  for (let requests = 0; ; ) {
    const url = checkedUrl(address, request.policy);
    if ('kind' in url) return { kind: 'failure', reason: 'refused-address', detail: url.reason, requests };
    requests++;
    try {
      const response = await fetch(url, {
        method: request.method,
        headers: request.headers(url.href),
        body: request.body,
        redirect: 'manual',
        signal,
      });
      const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
      if (location !== null && request.followRedirects) {
        await response.body?.cancel();
        if (hops.length >= REDIRECTS_MAX) {
          return {
            kind: 'failure',
            reason: 'redirect',
            detail: `more than ${REDIRECTS_MAX} redirects`,
            requests,
          };
        }
        hops.push({ url: url.href, status: response.status });
        address = URL.canParse(location, url.href) ? new URL(location, url.href).href : location;
        continue;
      }
      const body = await readBody(response, request);
      if (body === null) {
        return {
          kind: 'failure',
          reason: 'too-large',
          detail: `more than ${request.bodyBytesMax} bytes`,
          requests,
        };
      }
      return {
        kind: 'answer',
        status: response.status,
        headers: response.headers,
        body,
        url: url.href,
        hops,
        requests,
      };
    } catch (error) {
      return { kind: 'failure', ...reasonOf(error), requests };
    }
  }
}

/** Counts decoded bytes while they stream, so that a bomb is stopped at the cap. */
async function readBody(response: Response, request: SafeRequest): Promise<Uint8Array | null> {
  const encoding = response.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (!['', 'identity', 'gzip', 'x-gzip', 'br'].includes(encoding)) {
    await response.body?.cancel();
    throw new UnreadableEncoding(encoding);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    chunks.push(value);
    if (bytes > request.bodyBytesMax) {
      await reader.cancel();
      if (request.longBody === 'fail') return null;
      break;
    }
  }
  return joined(chunks, Math.min(bytes, request.bodyBytesMax));
}

class UnreadableEncoding extends Error {
  override readonly name = 'UnreadableEncoding';
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk.subarray(0, bytes - at), at);
    at += Math.min(chunk.byteLength, bytes - at);
  }
  return body;
}

/** Platform errors are mapped to our closed list; their text may name hosts and is dropped. */
function reasonOf(error: unknown): { reason: 'network' | 'timeout'; detail: string } {
  if (error instanceof UnreadableEncoding) return { reason: 'network', detail: `unknown content encoding` };
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError')
    return { reason: 'timeout', detail: 'no answer in time' };
  const lost = error instanceof Error && /connection lost|disconnected|reset/i.test(error.message);
  return { reason: 'network', detail: lost ? 'connection lost' : 'unreachable' };
}
