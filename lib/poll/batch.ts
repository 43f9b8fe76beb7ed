/** What passes between poller and desk: the claim on due feeds, and what came of them. JSON-safe. */
import type { KeyedEntry } from '../feed/identity/identity.ts';
import type { EntryText } from '../model/entry.ts';
import type { PaceHints } from '../model/feed.ts';
import type { DurationMs, EpochMs, FeedId, Hash53 } from '../model/flavor.ts';
import type { Match } from '../model/match.ts';
import type { EntryFacts } from '../model/story.ts';
import type { FreshnessHints, PollOutcome } from './outcome.ts';
import type { PollTiming } from './record.ts';

/** Which desk, at which state. A seen document of another desk, or of a later state, is worth nothing. */
export interface DeskState {
  readonly desk: string;
  readonly epoch: number;
}

/** What a seen document says of the desk that it was written after. */
export interface SeenState extends DeskState {
  /** Hashes of the ids of the newest deliveries: what a desk restored from an older copy must not send again. */
  readonly deliveredIds: readonly Hash53[];
}

/** Ids of the newest deliveries that receivers accepted. */
export interface DeliveredIds {
  /** Changes whenever `ids` does. */
  readonly mark: number;
  /** Hashes, oldest first; at most DELIVERED_IDS_MAX. */
  readonly ids: readonly Hash53[];
}

export interface ClaimedFeed {
  readonly id: FeedId;
  /** The configured address, or the one it has moved to for good. */
  readonly url: string;
  /** Ask without validators, this once. */
  readonly full: boolean;
}

export interface Claim extends DeskState {
  readonly id: string;
  /** Scheduled time of the tick. */
  readonly at: EpochMs;
  /** Hash of the configuration in force: it names an immutable bundle. */
  readonly config: string;
  readonly feeds: readonly ClaimedFeed[];
  /** Deliveries that receivers accepted since the last seen document was written; null: none. */
  readonly deliveredIds: DeliveredIds | null;
}

export type ClaimAnswer =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'idle'; readonly reason: 'no-configuration' | 'tick-ahead-of-clock' };

/** An entry the poller did not know, with what the claim's rules say of it. */
export interface PolledEntry {
  readonly keyed: KeyedEntry;
  readonly entry: EntryText;
  readonly matches: readonly Match[];
  /** What it says, for its story; null where no rule matches. */
  readonly facts: EntryFacts | null;
}

export interface FeedResult {
  readonly feed: FeedId;
  /** From the tick's beginning to this poll's end: what a publisher asks us to wait counts from there. */
  readonly lateMs: DurationMs;
  /** `newEntries` of `fresh` is what the poller did not know; the desk counts anew. */
  readonly outcome: PollOutcome;
  readonly headers: FreshnessHints;
  readonly document: PaceHints | null;
  /** Fingerprints of all entries listed; null when no document was read. */
  readonly window: readonly Hash53[] | null;
  readonly entries: readonly PolledEntry[];
  /** The document was whole. A cut one adds entries but makes no baseline. */
  readonly complete: boolean;
  /** How it went over the wire; null: it was not asked. */
  readonly timing: PollTiming | null;
  /** Where permanent redirects alone led, with the feed there; null: nowhere. */
  readonly movedTo: string | null;
}

export interface PollBatch {
  readonly claim: Claim;
  readonly results: readonly FeedResult[];
  /** The last batch of its claim. */
  readonly last: boolean;
}

export interface Accepted extends DeskState {
  /** The budget of KV writes allows one now. */
  readonly mayWriteSeen: boolean;
  /** Feeds whose window the desk cannot account for: forget what is seen of them and poll in full. */
  readonly resend: readonly FeedId[];
}
