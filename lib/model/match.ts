/** What the engine says of an entry × rule. */
import type { EntryField } from './entry.ts';
import type { RuleId } from './flavor.ts';

/** A half-open range of UTF-16 units in one text of the entry, and why it counts. */
export interface MatchSpan {
  readonly field: EntryField;
  readonly start: number;
  readonly end: number;
  /** The term as its author wrote it. */
  readonly term: string;
  /** Id of the entity or concept that holds the term; null for a term written in the query. */
  readonly concept: string | null;
}

/** A figure in the text. */
export interface Quantity {
  readonly value: number;
  readonly approximate: boolean;
  /** Id of the concept that it counts; null: a term of the query, or nothing that the rule names. */
  readonly of: string | null;
  readonly field: EntryField;
  readonly start: number;
  readonly end: number;
}

export interface Match {
  readonly rule: RuleId;
  readonly spans: readonly MatchSpan[];
  readonly quantities: readonly Quantity[];
  /** The hit cap was reached: spans may be missing. */
  readonly truncated: boolean;
}
