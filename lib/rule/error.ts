/** Errors of a rule's author, with their position in the expression. */

/** A half-open range [from, to) of UTF-16 units in an expression or a term. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Codes of errors, listed in docs/rules.md. */
export type RuleErrorCode =
  | 'E_SYNTAX'
  | 'E_MIXED_AND_OR'
  | 'E_MISSING_OPERATOR'
  | 'E_UNKNOWN_ID'
  | 'E_CYCLE'
  | 'E_WILD_SHORT'
  | 'E_NO_ANCHOR'
  | 'E_NEAR_OPERAND'
  | 'E_LIMIT'
  | 'E_REGEX'
  | 'E_NOT_SUPPORTED';

/** A mistake of the author. It is shown at `span` and never logged as a fault. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  /** Which kind of mistake. */
  readonly code: RuleErrorCode;
  /** Where it is in the expression or term. */
  readonly span: Span;
  /** How to correct it; null: the message says it. */
  readonly hint: string | null;

  constructor(code: RuleErrorCode, span: Span, message: string, hint: string | null = null) {
    super(message);
    this.code = code;
    this.span = span;
    this.hint = hint;
  }
}
