/** Polls one feed. A bug costs this feed one poll and stops no other feed. */
import type { FeedConfig } from '../../lib/model/config.ts';
import type { FeedProblem } from '../../lib/model/feed.ts';
import type { FeedId } from '../../lib/model/flavor.ts';
import { EXCERPT_UNITS, RECORD_PROBLEMS_MAX } from '../../lib/model/limits.ts';
import type { Claim, FeedResult } from '../../lib/poll/batch.ts';
import type { PollTiming } from '../../lib/poll/record.ts';
import { decodeBody } from '../../lib/text/charset.ts';
import { log } from '../log.ts';
import type { FetchedFeed } from '../net/fetch-feed.ts';
import { fillGap, isGap } from './fill-gap.ts';
import type { PollRound } from './ports.ts';
import { type PolledFeed, readFeed, unfetched } from './read-feed.ts';

/** A feed to poll now. */
export interface DuePoll {
  readonly feed: FeedConfig;
  readonly url: string;
  /** Send the request without validators. */
  readonly full: boolean;
}

/** Requests and bytes left in a tick, shared by the parallel polls of several hosts. */
export interface Budget {
  requests: number;
  bytes: number;
}

/** Whether the tick may make no further request or read no further body. */
export function isExhausted(budget: Budget): boolean {
  return budget.requests <= 0 || budget.bytes <= 0;
}

/** Never throws: errors become a failed outcome. */
export async function pollFeed(
  { feed, url, full }: DuePoll,
  { claim, round, budget }: { claim: Claim; round: PollRound; budget: Budget },
): Promise<PolledFeed> {
  const { bundle, seen, robots, slot, ports } = round;
  const before = seen?.feeds[feed.id] ?? null;
  const fetchPage = async (page: string, conditional: boolean) => {
    // Reserved before the answer arrives: polls of other hosts run in parallel.
    budget.requests--;
    const validators = conditional ? (before?.validators ?? null) : null;
    const fetched = await ports.fetchFeed({ url: page, feed, config: bundle.config, validators });
    budget.requests -= Math.max(0, fetched.requests - 1);
    return fetched;
  };
  try {
    const { rules, lexicon } = bundle;
    const context = { feed, before, rules, lexicon, now: claim.at };
    const { allowed, requests } = await robots.check(url, feed);
    budget.requests -= requests;
    if (!allowed) return forbidden(feed.id);
    if (isExhausted(budget)) return unfetched(feed.id, { kind: 'deferred' });
    await slot();
    const asked = ports.now();
    const fetched = await fetchPage(url, !full);
    const ms = ports.now() - asked;
    const read = await readFeed(fetched, context);
    const polled = { ...read, result: { ...read.result, timing: timingOf(fetched, read.problems, ms) } };
    if (fetched.kind === 'body' && polled.result.window !== null) budget.bytes -= fetched.bytes.byteLength;
    logOutcome(polled.result);
    if (!isGap(polled, context)) return polled;
    return await fillGap(polled, context, { fetchPage: (page) => fetchPage(page, false) });
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
    log('error', `feed ${feed.id}`, `failed (crashed): ${detail}`);
    return unfetched(feed.id, { kind: 'failed', reason: 'crashed', detail });
  }
}

function timingOf(fetched: FetchedFeed, problems: readonly FeedProblem[], ms: number): PollTiming {
  const bytes = fetched.kind === 'body' ? fetched.bytes : null;
  const recorded = problems.slice(0, RECORD_PROBLEMS_MAX);
  // Decoded a second time, only to quote the text around the problems.
  const text = bytes === null || recorded.length === 0 ? '' : decodeBody(bytes, contentTypeOf(fetched)).text;
  return {
    status: statusOf(fetched),
    ms,
    bytes: bytes?.byteLength ?? 0,
    problems: recorded.map((problem) => ({ ...problem, excerpt: excerptOf(text, problem.offset) })),
  };
}

function excerptOf(text: string, offset: number): { text: string; at: number } | null {
  if (offset < 0 || text === '') return null;
  const from = Math.max(0, Math.min(offset, text.length) - EXCERPT_UNITS);
  return { text: text.slice(from, offset + EXCERPT_UNITS), at: Math.min(offset, text.length) - from };
}

const contentTypeOf = (fetched: FetchedFeed) => (fetched.kind === 'body' ? fetched.contentType : null);

function statusOf(fetched: FetchedFeed): number | null {
  switch (fetched.kind) {
    case 'body':
      return fetched.partial ? 226 : 200;
    case 'not-modified':
      return 304;
    case 'status':
      return fetched.status;
    case 'failure':
      return null;
  }
}

function forbidden(feed: FeedId): PolledFeed {
  const detail = 'robots.txt disallows this path for Vigie';
  const polled = unfetched(feed, { kind: 'failed', reason: 'refused-address', detail });
  logOutcome(polled.result);
  return polled;
}

function logOutcome({ feed, outcome }: FeedResult): void {
  if (outcome.kind === 'failed') log('warn', `feed ${feed}`, `failed (${outcome.reason}): ${outcome.detail}`);
}
