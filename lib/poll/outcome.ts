/** Outcomes of a poll, exactly one for each poll. lib/poll/schedule.ts must handle each of them to compile. */
import type { DurationMs } from '../model/flavor.ts';

/** Why a poll failed. `http`: `detail` contains the status. */
export type FailureReason =
  | 'network'
  | 'timeout'
  | 'http'
  | 'too-large'
  | 'not-a-feed'
  | 'truncated'
  | 'redirect'
  | 'refused-address'
  | 'crashed';

/** Freshness headers of an answer; null where a header is missing. */
export interface FreshnessHints {
  /** max-age or Expires, minus Age (RFC 9111 §4.2). */
  readonly freshForMs: DurationMs | null;
  /** Retry-After, corrected by the server's Date. */
  readonly retryAfterMs: DurationMs | null;
}

/** Outcome of one poll. */
export type PollOutcome =
  | { readonly kind: 'fresh'; readonly newEntries: number }
  /** `resent`: the server sent the same body again instead of a 304. */
  | { readonly kind: 'unchanged'; readonly resent?: true }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string }
  | { readonly kind: 'gone' }
  /** Not requested, because the tick's budget was used up. */
  | { readonly kind: 'deferred' };
