/** What a poll came to: exactly one arm per poll. A new arm stops lib/poll/schedule.ts compiling until it is handled there. */
import type { DurationMs } from '../model/flavor.ts';

/** Why a poll failed. `http` carries the status in `detail`. */
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

/** What the answer's headers ask of pollers; null where they say nothing. */
export interface FreshnessHints {
  /** max-age or Expires, less Age. */
  readonly freshForMs: DurationMs | null;
  /** Retry-After, corrected by the server's own Date. */
  readonly retryAfterMs: DurationMs | null;
}

export type PollOutcome =
  | { readonly kind: 'fresh'; readonly newEntries: number }
  /** `resent`: the same body in full, no 304. */
  | { readonly kind: 'unchanged'; readonly resent?: true }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string }
  | { readonly kind: 'gone' }
  /** Not asked this time: the tick's budget was used up. */
  | { readonly kind: 'deferred' };
