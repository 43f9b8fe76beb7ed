/** Mistakes of a rule's author, with their place in the expression. */

/** A half-open range of UTF-16 units in an expression or a term. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

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

/** The author made a mistake. Shown under `span`; never logged as a fault. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly code: RuleErrorCode;
  readonly span: Span;
  readonly hint: string | null;

  constructor(code: RuleErrorCode, span: Span, message: string, hint: string | null = null) {
    super(message);
    this.code = code;
    this.span = span;
    this.hint = hint;
  }
}
