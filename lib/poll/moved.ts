/** When a permanent redirect becomes a feed's address. Pure. Sources: RFC 9110 §15.4.2, §15.4.9. */
import type { EpochMs } from '../model/flavor.ts';
import { MOVED_MS_MIN, MOVED_POLLS_MIN } from '../model/limits.ts';

export interface Moved {
  readonly to: string;
  /** Polls that were led there and found the feed. */
  readonly polls: number;
  readonly since: EpochMs;
  /** Asked directly from now on. */
  readonly adopted: boolean;
}

/** One redirect that was followed. */
export interface Hop {
  readonly status: number;
  readonly url: string;
}

/**
 * The address that only permanent redirects (301, 308) led to, and null if any hop was a temporary one, or led from
 * https to http: an address that cannot be authenticated is no successor of one that could.
 */
export function permanentTarget(hops: readonly Hop[], target: string): string | null {
  if (hops.length === 0 || hops.some(({ status }) => status !== 301 && status !== 308)) return null;
  const secure = hops.some(({ url }) => url.startsWith('https:'));
  return secure && !target.startsWith('https:') ? null : target;
}

/** @param target where this poll was led and found a feed; null: nowhere */
export function movedAfter(before: Moved | null, target: string | null, now: EpochMs): Moved | null {
  if (target === null) return before?.adopted ? before : null;
  if (before?.adopted && before.to === target) return before;
  if (before?.to !== target) return { to: target, polls: 1, since: now, adopted: false };
  const polls = before.polls + 1;
  return { ...before, polls, adopted: polls >= MOVED_POLLS_MIN && now - before.since >= MOVED_MS_MIN };
}
