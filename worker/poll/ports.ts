/** What a poll needs from outside, and the state of one tick. worker/poll/tick.ts binds it to the platform. */
import type { Bundle } from '../../lib/match/compile/bundle.ts';
import type { FeedConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import type { Accepted, ClaimAnswer, DeskState, PollBatch, SeenState } from '../../lib/poll/batch.ts';
import type { SeenValidators } from '../../lib/poll/request.ts';
import type { FetchedFeed } from '../net/fetch-feed.ts';
import type { FetchedRobots } from '../net/fetch-robots.ts';
import type { SeenDocument, SeenStore } from '../store/seen.ts';
import type { RobotsGate } from './robots.ts';

/** One request; `url` is the feed's own address, the one it moved to, or an older page of the feed. */
export interface PortRequest {
  readonly url: string;
  readonly feed: FeedConfig;
  readonly config: Bundle['config'];
  readonly validators: SeenValidators | null;
}

/** Implemented by the platform in tick.ts and in memory in tests. */
export interface PollPorts {
  claim(at: EpochMs): Promise<ClaimAnswer>;
  accept(batch: PollBatch): Promise<Accepted>;
  reconcile(seen: SeenState): Promise<DeskState>;
  bundle(config: string): Promise<Bundle>;
  fetchFeed(request: PortRequest): Promise<FetchedFeed>;
  fetchRobots(origin: string, feed: FeedConfig, config: Bundle['config']): Promise<FetchedRobots>;
  readonly seen: SeenStore;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => EpochMs;
}

/** State of one tick of one shard. */
export interface PollRound {
  readonly shard: string;
  readonly bundle: Bundle;
  readonly seen: SeenDocument | null;
  readonly robots: RobotsGate;
  /** Resolves when the next poll may start. */
  readonly slot: () => Promise<void>;
  readonly ports: PollPorts;
}
