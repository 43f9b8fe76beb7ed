/** Result of matching an entry against a rule. */
import type { EntryField } from './entry.ts';
import type { RuleId } from './flavor.ts';

/** A range [start, end) of UTF-16 units in one text of the entry, and the term that matched. */
export interface MatchSpan {
  readonly field: EntryField;
  readonly start: number;
  readonly end: number;
  /** The term as its author wrote it. */
  readonly term: string;
  /** Id of the entity or concept that contains the term; null: the term is written in the query. */
  readonly concept: string | null;
}

/** A figure in the text, [start, end) in UTF-16 units of its field. */
export interface Quantity {
  readonly value: number;
  readonly approximate: boolean;
  /** Id of the concept that it counts; null: a term of the query, or nothing that the rule names. */
  readonly of: string | null;
  readonly field: EntryField;
  readonly start: number;
  readonly end: number;
}

/** A rule that matches, with what it matched. */
export interface Match {
  readonly rule: RuleId;
  readonly spans: readonly MatchSpan[];
  readonly quantities: readonly Quantity[];
  /** A limit on hits was reached: spans may be missing. */
  readonly truncated: boolean;
}
