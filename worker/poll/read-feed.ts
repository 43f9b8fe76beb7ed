/** Turns a response into a result for the desk: parses, keeps unseen entries, matches. No I/O except hashing. */

import { entryText } from '../../lib/feed/identity/entry-text.ts';
import { keyedEntry } from '../../lib/feed/identity/identity.ts';
import { parseFeed, wholeEntries } from '../../lib/feed/parse.ts';
import type { Lexicon } from '../../lib/match/compile/lexicon.ts';
import type { Rules } from '../../lib/match/run/load.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import type { FeedConfig } from '../../lib/model/config.ts';
import type { FeedEntry, FeedProblem } from '../../lib/model/feed.ts';
import type { EpochMs, FeedId } from '../../lib/model/flavor.ts';
import { ENTRY_FUTURE_MS_MAX, FEED_ENTRIES_MAX } from '../../lib/model/limits.ts';
import type { FeedResult, PolledEntry } from '../../lib/poll/batch.ts';
import { permanentTarget } from '../../lib/poll/moved.ts';
import type { FreshnessHints, PollOutcome } from '../../lib/poll/outcome.ts';
import { factsOf } from '../../lib/story/facts.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import type { FetchedFeed } from '../net/fetch-feed.ts';
import type { SeenFeed } from '../store/seen.ts';

const NO_HINTS: FreshnessHints = { freshForMs: null, retryAfterMs: null };

/** The result of polling one feed. */
export interface PolledFeed {
  readonly result: FeedResult;
  /** The feed's part of the next seen document; null: unchanged. */
  readonly seen: SeenFeed | null;
  /** URL of the page with older entries (RFC 5005); null: none. */
  readonly older: string | null;
  /** Problems found in the document. */
  readonly problems: readonly FeedProblem[];
}

/** The result of a poll that yielded no document. */
export function unfetched(
  feed: FeedId,
  outcome: PollOutcome,
  headers: FreshnessHints = NO_HINTS,
): PolledFeed {
  const result: FeedResult = {
    feed,
    lateMs: 0,
    outcome,
    headers,
    document: null,
    window: null,
    entries: [],
    complete: false,
    timing: null,
    movedTo: null,
  };
  return { result, seen: null, older: null, problems: [] };
}

/** What reading a response depends on. */
export interface ReadContext {
  readonly feed: FeedConfig;
  readonly before: SeenFeed | null;
  readonly rules: Rules;
  readonly lexicon: Lexicon;
  readonly now: EpochMs;
}

/** A body that cannot be parsed changes nothing: the seen feed stays, validators included. */
export async function readFeed(fetched: FetchedFeed, context: ReadContext): Promise<PolledFeed> {
  const { feed } = context;
  switch (fetched.kind) {
    case 'failure':
      return unfetched(feed.id, { kind: 'failed', reason: fetched.reason, detail: fetched.detail });
    case 'status':
      return unfetched(feed.id, outcomeOfStatus(fetched.status), fetched.hints);
    case 'not-modified':
      return unchanged(fetched, context);
    case 'body':
      return readBody(fetched, context);
  }
}

function outcomeOfStatus(status: number): PollOutcome {
  if (status === 410) return { kind: 'gone' };
  if (status === 429 || status === 503) return { kind: 'throttled' };
  return { kind: 'failed', reason: 'http', detail: `HTTP ${status}` };
}

/** Same content as before, by a 304 or by the hash of the body. The validators may be new. */
function unchanged(
  fetched: FetchedFeed & { kind: 'not-modified' | 'body' },
  { feed, before }: ReadContext,
): PolledFeed {
  const outcome: PollOutcome =
    fetched.kind === 'body' ? { kind: 'unchanged', resent: true } : { kind: 'unchanged' };
  const { result } = unfetched(feed.id, outcome, fetched.hints);
  const { validators, hops } = fetched;
  const moved = { ...result, movedTo: permanentTarget(hops, validators.url) };
  const same = before === null || sameValidators(before, validators);
  return { result: moved, seen: same ? null : { ...before, validators }, older: null, problems: [] };
}

async function readBody(fetched: FetchedFeed & { kind: 'body' }, context: ReadContext): Promise<PolledFeed> {
  const { feed, before } = context;
  const body = await digest(fetched.bytes);
  if (before !== null && before.body === body) return unchanged(fetched, context);
  const known = new Set(before?.window);
  const parsed = parseFeed(fetched.bytes, {
    contentType: fetched.contentType,
    contentLocation: fetched.contentLocation,
    url: fetched.url,
    known: (fingerprint) => known.has(fingerprint),
  });
  if (parsed.format === null) {
    const detail = parsed.problems[0]?.message ?? 'the document is not a feed';
    const polled = unfetched(feed.id, { kind: 'failed', reason: 'not-a-feed', detail }, fetched.hints);
    return { ...polled, problems: parsed.problems };
  }
  const { window: listed, entries: read } = wholeEntries(parsed);
  const entries = read.map((entry) => polledEntry(entry, context));
  const outcome: PollOutcome = parsed.complete
    ? { kind: 'fresh', newEntries: entries.length }
    : { kind: 'failed', reason: 'truncated', detail: `document is truncated after ${listed.length} entries` };
  const result: FeedResult = {
    feed: feed.id,
    lateMs: 0,
    outcome,
    headers: fetched.hints,
    document: parsed.pace,
    window: listed,
    entries,
    complete: parsed.complete,
    timing: null,
    movedTo: permanentTarget(fetched.hops, fetched.url),
  };
  // A partial response (226) leaves out what was listed before; it deletes nothing.
  const window = fetched.partial
    ? [...new Set([...listed, ...(before?.window ?? [])])].slice(0, FEED_ENTRIES_MAX)
    : listed;
  return {
    result,
    seen: parsed.complete ? { validators: fetched.validators, body, window } : null,
    older: parsed.links.prevArchive ?? parsed.links.next,
    problems: parsed.problems,
  };
}

function polledEntry(entry: FeedEntry, { feed, rules, lexicon, now }: ReadContext): PolledEntry {
  const text = entryText(entry, feed, effectiveDate(entry, now));
  const keyed = keyedEntry(entry, `${text.title}\n${text.summary}\n${text.content}`);
  const matches = matchEntry(rules, text);
  return { keyed, entry: text, matches, facts: matches.length === 0 ? null : factsOf(text, lexicon) };
}

/** Dates in the future are cut to the time of the poll plus ENTRY_FUTURE_MS_MAX. */
function effectiveDate(entry: FeedEntry, now: EpochMs): EpochMs | null {
  const date = entry.published ?? entry.updated;
  return date === null ? null : Math.min(date, now + ENTRY_FUTURE_MS_MAX);
}

function sameValidators(before: SeenFeed, after: SeenFeed['validators']): boolean {
  const { validators } = before;
  return (
    validators?.url === after?.url &&
    validators?.etag === after?.etag &&
    validators?.lastModified === after?.lastModified
  );
}

async function digest(bytes: Uint8Array): Promise<string> {
  // Half of it is enough to see a change, and the seen document keeps one for each feed.
  return (await sha256Hex(bytes)).slice(0, 32);
}
