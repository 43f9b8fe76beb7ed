/** Data exchanged between poller and desk: the claim on due feeds, and the results. All values survive JSON. */
import type { KeyedEntry } from '../feed/identity/identity.ts';
import type { EntryText } from '../model/entry.ts';
import type { PaceHints } from '../model/feed.ts';
import type { DurationMs, EpochMs, FeedId, Hash53 } from '../model/flavor.ts';
import type { Match } from '../model/match.ts';
import type { EntryFacts } from '../model/story.ts';
import type { FreshnessHints, PollOutcome } from './outcome.ts';
import type { PollTiming } from './record.ts';

/** Identity and state of a desk. A seen document of another desk or of a later state is not trusted. */
export interface DeskState {
  readonly desk: string;
  readonly epoch: number;
}

/** State of the desk when a seen document was written. */
export interface SeenState extends DeskState {
  /** Hashes of the ids of the newest deliveries, which a desk restored from an older copy must not send again. */
  readonly deliveredIds: readonly Hash53[];
}

/** Ids of the newest deliveries that receivers accepted. */
export interface DeliveredIds {
  /** Changes whenever `ids` changes. */
  readonly mark: number;
  /** Hashes, oldest first; at most DELIVERED_IDS_MAX. */
  readonly ids: readonly Hash53[];
}

/** A feed to poll in this tick. */
export interface ClaimedFeed {
  readonly id: FeedId;
  /** The configured address, or the one that the feed has permanently moved to. */
  readonly url: string;
  /** Send this request without validators. */
  readonly full: boolean;
}

/** The feeds that one tick may poll. */
export interface Claim extends DeskState {
  readonly id: string;
  /** Scheduled time of the tick. */
  readonly at: EpochMs;
  /** SHA-256 (hex) of the configuration in force, which names an immutable bundle. */
  readonly config: string;
  readonly feeds: readonly ClaimedFeed[];
  /** Deliveries accepted since the last seen document was written; null: none. */
  readonly deliveredIds: DeliveredIds | null;
}

/** The desk's answer to a tick. `idle`: nothing may be polled, with the reason. */
export type ClaimAnswer =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'idle'; readonly reason: 'no-configuration' | 'tick-ahead-of-clock' };

/** An entry that the poller did not know, with its matches. */
export interface PolledEntry {
  readonly keyed: KeyedEntry;
  readonly entry: EntryText;
  readonly matches: readonly Match[];
  /** Facts for its story; null if no rule matches. */
  readonly facts: EntryFacts | null;
}

/** Result of polling one feed. */
export interface FeedResult {
  readonly feed: FeedId;
  /** From the start of the tick to the end of this poll: delays that the publisher asks for count from there. */
  readonly lateMs: DurationMs;
  /** `newEntries` of `fresh` counts entries unknown to the poller; the desk counts again. */
  readonly outcome: PollOutcome;
  readonly headers: FreshnessHints;
  readonly document: PaceHints | null;
  /** Fingerprints of all listed entries; null: no document was read. */
  readonly window: readonly Hash53[] | null;
  readonly entries: readonly PolledEntry[];
  /** The document was complete. A truncated one adds entries but is not used as baseline. */
  readonly complete: boolean;
  /** Measurements of the request; null: none was made. */
  readonly timing: PollTiming | null;
  /** Final address of a chain of permanent redirects that ended at a feed; null: none. */
  readonly movedTo: string | null;
}

/** Results of some or all feeds of a claim. */
export interface PollBatch {
  readonly claim: Claim;
  readonly results: readonly FeedResult[];
  /** Whether this is the last batch of its claim. */
  readonly last: boolean;
}

/** The desk's answer to a batch. */
export interface Accepted extends DeskState {
  /** Whether the budget of KV writes allows a write now. */
  readonly mayWriteSeen: boolean;
  /** Feeds whose window contains unknown entries: forget their seen state and poll them in full. */
  readonly resend: readonly FeedId[];
}
