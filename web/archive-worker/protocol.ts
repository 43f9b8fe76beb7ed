/** Messages between the page and its worker, which reads documents and the archive so that the page stays responsive. */
import type { AlertPreview } from '../../lib/alert/preview.ts';
import type { NewFeed, NewRule, NewTest } from '../../lib/config/edit/edit.ts';
import type { Plain } from '../../lib/config/edit/splice.ts';
import type { Coverage } from '../../lib/match/lint/coverage.ts';
import type { ConfigProblem, RuleConfig, Severity } from '../../lib/model/config.ts';
import type { QueryForm } from '../../lib/rule/form.ts';
import type { Marked } from '../text/cut.ts';

/** A change of the document. */
export type Edit =
  | { readonly kind: 'query'; readonly rule: string; readonly query: string }
  | { readonly kind: 'key'; readonly rule: string; readonly key: string; readonly value?: Plain }
  | { readonly kind: 'test-mode'; readonly rule: string; readonly testMode: boolean }
  | {
      readonly kind: 'test';
      readonly rule: string;
      readonly side: 'match' | 'no_match';
      readonly test: NewTest;
    }
  | { readonly kind: 'add-rule'; readonly rule: NewRule }
  | { readonly kind: 'remove-rule'; readonly rule: string }
  | { readonly kind: 'add-feeds'; readonly feeds: readonly NewFeed[] }
  | { readonly kind: 'remove-feed'; readonly url: string }
  | { readonly kind: 'pause-feed'; readonly url: string; readonly paused: boolean };

/** Calls with one answer each. */
export interface Calls {
  readonly edit: { readonly ask: { readonly source: string; readonly edit: Edit }; readonly answer: string };
  /** A document compiled as the service would, gzipped; null: it has a mistake or a failing test, which the service reports. */
  readonly compile: { readonly ask: { readonly source: string }; readonly answer: ArrayBuffer | null };
  readonly card: { readonly ask: { readonly list: string }; readonly answer: ListCard | null };
  readonly keys: { readonly ask: Record<string, never>; readonly answer: KeyTree };
  readonly diff: {
    readonly ask: { readonly before: string; readonly after: string };
    readonly answer: readonly Hunk[];
  };
  /** @param source the document that the feeds may be added to */
  readonly opml: {
    readonly ask: { readonly text: string; readonly source: string };
    readonly answer: OpmlRead;
  };
  /** Lists that a query can name, by the document in force. */
  readonly names: { readonly ask: Record<string, never>; readonly answer: Checked['lists'] };
  /** The document's feeds as OPML. */
  readonly feeds: { readonly ask: { readonly source: string }; readonly answer: string };
  /** Entries of the last search, as a file. */
  readonly export: { readonly ask: { readonly format: 'jsonl' | 'csv' }; readonly answer: string };
}
export type CallName = keyof Calls;

export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly ask: unknown }
  /** The document in force; null: there is none yet. */
  | { readonly kind: 'base'; readonly source: string | null; readonly floorMs: number }
  /** The draft, and the rule to preview. A newer message replaces an older one. */
  | { readonly kind: 'document'; readonly run: number; readonly source: string; readonly rule: string | null }
  | { readonly kind: 'search'; readonly run: number; readonly query: string }
  | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  /** @param mistake true: a mistake of the user; false: a fault of the page */
  | { readonly kind: 'refused'; readonly id: number; readonly why: string; readonly mistake: boolean }
  | { readonly kind: 'checked'; readonly run: number; readonly checked: Checked }
  | { readonly kind: 'preview'; readonly run: number; readonly preview: Preview }
  /** The query has a mistake, or the document cannot be read: the earlier preview stays. */
  | { readonly kind: 'broken'; readonly run: number }
  | { readonly kind: 'found'; readonly run: number; readonly found: Found }
  | { readonly kind: 'lost'; readonly run: number; readonly why: string };

/** What a document says, and what is wrong with it. */
export interface Checked {
  readonly problems: readonly ConfigProblem[];
  /** The document cannot be read at all. */
  readonly unreadable: boolean;
  readonly rules: readonly RuleOutline[];
  readonly lists: readonly { readonly id: string; readonly title: string; readonly from: string }[];
  readonly channels: readonly string[];
  readonly feeds: number;
  /** Lines, from 1, that the document in force does not have. */
  readonly changed: readonly number[];
  /** The rule to preview, as a form; null: no rule is chosen, or it has a mistake. */
  readonly form: RuleForm | null;
}

export interface RuleOutline {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly testMode: boolean;
  /** false: its alerts are shown on the pages and sent nowhere. */
  readonly hasChannel: boolean;
  /** Offsets of its part of the document, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

export interface RuleForm {
  readonly title: string;
  readonly severity: Severity;
  readonly channels: readonly string[];
  readonly on: readonly string[];
  readonly testMode: boolean;
  readonly query: string;
  /** null: the form cannot express the query. */
  readonly form: QueryForm | null;
}

/** An entry in a preview or in search results. Times are ms since 1970. */
export interface EntryRow {
  readonly id: string;
  readonly seen: number;
  readonly published: number | null;
  readonly title: string;
  /** The part of the summary that contains the matching words; '' if the title contains them. */
  readonly passage: string;
  readonly lang: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly marks: readonly Marked[];
  readonly passageMarks: readonly Marked[];
  /** The clause for which the other version does not match; null: it matches. */
  readonly why: string | null;
}

export interface Preview {
  readonly rule: Pick<RuleConfig, 'id' | 'title' | 'testMode'>;
  /** Entries searched so far, of `total` loaded ones. */
  readonly searched: number;
  readonly total: number;
  /** The whole archive is loaded. */
  readonly complete: boolean;
  readonly done: boolean;
  readonly caught: number;
  /** Matches of the version in force; null: it does not have the rule. */
  readonly was: number | null;
  readonly gained: { readonly count: number; readonly rows: readonly EntryRow[] };
  readonly lost: { readonly count: number; readonly rows: readonly EntryRow[] };
  /** The newest matches. */
  readonly rows: readonly EntryRow[];
  /** If nothing matches: the entries that came nearest. */
  readonly near: readonly EntryRow[];
  readonly now: AlertPreview;
  readonly before: AlertPreview | null;
  readonly span: { readonly from: number; readonly to: number } | null;
  readonly tests: readonly TestRow[];
  readonly coverage: Coverage;
  /** Time to compile the query and search, in ms. */
  readonly ms: number;
}

export interface TestRow {
  readonly side: 'match' | 'no match';
  readonly title: string;
  readonly lang: string | null;
  readonly passes: boolean;
  /** The first clause that fails, or the words that match; null: the test passes. */
  readonly why: string | null;
}

export interface Found {
  readonly searched: number;
  readonly total: number;
  readonly complete: boolean;
  readonly done: boolean;
  readonly problems: readonly ConfigProblem[];
  readonly count: number;
  readonly rows: readonly EntryRow[];
  readonly ms: number;
}

/** The content of a list of words. */
export interface ListCard {
  readonly id: string;
  readonly title: string;
  /** `military pack`, `this document` */
  readonly from: string;
  readonly includes: readonly string[];
  readonly terms: number;
  /** Languages that have terms; '' stands for terms without a language. */
  readonly languages: readonly {
    readonly lang: string;
    readonly terms: readonly string[];
    readonly more: number;
  }[];
  /** Entries of the last seven days that contain a term; null: the archive is not loaded yet. */
  readonly hits: number | null;
}

/** Keys that the document may have at one place, and the values of a key if it has a fixed set. */
export interface KeyTree {
  /** By name; `*` for names that the author chooses. */
  readonly keys: Readonly<Record<string, KeyTree>>;
  readonly items: KeyTree | null;
  readonly values: readonly string[];
}

export type Hunk =
  | { readonly kind: 'same'; readonly lines: readonly string[]; readonly at: number }
  | { readonly kind: 'gone' | 'come'; readonly lines: readonly string[]; readonly at: number };

export interface OpmlRead {
  readonly feeds: readonly NewFeed[];
  readonly problems: readonly string[];
}
