/** When to poll a feed again. Pure: the clock and the jitter's seed are arguments. */

import type { PaceHints } from '../model/feed.ts';
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import {
  BACKOFF_MS_MAX,
  POLL_INTERVAL_MS_DEFAULT,
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

/** What the desk keeps of a feed's pace. */
export interface Pace {
  /** Not before this, by the clock of ticks. */
  readonly next: EpochMs;
  /** `next` was this far away when it was set: a clock that jumps back cannot freeze the feed for longer. */
  readonly wait: DurationMs;
  /** When it was first asked for; null before. What is published after that is news, even if that poll failed. */
  readonly since: EpochMs | null;
  /** Consecutive failed polls; 0 after a success. */
  readonly failures: number;
  /** Consecutive good polls; 0 after a failure. */
  readonly successes: number;
  /** Time between new entries, smoothed; null before two polls brought some. */
  readonly rhythmMs: DurationMs | null;
  /** When a poll last brought a new entry, or the feed was first read; null: never read. */
  readonly lastNew: EpochMs | null;
  /** Since when every answer was 304; null: the last one was not. */
  readonly unchangedSince: EpochMs | null;
  /** What the document asked for when it was last read: a 304 does not repeat it. */
  readonly asked: PaceHints | null;
  readonly state: FeedState;
  /** Where a permanent redirect leads, and since when it does. */
  readonly moved: Moved | null;
  /** The claim that is out for this feed; null when none is. */
  readonly claim: string | null;
  /** The configured address all this is about: another one starts anew. */
  readonly url: string;
}

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

/** What bounds a feed's pace. */
export interface PaceLimits {
  /** The feed's own `every`; null: adaptive. */
  readonly everyMs: DurationMs | null;
  readonly floorMs: DurationMs;
}

/** What the publisher asked for, in headers and in the document. */
export interface PublisherHints {
  readonly headers: FreshnessHints;
  readonly document: PaceHints | null;
}

/** What is known when a poll has come to its end. */
export interface PollContext {
  readonly hints: PublisherHints;
  readonly limits: PaceLimits;
  readonly now: EpochMs;
  /** 0 ≤ seed < 1, different for each feed. */
  readonly seed: number;
  /** Nothing listed before is listed now: the next poll comes as soon as it may. */
  readonly gap: boolean;
}

/**
 * The pace after a poll. Hints only lengthen the wait; jitter only adds (a restart must never poll early).
 *
 * @returns `next` from `now + floor` to `now + 7 days`; never again once `state` is `gone`
 *
 * Sources: RFC 9110 §10.2.3, §15.5.11; RSS 2.0 ttl, skipHours, skipDays; RSS 1.0 syndication module.
 */
export function paceAfter(before: Pace, outcome: PollOutcome, context: PollContext): Pace {
  if (outcome.kind === 'deferred') {
    // Nothing was asked of the publisher: due again at the next tick.
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

/** Whether validators are to be left out once: some servers answer 304 for ever. */
export function wantsFullAnswer(pace: Pace, now: EpochMs): boolean {
  return pace.unchangedSince !== null && now - pace.unchangedSince >= UNCHANGED_MS_MAX;
}

/** Never shorter than what the publisher asks, in headers or in the document. */
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

function ownInterval(pace: Pace, limits: PaceLimits, now: EpochMs): DurationMs {
  return limits.everyMs ?? adaptiveInterval(pace, now);
}

/** A third of the usual gap between new entries: a busy feed tends to the floor, a dormant one to the ceiling. */
function adaptiveInterval(pace: Pace, now: EpochMs): DurationMs {
  const quiet = pace.lastNew === null ? 0 : now - pace.lastNew;
  const slow = Math.min(Math.max(pace.rhythmMs ?? 0, quiet / 4) / 3, POLL_INTERVAL_MS_MAX);
  return pace.rhythmMs === null ? Math.max(POLL_INTERVAL_MS_DEFAULT, slow) : slow;
}

function rhythmAfter(pace: Pace, newEntries: number, now: EpochMs): Pick<Pace, 'rhythmMs' | 'lastNew'> {
  // A feed that never brings anything is dormant since it was first read.
  if (newEntries === 0) return { rhythmMs: pace.rhythmMs, lastNew: pace.lastNew ?? now };
  if (pace.lastNew === null) return { rhythmMs: null, lastNew: now };
  const gap = Math.max(now - pace.lastNew, 0) / newEntries;
  return { rhythmMs: pace.rhythmMs === null ? gap : pace.rhythmMs * 0.7 + gap * 0.3, lastNew: now };
}

/** Up to a tenth more, never less. */
function jittered(wait: DurationMs, seed: number): DurationMs {
  return Math.round(wait * (1 + seed / 10));
}

/** The first moment from `at` on that is in no hour or day the publisher asks to skip; `at` if all are. */
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

/** A wait stored before the clock jumped back is clamped to its own length from now. */
export function clampToClock(pace: Pace, now: EpochMs): Pace {
  return pace.next - now > pace.wait ? { ...pace, next: now + pace.wait } : pace;
}
