/** All consequences of one attempt at one delivery, decided in one place. Pure: the desk applies them in one transaction. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { OUTAGE_FAILURES_MIN } from '../model/limits.ts';
import { pacedAfter } from './bucket.ts';
import { type FailingClock, failedAgain, HEALTHY } from './failing.ts';
import type { Rate } from './payload.ts';
import { type AttemptOutcome, channelCooldown, isCounted, type NextStep, nextStep } from './retry.ts';

/** What is remembered of a channel between attempts. Wall time throughout. */
export interface ChannelHealth {
  /** Failed attempts in a row. */
  readonly failures: number;
  /** Nothing is sent before this time. */
  readonly cooldownUntil: EpochMs;
  /** When the bucket of its rate is full again (lib/deliver/bucket.ts). */
  readonly paced: EpochMs;
  readonly failing: FailingClock;
  readonly lastSuccess: EpochMs | null;
  /** Why it is disabled, and since when; null: it is not. */
  readonly disabled: { readonly why: string; readonly at: EpochMs } | null;
}

/** A channel that was never used. */
export const NEW_CHANNEL: ChannelHealth = {
  failures: 0,
  cooldownUntil: 0,
  paced: 0,
  failing: HEALTHY,
  lastSuccess: null,
  disabled: null,
};

export interface Effects {
  readonly delivery: { readonly attempts: number; readonly step: NextStep };
  readonly channel: ChannelHealth;
  /** `due`: after an outage, pending deliveries need not wait for their own retry. `dead`: the channel is disabled. */
  readonly pending: 'unchanged' | 'due' | 'dead';
  /** Why this attempt disabled the channel; null: it did not. */
  readonly disabled: string | null;
  /** The channel may be sent to again at once. */
  readonly goOn: boolean;
}

/** An attempt that ended at `wall`. */
export interface Attempt {
  readonly outcome: AttemptOutcome;
  readonly wall: EpochMs;
  /** Time since the delivery was created. */
  readonly ageMs: DurationMs;
  /** Attempts of the delivery that counted before this one. */
  readonly attempts: number;
  readonly rate: Rate;
  /** 0 ≤ seed < 1, random: spreads the time of the next attempt. */
  readonly seed: number;
}

/** The delivery, its channel and the channel's pending deliveries after one attempt. */
export function afterAttempt(before: ChannelHealth, attempt: Attempt): Effects {
  const { outcome, wall, ageMs, seed } = attempt;
  const attempts = attempt.attempts + (isCounted(outcome, ageMs) ? 1 : 0);
  const delivery = { attempts, step: nextStep(outcome, { attempts, ageMs }, wall, seed) };
  if (outcome.kind === 'channel-gone')
    return { delivery, ...disabledBy(`HTTP ${outcome.status}`, before, wall) };
  const fails = outcome.kind === 'throttled' || outcome.kind === 'failed' || outcome.kind === 'unsent';
  const { channel, cooldownMs } = used(before, attempt, fails);
  if (outcome.kind === 'delivered') {
    const pending = before.failures >= OUTAGE_FAILURES_MIN ? 'due' : 'unchanged';
    const healthy = { ...channel, failures: 0, lastSuccess: wall, failing: HEALTHY };
    return { delivery, channel: healthy, pending, disabled: null, goOn: cooldownMs === 0 };
  }
  if (outcome.kind === 'unsent')
    return { delivery, channel, pending: 'unchanged', disabled: null, goOn: false };
  const { clock, giveUp } = failedAgain(before.failing, wall);
  const failing = { ...channel, failing: clock };
  if (giveUp) return { delivery, ...disabledBy('every attempt failed for five days', failing, wall) };
  return {
    delivery,
    channel: failing,
    pending: 'unchanged',
    disabled: null,
    goOn: !fails && cooldownMs === 0,
  };
}

/** Rate and cooldown. An attempt that sent nothing does not count towards the rate. */
function used(
  before: ChannelHealth,
  { outcome, wall, rate }: Attempt,
  fails: boolean,
): { channel: ChannelHealth; cooldownMs: DurationMs } {
  const failures = fails ? before.failures + 1 : outcome.kind === 'delivered' ? 0 : before.failures;
  const { full, waitMs } =
    outcome.kind === 'unsent' ? { full: before.paced, waitMs: 0 } : pacedAfter(before.paced, rate, wall);
  const cooldownMs = Math.max(channelCooldown(outcome, failures), waitMs);
  return { channel: { ...before, failures, cooldownUntil: wall + cooldownMs, paced: full }, cooldownMs };
}

function disabledBy(why: string, before: ChannelHealth, wall: EpochMs): Omit<Effects, 'delivery'> {
  return {
    channel: { ...before, disabled: before.disabled ?? { why, at: wall } },
    pending: 'dead',
    disabled: before.disabled === null ? why : null,
    goOn: false,
  };
}
