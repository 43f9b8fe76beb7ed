/** Statistics of a feed's polls: answers, latency, entries per day, problems of the last document. Pure. */

import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { RECORD_DAYS_MAX, RECORD_LATENCIES_MAX } from '../model/limits.ts';
import { DAY_MS } from '../model/time.ts';
import type { PollOutcome } from './outcome.ts';

/** A problem of a document, whether it could be read or not. */
export interface DocumentProblem {
  readonly code: string;
  readonly message: string;
  /** UTF-16 units from the start of the document; -1: no position. */
  readonly offset: number;
  /** The text around the position, and the offset of the position in it; null: no position. */
  readonly excerpt: { readonly text: string; readonly at: number } | null;
}

/** Measurements of one request. */
export interface PollTiming {
  /** HTTP status; null: no answer. */
  readonly status: number | null;
  readonly ms: DurationMs;
  /** Size of the decoded body; 0: none. */
  readonly bytes: number;
  readonly problems: readonly DocumentProblem[];
}

/** Statistics of one feed. */
export interface FeedRecord {
  readonly polls: number;
  /** Number of polls answered with 304. */
  readonly notModified: number;
  /** Number of polls whose document shared no entry with the previous one. */
  readonly gaps: number;
  /** [days since 1970, new entries], newest last; days without new entries are left out. */
  readonly days: readonly (readonly [day: number, entries: number])[];
  /** Latencies of the newest polls, newest last. */
  readonly latencies: readonly DurationMs[];
  readonly last: {
    readonly at: EpochMs;
    readonly status: number | null;
    readonly ms: DurationMs;
    readonly bytes: number;
    /** `fresh`, `unchanged`, or the reason of the failure. */
    readonly outcome: string;
  } | null;
  /** Problems of the last document that had a body. */
  readonly problems: readonly DocumentProblem[];
}

/** Statistics of a feed that was never polled. */
export const NO_RECORD: FeedRecord = {
  polls: 0,
  notModified: 0,
  gaps: 0,
  days: [],
  latencies: [],
  last: null,
  problems: [],
};

/** The statistics after one more poll; unchanged for a deferred poll. */
export function recordAfter(
  record: FeedRecord,
  { outcome, timing }: { readonly outcome: PollOutcome; readonly timing: PollTiming | null },
  { newEntries, gap, now }: { newEntries: number; gap: boolean; now: EpochMs },
): FeedRecord {
  // No request was made: the tick's budget was used up.
  if (timing === null) return record;
  const failed = outcome.kind === 'failed' ? `${outcome.reason}: ${outcome.detail}` : outcome.kind;
  return {
    polls: record.polls + 1,
    notModified: record.notModified + (timing.status === 304 ? 1 : 0),
    gaps: record.gaps + (gap ? 1 : 0),
    days: withEntries(record.days, Math.floor(now / DAY_MS), newEntries),
    latencies: [...record.latencies, Math.round(timing.ms)].slice(-RECORD_LATENCIES_MAX),
    last: { at: now, status: timing.status, ms: Math.round(timing.ms), bytes: timing.bytes, outcome: failed },
    problems: timing.bytes > 0 ? timing.problems : record.problems,
  };
}

/** Keeps RECORD_DAYS_MAX days. */
function withEntries(days: FeedRecord['days'], day: number, entries: number): FeedRecord['days'] {
  const recent = days.filter(([other]) => other > day - RECORD_DAYS_MAX && other !== day);
  const today = entries + (days.find(([other]) => other === day)?.[1] ?? 0);
  return today === 0 ? recent : [...recent, [day, today]];
}
