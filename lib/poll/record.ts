/** How a feed's polls went, for its owner: answers, latency, entries a day, what was wrong with the last document. Pure. */

import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { RECORD_DAYS_MAX, RECORD_LATENCIES_MAX } from '../model/limits.ts';
import { DAY_MS } from '../model/time.ts';
import type { PollOutcome } from './outcome.ts';

/** What was wrong with a document that could be read, or could not. */
export interface DocumentProblem {
  readonly code: string;
  readonly message: string;
  /** UTF-16 units from the document's start; -1: of no place. */
  readonly offset: number;
  /** The text around it, and where in it the offset lies; null: of no place. */
  readonly excerpt: { readonly text: string; readonly at: number } | null;
}

/** How a poll went over the wire. */
export interface PollTiming {
  /** HTTP status; null: none came. */
  readonly status: number | null;
  readonly ms: DurationMs;
  /** Of the body, decoded; 0: none. */
  readonly bytes: number;
  readonly problems: readonly DocumentProblem[];
}

export interface FeedRecord {
  readonly polls: number;
  /** Of these, answered 304. */
  readonly notModified: number;
  /** Polls whose entries shared nothing with the one before. */
  readonly gaps: number;
  /** [day since 1970, new entries], the newest last; days without any are left out. */
  readonly days: readonly (readonly [day: number, entries: number])[];
  /** Of the newest polls, the newest last. */
  readonly latencies: readonly DurationMs[];
  readonly last: {
    readonly at: EpochMs;
    readonly status: number | null;
    readonly ms: DurationMs;
    readonly bytes: number;
    /** `fresh`, `unchanged`, or why it failed. */
    readonly outcome: string;
  } | null;
  /** Of the last document that had any. */
  readonly problems: readonly DocumentProblem[];
}

export const NO_RECORD: FeedRecord = {
  polls: 0,
  notModified: 0,
  gaps: 0,
  days: [],
  latencies: [],
  last: null,
  problems: [],
};

export function recordAfter(
  record: FeedRecord,
  { outcome, timing }: { readonly outcome: PollOutcome; readonly timing: PollTiming | null },
  { newEntries, gap, now }: { newEntries: number; gap: boolean; now: EpochMs },
): FeedRecord {
  // Not asked at all: the tick's budget was used up.
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

function withEntries(days: FeedRecord['days'], day: number, entries: number): FeedRecord['days'] {
  const recent = days.filter(([other]) => other > day - RECORD_DAYS_MAX && other !== day);
  const today = entries + (days.find(([other]) => other === day)?.[1] ?? 0);
  return today === 0 ? recent : [...recent, [day, today]];
}
