/** What every subcommand shares: exit codes and the two ways to fail. */

/** 0 done · 1 the input was bad (said on standard error with file:line:column) · 2 usage. */
export const EXIT = { done: 0, badInput: 1, usage: 2 } as const;

/** The command line is wrong. The message is shown with the subcommand's name before it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
