/** JSON answers of the API. test/worker/page-types.ts checks them against what the Worker sends. */
import type { StoryDetail, StorySummary } from '../../lib/alert/story-view.ts';
import type { ListName } from '../../lib/match/compile/lexicon.ts';
import type { Explanation } from '../../lib/match/run/explain.ts';
import type { RedRule } from '../../lib/match/run/tests.ts';
import type { AlertFigure } from '../../lib/model/alert.ts';
import type { DevelopmentKind } from '../../lib/model/config.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import type { ChannelId, EpochMs, LanguageTag } from '../../lib/model/flavor.ts';
import type { FeedRecord } from '../../lib/poll/record.ts';
import type { FeedState } from '../../lib/poll/state.ts';

/** One development and the decision whether to alert. */
export interface DevelopmentRecord {
  readonly at: EpochMs;
  readonly rule: string;
  readonly story: string;
  readonly entry: string | null;
  readonly kind: string;
  readonly decision: string;
}

/** A development of any story, with the facts to describe it. */
export interface DevelopmentSummary extends DevelopmentRecord {
  readonly ruleTitle: string;
  readonly independent: number;
  /** Of the entry that caused it. */
  readonly lang: LanguageTag | null;
  /** The largest figure of that entry; null: it has none. */
  readonly figure: AlertFigure | null;
  readonly alertOn: readonly DevelopmentKind[];
  readonly channels: readonly ChannelId[];
}

export interface DevelopmentPage {
  readonly developments: readonly DevelopmentSummary[];
  readonly next: string | null;
}

export interface AttemptNote {
  readonly at: EpochMs;
  readonly outcome: string;
  readonly status: number | null;
  readonly detail: string | null;
  readonly ms: number;
}

export interface DeliveryNote {
  readonly id: string;
  readonly channel: string;
  readonly type: string;
  readonly created: EpochMs;
  readonly state: string;
  readonly reason: string | null;
  readonly settled: EpochMs | null;
  readonly attempts: readonly AttemptNote[];
}

export interface StoryMarks {
  readonly acknowledged: EpochMs | null;
  readonly alerted: EpochMs | null;
  /** What is muted: `rule`, `story` or `publisher`; null: not muted. */
  readonly muted: string | null;
  readonly latest: DevelopmentRecord | null;
}

export type ListedStory = StorySummary & StoryMarks;

export interface StoryPage {
  readonly stories: readonly ListedStory[];
  readonly next: string | null;
  /** Stories that are neither closed, nor acknowledged, nor muted: of all stories, whatever the filter and the page. */
  readonly open: number;
}

/** One story with all its developments and deliveries. */
export type WholeStory = StoryDetail &
  StoryMarks & {
    readonly history: readonly DevelopmentRecord[];
    readonly deliveries: readonly DeliveryNote[];
  };

export interface FeedStatus {
  readonly id: string;
  readonly url: string;
  readonly state: FeedState;
  readonly nextPoll: string | null;
  readonly lastNewEntry: string | null;
  readonly failures: number;
  readonly movedTo: string | null;
  readonly title: string | null;
  readonly lang: string | null;
  readonly country: string | null;
  readonly tags: readonly string[];
  readonly record: FeedRecord;
}

/** An entry that a trace found for an address or text. */
export interface FoundEntry {
  readonly id: string;
  readonly seen: EpochMs;
  readonly title: string;
  readonly url: string | null;
  readonly lang: string | null;
  readonly publisher: string | null;
  readonly feed: string | null;
  readonly published: EpochMs | null;
}

export interface Found {
  readonly entries: readonly FoundEntry[];
  readonly feeds: readonly FeedStatus[];
}

export type RuleTrace = Explanation & { readonly id: string; readonly title: string };

/** One entry, the result of each rule, and the developments and deliveries that followed. */
export interface EntryTrace {
  readonly seen: EpochMs;
  readonly entry: EntryText;
  readonly stories: readonly { readonly id: string; readonly rule: string }[];
  readonly developments: readonly DevelopmentRecord[];
  readonly deliveries: readonly DeliveryNote[];
  /** Hash of the configuration in force; null: none. */
  readonly version: string | null;
  readonly rules: readonly RuleTrace[];
  /** Entities and concepts whose words were found. */
  readonly lists: readonly ListName[];
}

export interface Status {
  readonly version: string;
  readonly now: string;
  readonly floorMinutes: number;
  readonly tickSeconds: number;
  readonly home: string | null;
  readonly readiness: {
    readonly configuration: string | null;
    readonly rejected: string | null;
    readonly lastTickAge: number | null;
    readonly feeds: Readonly<Partial<Record<FeedState, number>>>;
    readonly channelsDisabled: number;
    readonly outbox: { readonly pending: number; readonly oldestAge: number | null; readonly dead: number };
  };
  readonly tick: { readonly at: EpochMs; readonly wall: EpochMs } | null;
  readonly kvWrites: { readonly today: number; readonly max: number };
  readonly rowsWritten: { readonly today: number; readonly max: number };
  readonly archive: { readonly entries: number; readonly pages: number; readonly oldestPage: number | null };
  readonly stories: { readonly open: number; readonly closed: number };
  /** Rules in force whose own tests fail, and how many tests. */
  readonly redRules: readonly RedRule[];
  readonly queued: number;
  readonly deliveries: { readonly pending: number; readonly delivered: number; readonly dead: number };
  readonly bytes: number;
}

export interface Session {
  readonly who: string;
  readonly scope: 'read' | 'write';
  readonly expires: string | null;
}

export interface Mute {
  readonly scope: 'rule' | 'story' | 'publisher';
  readonly target: string;
  /** ISO 8601. */
  readonly until: string;
  /** A development of the muted story that ends the mute earlier, and sends an alert. */
  readonly endsOn: 'figure' | null;
  readonly reason: string | null;
}

/** What a feed lists, or the feeds that a page links to. */
export interface FeedLook {
  readonly url: string;
  /** null: the address is not a valid feed. */
  readonly format: string | null;
  readonly title: string | null;
  readonly language: string | null;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly entries: readonly {
    readonly title: string | null;
    readonly url: string | null;
    readonly published: EpochMs | null;
    readonly language: string | null;
  }[];
  readonly count: number;
  readonly discovered: readonly { readonly url: string; readonly title: string | null }[];
}

/** Times are ISO 8601; null: none. */
export interface ChannelStatus {
  readonly id: string;
  readonly kind: string;
  readonly state: 'new' | 'ok' | 'failing' | 'disabled';
  readonly reason: string | null;
  readonly disabledAt: string | null;
  readonly failures: number;
  readonly failingSince: string | null;
  readonly cooldownUntil: string | null;
  readonly lastSuccess: string | null;
  readonly pending: number;
  readonly oldest: string | null;
  readonly dead: number;
}

export interface TestResult {
  readonly id: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly detail: string | null;
  readonly ms: number;
}

export interface DeliverySummary {
  readonly id: string;
  readonly channel: string;
  readonly type: string | null;
  readonly rule: string | null;
  readonly title: string | null;
  readonly state: 'pending' | 'delivered' | 'dead' | 'cancelled';
  readonly reason: string | null;
  readonly created: string;
  readonly due: string | null;
  readonly settled: string | null;
  readonly attempts: number;
}

export interface DeliveryPage {
  readonly deliveries: readonly DeliverySummary[];
  readonly next: string | null;
}

export interface DeliveryDetail extends DeliverySummary {
  readonly event: unknown;
  readonly log: readonly (Omit<AttemptNote, 'at'> & { readonly at: string })[];
}

export interface Token {
  readonly name: string;
  readonly scope: 'read' | 'write';
  readonly created: string;
  readonly expires: string | null;
  readonly lastUsed: string | null;
}

export interface NewToken {
  readonly name: string;
  readonly token: string;
  readonly expires: string | null;
}

/** The addresses are secret: with one, anyone can read the alerts of its rule. */
export interface AlertFeed {
  readonly rule: string;
  readonly atom: string;
  readonly json: string;
}
