/** Selects the feeds that a tick may poll. Pure: the desk reads and writes the paces. */
import type { FeedConfig } from '../model/config.ts';
import type { EpochMs, FeedId } from '../model/flavor.ts';
import { CLAIM_LATE_MS, CLAIM_MS_MAX, TICK_REQUESTS_MAX } from '../model/limits.ts';
import type { ClaimedFeed } from './batch.ts';
import { clampToClock, newPace, type Pace, wantsFullAnswer } from './schedule.ts';

/** Pace by feed. A feed without one has never been polled. */
export type Paces = Readonly<Record<FeedId, Pace>>;

/** A claim whose results have not all arrived. */
export interface ClaimOut {
  readonly id: string;
  readonly at: EpochMs;
  readonly feeds: readonly FeedId[];
}

/** Result of claiming. */
export interface Claimed {
  /** Longest overdue first. */
  readonly feeds: readonly ClaimedFeed[];
  readonly paces: Paces;
  /** Whether the paces must be stored: feeds were claimed, or a clock jumped. */
  readonly changed: boolean;
  /** Largest size of this claim; halved after a claim that was not finished. */
  readonly cap: number;
}

/**
 * Claims the due feeds and sets each one's next poll to the floor plus a tick's length from now, so that neither a crash
 * nor a second tick polls too early.
 *
 * @param before the last claim if it was not finished; null otherwise
 * @param cap largest size of the last claim
 */
export function claimDue(
  feeds: readonly FeedConfig[],
  paces: Paces,
  context: { id: string; now: EpochMs; floorMs: number; before: ClaimOut | null; cap: number },
): Claimed {
  const { id, now, floorMs, before } = context;
  const crashed = before !== null && now - before.at >= CLAIM_MS_MAX ? before : null;
  const cap =
    crashed === null
      ? TICK_REQUESTS_MAX
      : Math.max(1, Math.floor(Math.min(context.cap, crashed.feeds.length) / 2));
  const next: Record<FeedId, Pace> = {};
  let changed = false;
  const due: { feed: FeedId; pace: Pace }[] = [];
  for (const feed of feeds) {
    const before = paceOf(feed, paces);
    const pace = clampToClock(before, now);
    if (pace !== before) changed = true;
    next[feed.id] = pace;
    if (!feed.paused && pace.state !== 'gone' && pace.next <= now) due.push({ feed: feed.id, pace });
  }
  const taken = due.sort((a, b) => a.pace.next - b.pace.next).slice(0, cap);
  for (const { feed, pace } of taken) {
    // The only feed of an unfinished claim: this feed is what breaks the tick.
    const alone = crashed?.feeds.length === 1 && crashed.feeds[0] === feed;
    const failures = alone ? pace.failures + 1 : pace.failures;
    // The request may have been sent as late as the tick ended: after a crash the time is unknown.
    const wait = floorMs * 2 ** Math.min(alone ? failures : 0, 8) + CLAIM_LATE_MS;
    next[feed] = { ...pace, claim: id, next: now + wait, wait, failures, since: pace.since ?? now };
  }
  return {
    feeds: taken.map(({ feed, pace }) => claimedFeed(feed, pace, now)),
    paces: next,
    changed: changed || taken.length > 0,
    cap,
  };
}

/** A feed whose configured address differs from that of its pace starts with a new pace. */
function paceOf(feed: FeedConfig, paces: Paces): Pace {
  const pace = paces[feed.id];
  return pace === undefined || pace.url !== feed.url ? newPace(feed.url) : pace;
}

/** The adopted address of a permanent redirect replaces the configured one. */
function claimedFeed(id: FeedId, pace: Pace, now: EpochMs): ClaimedFeed {
  return { id, url: pace.moved?.adopted ? pace.moved.to : pace.url, full: wantsFullAnswer(pace, now) };
}
