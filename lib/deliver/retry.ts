/** The outcome of an attempt and the time of the next one. Pure: clock and random seed are arguments. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { CHANNEL_BACKOFF_MS_MAX, RETRY_AFTER_DELIVERY_MS_MAX } from '../model/limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delays after the 1st … 9th failed attempt; the tenth, after 75 h 35 m, is the last (Standard Webhooks, "Retries"). */
export const RETRY_GAPS_MS: readonly DurationMs[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Longest total delay that a receiver may ask for without using up attempts: as long as our own attempts take. */
const PATIENCE_MS: DurationMs = RETRY_GAPS_MS.reduce((sum, gap) => sum + gap, 0);
/** Number of delays in a row that are followed exactly; after them the channel also backs off by itself. */
const HONOURED_IN_A_ROW = 5;

/** Outcome of one attempt. `ambiguous`: the receiver may have the delivery, but we cannot know. */
export type AttemptOutcome =
  | {
      readonly kind: 'delivered';
      readonly status: number;
      /** Delay that the receiver asks for although it accepted the delivery. */
      readonly cooldownMs?: DurationMs;
      /** New address of the receiver, for later deliveries. */
      readonly movedTo?: string;
    }
  /** The receiver will never accept this delivery. */
  | { readonly kind: 'rejected'; readonly status: number; readonly detail: string }
  /** The address is gone: the channel is disabled. */
  | { readonly kind: 'channel-gone'; readonly status: number; readonly detail: string }
  | { readonly kind: 'throttled'; readonly status: number; readonly retryAfterMs: DurationMs | null }
  /** Nothing was sent, because the configuration names something that does not exist. Does not count as an attempt. */
  | { readonly kind: 'unsent'; readonly status: null; readonly detail: string }
  | {
      readonly kind: 'failed';
      readonly status: number | null;
      readonly detail: string;
      readonly ambiguous: boolean;
    };

/** Statuses that have a special meaning for one kind of channel. */
export interface StatusRules {
  /** The receiver will never accept this delivery. */
  readonly rejected: readonly number[];
  /** The channel no longer exists or refuses us. */
  readonly channelGone: readonly number[];
}

/** Only 2xx is success; a redirect is a failure and is not followed (Standard Webhooks). */
export function outcomeOfStatus(
  status: number,
  { rules, detail, retryAfterMs }: { rules: StatusRules; detail: string; retryAfterMs: DurationMs | null },
): AttemptOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (rules.channelGone.includes(status)) return { kind: 'channel-gone', status, detail };
  if (rules.rejected.includes(status)) return { kind: 'rejected', status, detail };
  if (status === 429 || (OVERLOADED.includes(status) && retryAfterMs !== null))
    return { kind: 'throttled', status, retryAfterMs: retryAfterMs === null ? null : clamped(retryAfterMs) };
  return { kind: 'failed', status, detail, ambiguous: false };
}

/** Statuses that mean overload if they come with Retry-After (RFC 9110 §15.6). */
const OVERLOADED = [502, 503, 504];

/** Limits a receiver's delay to 1 s … 24 h. */
function clamped(ms: DurationMs): DurationMs {
  return Math.min(Math.max(Math.ceil(ms), SECOND), RETRY_AFTER_DELIVERY_MS_MAX);
}

/** What happens to a delivery after an attempt. */
export type NextStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly at: EpochMs }
  | { readonly kind: 'dead'; readonly reason: 'rejected' | 'attempts-used-up' | 'channel-gone' };

/** Attempts made for a delivery so far. */
export interface Tried {
  /** Number of attempts that count, this one included if it counts. */
  readonly attempts: number;
  /** Time since the delivery was created. */
  readonly ageMs: DurationMs;
}

/**
 * Whether an attempt counts as one of the ten. An attempt that sent nothing does not, and neither does an answer with
 * Retry-After, which is not a failure; but after three days it counts, so that retries end.
 */
export function isCounted(outcome: AttemptOutcome, ageMs: DurationMs): boolean {
  if (outcome.kind === 'throttled') return outcome.retryAfterMs === null || ageMs >= PATIENCE_MS;
  return outcome.kind !== 'unsent';
}

/**
 * @param seed 0 ≤ seed < 1, random; spreads our own delay by ±20 %, and a receiver's delay by up to 10 % more
 * @returns `at` in wall time
 */
export function nextStep(
  outcome: AttemptOutcome,
  { attempts, ageMs }: Tried,
  now: EpochMs,
  seed: number,
): NextStep {
  const asked = outcome.kind === 'throttled' ? Math.max(outcome.retryAfterMs ?? 0, SECOND) : 0;
  if (outcome.kind === 'throttled' && !isCounted(outcome, ageMs))
    return { kind: 'retry', at: now + asked + Math.round(Math.min(asked / 10, MINUTE) * seed) };
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'done' };
    case 'rejected':
      return { kind: 'dead', reason: 'rejected' };
    case 'channel-gone':
      return { kind: 'dead', reason: 'channel-gone' };
    case 'unsent':
      return { kind: 'retry', at: now + MINUTE };
    case 'throttled':
    case 'failed': {
      const gap = RETRY_GAPS_MS[attempts - 1];
      if (gap === undefined) return { kind: 'dead', reason: 'attempts-used-up' };
      const own = Math.round(gap * (0.8 + 0.4 * seed));
      return { kind: 'retry', at: now + Math.max(own, asked) };
    }
  }
}

/**
 * How long the whole channel waits after an attempt: a failing receiver is tried rarely, not once per delivery.
 *
 * @param failures consecutive failed attempts of the channel, this one included; 0 after a success
 * @returns milliseconds; 0: the next delivery may be sent at once
 */
export function channelCooldown(outcome: AttemptOutcome, failures: number): DurationMs {
  if (outcome.kind === 'unsent') return MINUTE;
  if (outcome.kind === 'throttled')
    return Math.max(outcome.retryAfterMs ?? MINUTE, SECOND, backOff(failures - HONOURED_IN_A_ROW));
  if (outcome.kind === 'delivered') return Math.min(outcome.cooldownMs ?? 0, RETRY_AFTER_DELIVERY_MS_MAX);
  if (outcome.kind !== 'failed') return 0;
  return backOff(failures);
}

/** Doubles from 1 s, up to CHANNEL_BACKOFF_MS_MAX. */
function backOff(failures: number): DurationMs {
  return failures < 1 ? 0 : Math.min(SECOND * 2 ** Math.min(failures - 1, 10), CHANNEL_BACKOFF_MS_MAX);
}
