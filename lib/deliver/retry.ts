/** What an attempt came to, and when to try again. Pure: the clock and the jitter's seed are arguments. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { CHANNEL_BACKOFF_MS_MAX, RETRY_AFTER_DELIVERY_MS_MAX } from '../model/limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Gaps behind the 1st … 9th failed attempt; the tenth is the last, after 75 h 35 m (Standard Webhooks). */
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

/** So long a delivery may be put off by a receiver that says when to come back: as long as its own attempts take. */
const PATIENCE_MS: DurationMs = RETRY_GAPS_MS.reduce((sum, gap) => sum + gap, 0);
/** So often in a row a channel comes back exactly when it was told to; then it backs off on its own, too. */
const HONOURED_IN_A_ROW = 5;

/** Exactly one per attempt. `ambiguous`: the receiver may have it and we cannot know. */
export type AttemptOutcome =
  | {
      readonly kind: 'delivered';
      readonly status: number;
      /** How long the receiver asks the channel to rest all the same. */
      readonly cooldownMs?: DurationMs;
      /** Where the receiver has moved to: later deliveries go there. */
      readonly movedTo?: string;
    }
  /** The receiver will never take this delivery. */
  | { readonly kind: 'rejected'; readonly status: number; readonly detail: string }
  /** The address is gone: nothing more goes there. */
  | { readonly kind: 'channel-gone'; readonly status: number; readonly detail: string }
  | { readonly kind: 'throttled'; readonly status: number; readonly retryAfterMs: DurationMs | null }
  /** Nothing was sent: the configuration names what is not there. Costs no attempt. */
  | { readonly kind: 'unsent'; readonly status: null; readonly detail: string }
  | {
      readonly kind: 'failed';
      readonly status: number | null;
      readonly detail: string;
      readonly ambiguous: boolean;
    };

/** Statuses of one kind of channel that do not mean what they mean elsewhere. */
export interface StatusRules {
  /** Never take this delivery, whatever the retry. */
  readonly rejected: readonly number[];
  readonly channelGone: readonly number[];
}

/** 2xx is success and nothing else is: a redirect is a failure, never followed. */
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

const OVERLOADED = [502, 503, 504];

/** 1 s to 24 h: a receiver may ask for patience, not for silence. */
function clamped(ms: DurationMs): DurationMs {
  return Math.min(Math.max(Math.ceil(ms), SECOND), RETRY_AFTER_DELIVERY_MS_MAX);
}

/** What becomes of a delivery after an attempt. */
export type NextStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly at: EpochMs }
  | { readonly kind: 'dead'; readonly reason: 'rejected' | 'attempts-used-up' | 'channel-gone' };

/** What was tried for a delivery. */
export interface Tried {
  /** How many attempts count, this one included if it does. */
  readonly attempts: number;
  /** Since it was made. */
  readonly ageMs: DurationMs;
}

/**
 * Whether an attempt is one of the ten. Nothing sent is none, and neither is a receiver that says when to come back: it
 * fails nothing. It puts a delivery off for three days, then that counts like a failure, so that there is an end.
 */
export function isCounted(outcome: AttemptOutcome, ageMs: DurationMs): boolean {
  if (outcome.kind === 'throttled') return outcome.retryAfterMs === null || ageMs >= PATIENCE_MS;
  return outcome.kind !== 'unsent';
}

/** @param seed 0 ≤ seed < 1; spreads a gap over ±20 %, and what a receiver asks for over up to 10 % more */
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
 * How long a whole channel rests after an attempt: a receiver that fails is probed, not hammered.
 *
 * @param failures consecutive failed attempts on the channel, this one included; 0 after a success
 */
export function channelCooldown(outcome: AttemptOutcome, failures: number): DurationMs {
  if (outcome.kind === 'unsent') return MINUTE;
  if (outcome.kind === 'throttled')
    return Math.max(outcome.retryAfterMs ?? MINUTE, SECOND, backOff(failures - HONOURED_IN_A_ROW));
  if (outcome.kind === 'delivered') return Math.min(outcome.cooldownMs ?? 0, RETRY_AFTER_DELIVERY_MS_MAX);
  if (outcome.kind !== 'failed') return 0;
  return backOff(failures);
}

function backOff(failures: number): DurationMs {
  return failures < 1 ? 0 : Math.min(SECOND * 2 ** Math.min(failures - 1, 10), CHANNEL_BACKOFF_MS_MAX);
}
