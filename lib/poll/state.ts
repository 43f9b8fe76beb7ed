/** How a feed fares, for people: changes slowly, so that each transition can be told once. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { STALE_MS_MIN, STATE_FAILURES_MIN, STATE_SUCCESSES_MIN } from '../model/limits.ts';
import type { PollOutcome } from './outcome.ts';

/**
 * `new` never read · `ok` · `slow` asks us to wait · `failing` no answer or an error, three times in a row ·
 * `suspect` answers, but with no feed or half of one · `stale` nothing new for long · `gone` 410 · `paused` by its owner
 */
export type FeedState = 'new' | 'ok' | 'slow' | 'failing' | 'suspect' | 'stale' | 'gone' | 'paused';

/** What of a feed's pace decides its state; counters include the poll that just ended. */
export interface StateFacts {
  readonly state: FeedState;
  readonly failures: number;
  readonly successes: number;
  readonly rhythmMs: DurationMs | null;
  readonly lastNew: EpochMs | null;
}

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

function goodState(facts: StateFacts, now: EpochMs): FeedState {
  const bad = facts.state === 'slow' || facts.state === 'failing' || facts.state === 'suspect';
  if (bad && facts.successes < STATE_SUCCESSES_MIN) return facts.state;
  return isStale(facts, now) ? 'stale' : 'ok';
}

function isStale({ lastNew, rhythmMs }: StateFacts, now: EpochMs): boolean {
  return lastNew !== null && now - lastNew > Math.max(STALE_MS_MIN, 3 * (rhythmMs ?? 0));
}
