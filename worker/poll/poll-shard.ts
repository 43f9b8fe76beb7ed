/**
 * One tick of one shard: claim → fetch → parse → unseen → match → accept → seen document.
 * KV is written only after the desk accepted: a crash at any point costs a poll, never an alert.
 */
import type { EpochMs } from '../../lib/model/flavor.ts';
import {
  HOST_SPACING_MS,
  STARTS_PER_SECOND_MIN,
  TICK_BODY_BYTES_MAX,
  TICK_PARALLEL_HOSTS,
  TICK_REQUESTS_MAX,
} from '../../lib/model/limits.ts';
import type { Claim, ClaimAnswer } from '../../lib/poll/batch.ts';
import type { SeenDocument } from '../store/seen.ts';
import { Batcher } from './batcher.ts';
import { type Budget, type DuePoll, isExhausted, pollFeed } from './poll-feed.ts';
import type { PollPorts, PollRound } from './ports.ts';
import { type PolledFeed, unfetched } from './read-feed.ts';
import { RobotsGate } from './robots.ts';

/** Counts of a tick, for the log. */
export interface TickReport {
  readonly polled: number;
  readonly fresh: number;
  readonly unchanged: number;
  readonly failed: number;
}

const SHARD = '0';

/**
 * Polls the due feeds of a shard.
 *
 * @returns counts by outcome, or why the desk gave no claim
 * @throws what the desk throws; a failed feed is a count
 */
export async function pollShard(
  at: EpochMs,
  ports: PollPorts,
): Promise<TickReport | (ClaimAnswer & { kind: 'idle' })> {
  const answer = await ports.claim(at);
  if (answer.kind === 'idle') return answer;
  const { claim } = answer;
  const nothing: TickReport = { polled: 0, fresh: 0, unchanged: 0, failed: 0 };
  if (claim.feeds.length === 0 && claim.deliveredIds === null) return nothing;
  const [bundle, seen] = await Promise.all([ports.bundle(claim.config), usableSeen(claim, ports)]);
  const starts = new StartPace({ due: claim.feeds.length, feeds: bundle.config.feeds.length }, ports);
  const slot = (): Promise<void> => starts.slot();
  const robots = new RobotsGate(seen?.robots ?? {}, {
    at: claim.at,
    ports: {
      fetchRobots: async (origin, feed) => {
        await slot();
        const fetched = await ports.fetchRobots(origin, feed, bundle.config);
        // Waits until the host's pause is over before its feed takes a slot, so that slots keep their distance.
        await ports.wait(HOST_SPACING_MS);
        return fetched;
      },
    },
  });
  const results = await pollFeeds(claim, { shard: SHARD, bundle, seen, robots, slot, ports });
  return report(results);
}

/** The seen document, if it belongs to this desk; null otherwise. */
async function usableSeen(claim: Claim, ports: PollPorts): Promise<SeenDocument | null> {
  const seen = await ports.seen.read(SHARD);
  if (seen === null || seen.desk !== claim.desk) return null;
  if (seen.epoch <= claim.epoch) return seen;
  // Newer than the claim: an overlapping tick wrote it, or a desk that was later restored from an older copy.
  const state = await ports.reconcile(seen);
  return state.desk === seen.desk && seen.epoch <= state.epoch ? seen : null;
}

async function pollFeeds(claim: Claim, round: PollRound): Promise<readonly PolledFeed[]> {
  const began = round.ports.now();
  const batcher = new Batcher(claim, round);
  const budget: Budget = { requests: TICK_REQUESTS_MAX, bytes: TICK_BODY_BYTES_MAX };
  const hosts = groupByHost(duePolls(claim, round));
  const worker = async (): Promise<void> => {
    for (let host = hosts.shift(); host !== undefined; host = hosts.shift()) {
      for (const due of host) {
        if (isExhausted(budget)) {
          batcher.take(unfetched(due.feed.id, { kind: 'deferred' }));
          continue;
        }
        const polled = await pollFeed(due, { claim, round, budget });
        const lateMs = Math.max(0, round.ports.now() - began);
        batcher.take({ ...polled, result: { ...polled.result, lateMs } });
        // HTTP 429 applies to the whole host: the desk delays its other feeds; without a result they keep their pace.
        if (polled.result.outcome.kind === 'throttled') break;
      }
    }
  };
  await Promise.all(Array.from({ length: TICK_PARALLEL_HOSTS }, worker));
  return batcher.finish();
}

function duePolls(claim: Claim, { bundle }: PollRound): DuePoll[] {
  const byId = new Map(bundle.config.feeds.map((feed) => [feed.id, feed]));
  return claim.feeds.flatMap(({ id, url, full }) => {
    const feed = byId.get(id);
    return feed === undefined ? [] : [{ feed, url, full }];
  });
}

/** Feeds of one host are polled one after the other; hosts are polled in parallel. */
function groupByHost(polls: readonly DuePoll[]): DuePoll[][] {
  const hosts = new Map<string, DuePoll[]>();
  for (const due of polls) {
    const host = URL.canParse(due.url) ? new URL(due.url).host : due.url;
    hosts.set(host, [...(hosts.get(host) ?? []), due]);
  }
  return [...hosts.values()];
}

/** Spreads the first requests to hosts over the minute instead of its first second (politeness P30). */
class StartPace {
  readonly #apartMs: number;
  readonly #ports: PollPorts;
  #next: EpochMs = 0;

  constructor({ due, feeds }: { due: number; feeds: number }, ports: PollPorts) {
    const perSecond = Math.max(STARTS_PER_SECOND_MIN, Math.ceil(feeds / 20));
    // 25 % more than an even share: connection setup varies, so requests arrive closer together than they started.
    this.#apartMs = due <= STARTS_PER_SECOND_MIN ? 0 : 1_250 / perSecond;
    this.#ports = ports;
  }

  /** Resolves when the next poll may start. */
  async slot(): Promise<void> {
    const now = this.#ports.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#apartMs;
    if (at > now) await this.#ports.wait(at - now);
  }
}

function report(polled: readonly PolledFeed[]): TickReport {
  const count = (...kinds: string[]): number =>
    polled.filter(({ result }) => kinds.includes(result.outcome.kind)).length;
  return {
    polled: polled.length - count('deferred'),
    fresh: count('fresh'),
    unchanged: count('unchanged'),
    failed: count('failed', 'throttled', 'gone'),
  };
}
