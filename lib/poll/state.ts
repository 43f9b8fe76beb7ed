/** The state of a feed for users. It changes slowly, so that each transition can be reported once. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { STALE_MS_MIN, STATE_FAILURES_MIN, STATE_SUCCESSES_MIN } from '../model/limits.ts';
import type { PollOutcome } from './outcome.ts';

/**
 * `new` never read · `ok` · `slow` asks for delays · `failing` no answer or an error, three times in a row · `suspect`
 * answers with something else than a complete feed · `stale` no new entries for long · `gone` HTTP 410 · `paused` by the
 * user
 */
export type FeedState = 'new' | 'ok' | 'slow' | 'failing' | 'suspect' | 'stale' | 'gone' | 'paused';

/** The part of a pace that decides the state; counters include the poll that just ended. */
export interface StateFacts {
  readonly state: FeedState;
  readonly failures: number;
  readonly successes: number;
  readonly rhythmMs: DurationMs | null;
  readonly lastNew: EpochMs | null;
}

/** The state after a poll; thresholds are in lib/model/limits.ts. */
export function stateAfter(facts: StateFacts, outcome: PollOutcome, now: EpochMs): FeedState {
  switch (outcome.kind) {
    case 'gone':
      return 'gone';
    case 'deferred':
      return facts.state;
    case 'throttled':
      return facts.failures >= STATE_SUCCESSES_MIN ? 'slow' : facts.state;
    case 'failed': {
      if (facts.failures < STATE_FAILURES_MIN) return facts.state;
      return outcome.reason === 'not-a-feed' || outcome.reason === 'truncated' ? 'suspect' : 'failing';
    }
    case 'fresh':
    case 'unchanged':
      return goodState(facts, now);
  }
}

/** A bad state ends after STATE_SUCCESSES_MIN successes. */
function goodState(facts: StateFacts, now: EpochMs): FeedState {
  const bad = facts.state === 'slow' || facts.state === 'failing' || facts.state === 'suspect';
  if (bad && facts.successes < STATE_SUCCESSES_MIN) return facts.state;
  return isStale(facts, now) ? 'stale' : 'ok';
}

/** Without new entries for STALE_MS_MIN, or three times the feed's usual interval. */
function isStale({ lastNew, rhythmMs }: StateFacts, now: EpochMs): boolean {
  return lastNew !== null && now - lastNew > Math.max(STALE_MS_MIN, 3 * (rhythmMs ?? 0));
}
