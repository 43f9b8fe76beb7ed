/** One conditional request for one feed, redirects included. Handles HTTP only; lib/feed reads the body. */
import type { EpochMs } from '../../lib/model/flavor.ts';
import { FEED_BODY_BYTES_MAX, FEED_TIMEOUT_MS } from '../../lib/model/limits.ts';
import type { Hop } from '../../lib/poll/moved.ts';
import type { FailureReason, FreshnessHints } from '../../lib/poll/outcome.ts';
import { pollHeaders, type SeenValidators, type Validators } from '../../lib/poll/request.ts';
import { freshnessHints } from '../../lib/poll/response.ts';
import type { HostPolicy } from './host-policy.ts';
import type { HostSlots } from './host-slots.ts';
import { safeFetch } from './safe-fetch.ts';

/** What is sent for a feed: where, as whom, and with which validators of the last answer. */
export interface FeedRequest {
  readonly url: string;
  readonly agent: string;
  readonly validators: SeenValidators | null;
  /** The feed's own headers and credentials; sent only to the feed's origin. */
  readonly ownHeaders: readonly (readonly [string, string])[];
  readonly policy: HostPolicy;
  readonly slots: HostSlots | null;
}

/** Result of the request. `requests` counts redirects, too. */
export type FetchedFeed =
  | {
      readonly kind: 'body';
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      readonly contentLocation: string | null;
      readonly url: string;
      /** Redirects followed, in order. */
      readonly hops: readonly Hop[];
      /** HTTP 226: contains only changes since the validators (RFC 3229). */
      readonly partial: boolean;
      readonly validators: SeenValidators;
      readonly hints: FreshnessHints;
      readonly requests: number;
    }
  | {
      readonly kind: 'not-modified';
      /** Validators, updated by this 304. */
      readonly validators: SeenValidators;
      readonly hops: readonly Hop[];
      readonly hints: FreshnessHints;
      readonly requests: number;
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly hints: FreshnessHints;
      readonly requests: number;
    }
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      readonly detail: string;
      readonly requests: number;
    };

const NO_VALIDATORS: Validators = { etag: null, lastModified: null };

/** Never throws for network failures. @param now wall time, against which Retry-After and Expires are read */
export async function fetchFeed(request: FeedRequest, now: () => EpochMs): Promise<FetchedFeed> {
  const origin = URL.canParse(request.url) ? new URL(request.url).origin : '';
  const headers = (url: string): [string, string][] => {
    const validators = request.validators?.url === url ? request.validators : NO_VALIDATORS;
    const own = new URL(url).origin === origin ? request.ownHeaders : [];
    return [
      ...pollHeaders(request.agent, validators),
      ...own.map(([name, value]): [string, string] => [name, value]),
    ];
  };
  const answer = await safeFetch({
    url: request.url,
    method: 'GET',
    headers,
    body: null,
    followRedirects: true,
    timeoutMs: FEED_TIMEOUT_MS,
    bodyBytesMax: FEED_BODY_BYTES_MAX,
    longBody: 'fail',
    policy: request.policy,
    slots: request.slots,
  });
  if (answer.kind === 'failure') return answer;
  const hints = freshnessHints(pacingHeaders(answer.headers), now());
  const { status, requests } = answer;
  if (status === 304 && request.validators !== null) {
    const validators = renewed(request.validators, answer.headers);
    return { kind: 'not-modified', validators, hops: answer.hops, hints, requests };
  }
  const partial = status === 226 && /\bfeed\b/i.test(answer.headers.get('im') ?? '');
  if (status !== 200 && !partial) return { kind: 'status', status, hints, requests };
  return {
    kind: 'body',
    bytes: answer.body,
    contentType: answer.headers.get('content-type'),
    contentLocation: answer.headers.get('content-location'),
    url: answer.url,
    hops: answer.hops,
    partial,
    validators: { ...validatorsOf(answer.headers), url: answer.url },
    hints,
    requests,
  };
}

function validatorsOf(headers: Headers): Validators {
  return { etag: faithful(headers.get('etag')), lastModified: faithful(headers.get('last-modified')) };
}

/** workerd decodes header bytes as UTF-8; a validator that was not valid UTF-8 cannot be sent back and is dropped. */
function faithful(value: string | null): string | null {
  return value?.includes('\ufffd') ? null : value;
}

/** A 304 may carry new validators (RFC 9111 §4.3.4); a header that it does not have keeps its value. */
function renewed(before: SeenValidators, headers: Headers): SeenValidators {
  const { etag, lastModified } = validatorsOf(headers);
  return { url: before.url, etag: etag ?? before.etag, lastModified: lastModified ?? before.lastModified };
}

function pacingHeaders(headers: Headers) {
  return {
    cacheControl: headers.get('cache-control'),
    expires: headers.get('expires'),
    age: headers.get('age'),
    date: headers.get('date'),
    retryAfter: headers.get('retry-after'),
  };
}
