/** When a permanent redirect replaces a feed's address (RFC 9110 §15.4.2, §15.4.9). Pure. */
import type { EpochMs } from '../model/flavor.ts';
import { MOVED_MS_MIN, MOVED_POLLS_MIN } from '../model/limits.ts';

/** State of a permanent redirect. */
export interface Moved {
  readonly to: string;
  /** Number of polls that were redirected there and found the feed. */
  readonly polls: number;
  readonly since: EpochMs;
  /** Whether the new address is requested directly. */
  readonly adopted: boolean;
}

/** One redirect that was followed: its status and the address that sent it. */
export interface Hop {
  readonly status: number;
  readonly url: string;
}

/**
 * The target of a chain of permanent redirects (301, 308). Null if one was temporary or led from https to http: an
 * address that cannot be authenticated must not replace one that can.
 */
export function permanentTarget(hops: readonly Hop[], target: string): string | null {
  if (hops.length === 0 || hops.some(({ status }) => status !== 301 && status !== 308)) return null;
  const secure = hops.some(({ url }) => url.startsWith('https:'));
  return secure && !target.startsWith('https:') ? null : target;
}

/** @param target address of permanent redirects at which this poll found a feed; null: none */
export function movedAfter(before: Moved | null, target: string | null, now: EpochMs): Moved | null {
  if (target === null) return before?.adopted ? before : null;
  if (before?.adopted && before.to === target) return before;
  if (before?.to !== target) return { to: target, polls: 1, since: now, adopted: false };
  const polls = before.polls + 1;
  return { ...before, polls, adopted: polls >= MOVED_POLLS_MIN && now - before.since >= MOVED_MS_MIN };
}
