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
} from '../model/limits.ts';
import type { FreshnessHints, PollOutcome } from './outcome.ts';

/** What the desk keeps of a feed's pace. */
export interface Pace {
  /** Not before this, by the clock of ticks. */
  readonly next: EpochMs;
  /** `next` was this far away when it was set: a clock that jumps back cannot freeze the feed for longer. */
  readonly wait: DurationMs;
  /** Consecutive failed polls; 0 after a success. */
  readonly failures: number;
  /** Time between new entries, smoothed; null before two polls brought some. */
  readonly rhythmMs: DurationMs | null;
  /** When a poll last brought a new entry. */
  readonly lastNew: EpochMs | null;
  /** The claim that is out for this feed; null when none is. */
  readonly claim: string | null;
  /** 410: never again, until its address changes. */
  readonly gone: boolean;
}

export const NEW_PACE: Pace = {
  next: 0,
  wait: 0,
  failures: 0,
  rhythmMs: null,
  lastNew: null,
  claim: null,
  gone: false,
};

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

/**
 * The pace after a poll. Hints only lengthen the wait; jitter only adds (a restart must never poll early).
 *
 * @param seed 0 ≤ seed < 1, different for each feed
 * @returns `next` from `now + floor` to `now + 7 days`, or `gone`
 *
 * Sources: RFC 9110 §10.2.3, §15.5.11; RSS 2.0 ttl, skipHours, skipDays; RSS 1.0 syndication module.
 */
export function paceAfter(
  pace: Pace,
  outcome: PollOutcome,
  context: { hints: PublisherHints; limits: PaceLimits; now: EpochMs; seed: number },
): Pace {
  const { hints, limits, now, seed } = context;
  const settle = (wait: DurationMs, change: Partial<Pace>): Pace => {
    const next = skipQuietHours(now + jittered(wait, seed), hints.document);
    return { ...pace, claim: null, next, wait: next - now, ...change };
  };
  switch (outcome.kind) {
    case 'fresh': {
      const rhythm = rhythmAfter(pace, outcome.newEntries, now);
      return settle(pollInterval({ ...pace, ...rhythm }, hints, limits, now), { failures: 0, ...rhythm });
    }
    case 'unchanged':
      return settle(pollInterval(pace, hints, limits, now), { failures: 0 });
    case 'throttled': {
      const own = Math.min(THROTTLE_MS_MIN * 2 ** pace.failures, BACKOFF_MS_MAX);
      return settle(Math.max(hints.headers.retryAfterMs ?? own, limits.floorMs), {
        failures: pace.failures + 1,
      });
    }
    case 'failed': {
      const base = Math.max(limits.floorMs, limits.everyMs ?? 0);
      const backoff = Math.min(base * 2 ** Math.min(pace.failures, 20), BACKOFF_MS_MAX);
      return settle(Math.max(backoff, hints.headers.retryAfterMs ?? 0), { failures: pace.failures + 1 });
    }
    case 'gone':
      return { ...pace, claim: null, gone: true };
    case 'deferred':
      // Nothing was asked of the publisher: due again at the next tick.
      return { ...pace, claim: null, next: now, wait: 0 };
  }
}

/** The feed's own rhythm between floor and ceiling, never shorter than what the publisher asks. */
function pollInterval(pace: Pace, hints: PublisherHints, limits: PaceLimits, now: EpochMs): DurationMs {
  const own = limits.everyMs ?? adaptiveInterval(pace, now);
  const document = hints.document;
  const asked = Math.max(
    hints.headers.freshForMs ?? 0,
    Math.min(document?.ttlMs ?? 0, TTL_MS_MAX),
    Math.min(document?.syPeriodMs ?? 0, SY_PERIOD_MS_MAX),
  );
  return Math.max(own, asked, limits.floorMs);
}

/** A third of the usual gap between new entries: a busy feed tends to the floor, a dormant one to the ceiling. */
function adaptiveInterval(pace: Pace, now: EpochMs): DurationMs {
  if (pace.rhythmMs === null) return POLL_INTERVAL_MS_DEFAULT;
  const quiet = pace.lastNew === null ? 0 : now - pace.lastNew;
  return Math.min(Math.max(pace.rhythmMs, quiet / 4) / 3, POLL_INTERVAL_MS_MAX);
}

function rhythmAfter(pace: Pace, newEntries: number, now: EpochMs): Pick<Pace, 'rhythmMs' | 'lastNew'> {
  if (newEntries === 0) return { rhythmMs: pace.rhythmMs, lastNew: pace.lastNew };
  if (pace.lastNew === null) return { rhythmMs: null, lastNew: now };
  const gap = Math.max(now - pace.lastNew, 0) / newEntries;
  return { rhythmMs: pace.rhythmMs === null ? gap : pace.rhythmMs * 0.7 + gap * 0.3, lastNew: now };
}

/** Up to a tenth more, never less. */
function jittered(wait: DurationMs, seed: number): DurationMs {
  return Math.round(wait * (1 + seed / 10));
}

const HOUR_MS = 3_600_000;

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
