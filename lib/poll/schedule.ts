/** When to poll a feed again. Pure: clock and random seed are arguments. */

import { POLL_INTERVAL_MS_DEFAULT } from '../model/defaults.ts';
import type { PaceHints } from '../model/feed.ts';
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import {
  BACKOFF_MS_MAX,
  POLL_INTERVAL_MS_MAX,
  SY_PERIOD_MS_MAX,
  THROTTLE_MS_MIN,
  TTL_MS_MAX,
  UNCHANGED_MS_MAX,
} from '../model/limits.ts';
import { HOUR_MS } from '../model/time.ts';
import type { Moved } from './moved.ts';
import type { FreshnessHints, PollOutcome } from './outcome.ts';
import { type FeedState, stateAfter } from './state.ts';

/** What the desk stores about the schedule of a feed. Times are tick times. */
export interface Pace {
  /** Time of the next poll; never earlier. */
  readonly next: EpochMs;
  /** Distance of `next` when it was set, so that a clock that jumps back delays the feed by at most this. */
  readonly wait: DurationMs;
  /** Time of the first poll; null: none yet. Entries published later are news, even if that poll failed. */
  readonly since: EpochMs | null;
  /** Consecutive failed polls; 0 after a success. */
  readonly failures: number;
  /** Consecutive successful polls; 0 after a failure. */
  readonly successes: number;
  /** Smoothed time between new entries; null: unknown before two polls had new entries. */
  readonly rhythmMs: DurationMs | null;
  /** Time of the last poll with a new entry, or of the first successful poll; null: none yet. */
  readonly lastNew: EpochMs | null;
  /** Start of an unbroken series of 304 answers; null: the last answer was another. */
  readonly unchangedSince: EpochMs | null;
  /** Hints of the last document that was read: a 304 does not repeat them. */
  readonly asked: PaceHints | null;
  readonly state: FeedState;
  /** Target of a permanent redirect and its history; null: none. */
  readonly moved: Moved | null;
  /** Id of the claim whose result is expected; null: none. */
  readonly claim: string | null;
  /** The configured address that this pace belongs to: another address gets a new pace. */
  readonly url: string;
}

/** The pace of a feed that was never polled: it is due at once. */
export function newPace(url: string): Pace {
  return {
    next: 0,
    wait: 0,
    since: null,
    failures: 0,
    successes: 0,
    rhythmMs: null,
    lastNew: null,
    unchangedSince: null,
    asked: null,
    state: 'new',
    moved: null,
    claim: null,
    url,
  };
}

/** Limits of a feed's schedule. */
export interface PaceLimits {
  /** The feed's own `every`; null: adaptive. */
  readonly everyMs: DurationMs | null;
  readonly floorMs: DurationMs;
}

/** What the publisher asks for, in headers and in the document. */
export interface PublisherHints {
  readonly headers: FreshnessHints;
  readonly document: PaceHints | null;
}

/** Context of a poll that has ended. */
export interface PollContext {
  readonly hints: PublisherHints;
  readonly limits: PaceLimits;
  readonly now: EpochMs;
  /** Random: 0 ≤ seed < 1, different for each feed. */
  readonly seed: number;
  /** The document shares no entry with the previous one: the next poll comes as early as allowed. */
  readonly gap: boolean;
}

/**
 * The pace after a poll. Hints of the publisher only lengthen the wait, and jitter only adds to it: a restart must never
 * poll early. Sources: RFC 9110 §10.2.3 (Retry-After), §15.5.11 (410); RSS 2.0 ttl, skipHours, skipDays; RSS 1.0
 * syndication module.
 *
 * @returns `next` from `now + floor` to `now + 7 days`; no further poll once `state` is `gone`
 */
export function paceAfter(before: Pace, outcome: PollOutcome, context: PollContext): Pace {
  if (outcome.kind === 'deferred') {
    // No request was made: due again at the next tick.
    return { ...before, claim: null, next: context.now, wait: 0 };
  }
  const pace = counted(before, outcome, context);
  const next = skipQuietHours(
    context.now + jittered(waitAfter(before, pace, outcome, context), context.seed),
    pace.asked,
  );
  return {
    ...pace,
    claim: null,
    next,
    wait: next - context.now,
    state: stateAfter(pace, outcome, context.now),
  };
}

/** Counters, rhythm and hints after a poll. */
function counted(pace: Pace, outcome: PollOutcome, { hints, now }: PollContext): Pace {
  const asked = hints.document ?? pace.asked;
  if (outcome.kind === 'fresh') {
    const rhythm = rhythmAfter(pace, outcome.newEntries, now);
    return { ...pace, ...rhythm, asked, failures: 0, successes: pace.successes + 1, unchangedSince: null };
  }
  if (outcome.kind === 'unchanged') {
    return {
      ...pace,
      asked,
      failures: 0,
      successes: pace.successes + 1,
      unchangedSince: outcome.resent ? null : (pace.unchangedSince ?? now),
    };
  }
  return { ...pace, failures: pace.failures + 1, successes: 0 };
}

/** Milliseconds to wait by outcome, before jitter. */
function waitAfter(
  before: Pace,
  pace: Pace,
  outcome: Exclude<PollOutcome, { kind: 'deferred' }>,
  { hints, limits, now, gap }: PollContext,
): DurationMs {
  switch (outcome.kind) {
    case 'fresh':
    case 'unchanged':
      return pollInterval(pace, {
        headers: hints.headers,
        own: gap ? limits.floorMs : ownInterval(pace, limits, now),
        floorMs: limits.floorMs,
      });
    case 'throttled': {
      const own = Math.min(THROTTLE_MS_MIN * 2 ** Math.min(before.failures, 20), BACKOFF_MS_MAX);
      return Math.max(hints.headers.retryAfterMs ?? own, limits.floorMs, limits.everyMs ?? 0);
    }
    case 'failed': {
      const base = Math.max(limits.floorMs, limits.everyMs ?? 0);
      const backoff = Math.min(base * 2 ** Math.min(before.failures, 20), BACKOFF_MS_MAX);
      return Math.max(backoff, hints.headers.retryAfterMs ?? 0);
    }
    case 'gone':
      return BACKOFF_MS_MAX;
  }
}

/** Whether to send one request without validators: some servers answer 304 for ever (UNCHANGED_MS_MAX). */
export function wantsFullAnswer(pace: Pace, now: EpochMs): boolean {
  return pace.unchangedSince !== null && now - pace.unchangedSince >= UNCHANGED_MS_MAX;
}

/** Never shorter than what the publisher asks for, in headers or in the document. */
function pollInterval(
  pace: Pace,
  { headers, own, floorMs }: { headers: FreshnessHints; own: DurationMs; floorMs: DurationMs },
): DurationMs {
  const asked = Math.max(
    headers.freshForMs ?? 0,
    Math.min(pace.asked?.ttlMs ?? 0, TTL_MS_MAX),
    Math.min(pace.asked?.syPeriodMs ?? 0, SY_PERIOD_MS_MAX),
  );
  return Math.max(own, asked, floorMs);
}

/** The user's interval, else the adaptive one. */
function ownInterval(pace: Pace, limits: PaceLimits, now: EpochMs): DurationMs {
  return limits.everyMs ?? adaptiveInterval(pace, now);
}

/** A third of the usual time between new entries: busy feeds approach the floor, dormant ones POLL_INTERVAL_MS_MAX. */
function adaptiveInterval(pace: Pace, now: EpochMs): DurationMs {
  const quiet = pace.lastNew === null ? 0 : now - pace.lastNew;
  const slow = Math.min(Math.max(pace.rhythmMs ?? 0, quiet / 4) / 3, POLL_INTERVAL_MS_MAX);
  return pace.rhythmMs === null ? Math.max(POLL_INTERVAL_MS_DEFAULT, slow) : slow;
}

/** Exponential moving average (weight 0.3) of the time between new entries. */
function rhythmAfter(pace: Pace, newEntries: number, now: EpochMs): Pick<Pace, 'rhythmMs' | 'lastNew'> {
  // A feed without any new entry counts as dormant since its first poll.
  if (newEntries === 0) return { rhythmMs: pace.rhythmMs, lastNew: pace.lastNew ?? now };
  if (pace.lastNew === null) return { rhythmMs: null, lastNew: now };
  const gap = Math.max(now - pace.lastNew, 0) / newEntries;
  return { rhythmMs: pace.rhythmMs === null ? gap : pace.rhythmMs * 0.7 + gap * 0.3, lastNew: now };
}

/** Adds up to a tenth, never subtracts. */
function jittered(wait: DurationMs, seed: number): DurationMs {
  return Math.round(wait * (1 + seed / 10));
}

/** The first time from `at` on outside the hours and days (UTC) that the publisher asks to skip; `at` if all are. */
function skipQuietHours(at: EpochMs, document: PaceHints | null): EpochMs {
  if (document === null || (document.skipHours.length === 0 && document.skipDays.length === 0)) return at;
  for (let hours = 0, moment = at; hours < 24 * 7; hours++) {
    const date = new Date(moment);
    const quiet =
      document.skipHours.includes(date.getUTCHours()) || document.skipDays.includes(date.getUTCDay());
    if (!quiet) return moment;
    moment = (Math.floor(moment / HOUR_MS) + 1) * HOUR_MS;
  }
  return at;
}

/** Shortens a wait that was stored before the clock jumped back to its original length from now. */
export function clampToClock(pace: Pace, now: EpochMs): Pace {
  return pace.next - now > pace.wait ? { ...pace, next: now + pace.wait } : pace;
}
