/**
 * One tick of one shard: claim → fetch → parse → unseen → match → accept → seen document.
 * KV is written only after the desk accepted: a crash anywhere costs a poll, never an alert.
 */
import type { Bundle } from '../../lib/match/bundle.ts';
import type { FeedConfig } from '../../lib/model/config.ts';
import type { EpochMs, FeedId } from '../../lib/model/flavor.ts';
import {
  ACCEPT_AFTER_MS,
  HOST_SPACING_MS,
  TICK_BODY_BYTES_MAX,
  TICK_PARALLEL_HOSTS,
  TICK_REQUESTS_MAX,
} from '../../lib/model/limits.ts';
import type { Accepted, Claim, ClaimAnswer, DeskState, FeedResult, PollBatch } from '../../lib/poll/batch.ts';
import { log } from '../log.ts';
import type { FetchedFeed, SeenValidators } from '../net/fetch-feed.ts';
import type { SeenDocument, SeenFeed, SeenStore } from '../store/seen.ts';
import { type PolledFeed, readFeed, unfetched } from './read-feed.ts';

/** The world, as this step needs it. */
export interface PollPorts {
  claim(at: EpochMs): Promise<ClaimAnswer>;
  accept(batch: PollBatch): Promise<Accepted>;
  recognise(seen: Pick<SeenDocument, 'desk' | 'epoch' | 'acknowledged'>): Promise<DeskState>;
  bundle(config: string): Promise<Bundle>;
  fetchFeed(
    feed: FeedConfig,
    config: Bundle['config'],
    validators: SeenValidators | null,
  ): Promise<FetchedFeed>;
  readonly seen: SeenStore;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => EpochMs;
}

/** What a tick came to, for the log. */
export interface TickReport {
  readonly polled: number;
  readonly fresh: number;
  readonly unchanged: number;
  readonly failed: number;
}

const SHARD = '0';

export async function pollShard(
  at: EpochMs,
  ports: PollPorts,
): Promise<TickReport | (ClaimAnswer & { kind: 'idle' })> {
  const answer = await ports.claim(at);
  if (answer.kind === 'idle') return answer;
  const { claim } = answer;
  const nothing: TickReport = { polled: 0, fresh: 0, unchanged: 0, failed: 0 };
  if (claim.feeds.length === 0 && claim.acknowledged === null) return nothing;
  const [bundle, seen] = await Promise.all([ports.bundle(claim.config), usableSeen(claim, ports)]);
  const results = await pollFeeds(claim, { bundle, seen, ports });
  return report(results);
}

/** What is remembered of feeds, if it is this desk's own memory. */
async function usableSeen(claim: Claim, ports: PollPorts): Promise<SeenDocument | null> {
  const seen = await ports.seen.read(SHARD);
  if (seen === null || seen.desk !== claim.desk) return null;
  if (seen.epoch <= claim.epoch) return seen;
  // Newer than the claim: written by an overlapping tick, or by the lost future of a restored desk.
  const state = await ports.recognise(seen);
  return state.desk === seen.desk && seen.epoch <= state.epoch ? seen : null;
}

interface Sweep {
  readonly bundle: Bundle;
  readonly seen: SeenDocument | null;
  readonly ports: PollPorts;
}

async function pollFeeds(claim: Claim, sweep: Sweep): Promise<readonly PolledFeed[]> {
  const byId = new Map(sweep.bundle.config.feeds.map((feed) => [feed.id, feed]));
  const feeds = claim.feeds.map((id) => byId.get(id)).filter((feed) => feed !== undefined);
  const delivery = new Deliverer(claim, sweep);
  const budget: Budget = { requests: TICK_REQUESTS_MAX, bytes: TICK_BODY_BYTES_MAX };
  const hosts = groupByHost(feeds);
  const worker = async (): Promise<void> => {
    for (let host = hosts.shift(); host !== undefined; host = hosts.shift()) {
      for (const [i, feed] of host.entries()) {
        if (i > 0 && budget.requests > 0 && budget.bytes > 0) await sweep.ports.wait(HOST_SPACING_MS);
        await delivery.take(await pollFeed(feed, { claim, ...sweep, budget }));
      }
    }
  };
  await Promise.all(Array.from({ length: TICK_PARALLEL_HOSTS }, worker));
  return delivery.finish();
}

interface Budget {
  requests: number;
  bytes: number;
}

/** One feed, whatever happens: a fault of ours costs this feed a poll and stops no other. */
async function pollFeed(
  feed: FeedConfig,
  context: Sweep & { claim: Claim; budget: Budget },
): Promise<PolledFeed> {
  const { claim, bundle, seen, ports, budget } = context;
  if (budget.requests <= 0 || budget.bytes <= 0) return unfetched(feed.id, { kind: 'deferred' });
  const before = seen?.feeds[feed.id] ?? null;
  // Reserved before the answer: feeds of other hosts are on their way at the same time.
  budget.requests--;
  try {
    const fetched = await ports.fetchFeed(feed, bundle.config, before?.validators ?? null);
    budget.requests -= Math.max(0, fetched.requests - 1);
    const polled = await readFeed(fetched, { feed, before, rules: bundle.rules, now: claim.at });
    if (fetched.kind === 'body' && polled.result.window !== null) budget.bytes -= fetched.bytes.byteLength;
    logOutcome(polled.result);
    return polled;
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
    log('error', `feed ${feed.id}`, `crashed the poll (${detail})`);
    return unfetched(feed.id, { kind: 'failed', reason: 'crashed', detail });
  }
}

/** Hands results to the desk as they come: news at once, silence with the last batch. */
class Deliverer {
  private readonly done: PolledFeed[] = [];
  private readonly forgotten = new Set<FeedId>();
  private waiting: PolledFeed[] = [];
  private news = false;
  private lastAt: EpochMs;
  private readonly claim: Claim;
  private readonly sweep: Sweep;

  constructor(claim: Claim, sweep: Sweep) {
    this.claim = claim;
    this.sweep = sweep;
    this.lastAt = sweep.ports.now();
  }

  async take(polled: PolledFeed): Promise<void> {
    this.done.push(polled);
    this.waiting.push(polled);
    this.news ||= polled.result.entries.length > 0;
    if (this.news && this.sweep.ports.now() - this.lastAt >= ACCEPT_AFTER_MS) await this.accept(false);
  }

  /** Accepts the rest and writes the seen document, if anything in it changed. */
  async finish(): Promise<readonly PolledFeed[]> {
    const accepted = await this.accept(true);
    if (accepted.mayWriteSeen && (this.changed() || this.claim.acknowledged !== null)) {
      await this.writeSeen(accepted);
    }
    return this.done;
  }

  private async accept(last: boolean): Promise<Accepted> {
    const results = this.waiting.map(({ result }) => result);
    this.waiting = [];
    this.news = false;
    this.lastAt = this.sweep.ports.now();
    const accepted = await this.sweep.ports.accept({ claim: this.claim, results, last });
    for (const feed of accepted.resend) this.forgotten.add(feed);
    return accepted;
  }

  private changed(): boolean {
    return this.forgotten.size > 0 || this.done.some(({ seen }) => seen !== null);
  }

  private async writeSeen({ desk, epoch }: DeskState): Promise<void> {
    const before = this.sweep.seen;
    const feeds: Record<FeedId, SeenFeed> = {};
    const configured = new Set(this.sweep.bundle.config.feeds.map((feed) => feed.id));
    for (const [id, feed] of Object.entries(before?.feeds ?? {})) {
      if (configured.has(id)) feeds[id] = feed;
    }
    for (const { result, seen } of this.done) if (seen !== null) feeds[result.feed] = seen;
    for (const id of this.forgotten) delete feeds[id];
    const acknowledged = this.claim.acknowledged?.ids ?? before?.acknowledged ?? [];
    // A document read before the desk took a new id must not come back under it.
    if (desk !== this.claim.desk) return;
    try {
      await this.sweep.ports.seen.write(SHARD, { version: 1, desk, epoch, feeds, acknowledged });
    } catch {
      log('warn', 'seen document', 'could not be written: the next polls are read in full');
    }
  }
}

/** Feeds of one host follow each other on one connection; hosts go side by side. */
function groupByHost(feeds: readonly FeedConfig[]): FeedConfig[][] {
  const hosts = new Map<string, FeedConfig[]>();
  for (const feed of feeds) {
    const host = URL.canParse(feed.url) ? new URL(feed.url).host : feed.url;
    hosts.set(host, [...(hosts.get(host) ?? []), feed]);
  }
  return [...hosts.values()];
}

function logOutcome({ feed, outcome }: FeedResult): void {
  if (outcome.kind === 'failed') log('warn', `feed ${feed}`, `failed (${outcome.reason}: ${outcome.detail})`);
  if (outcome.kind === 'throttled') log('warn', `feed ${feed}`, 'asks us to wait');
  if (outcome.kind === 'gone') log('warn', `feed ${feed}`, 'is gone (410): it is not polled any more');
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
