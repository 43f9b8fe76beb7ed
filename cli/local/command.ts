/** What every subcommand shares: what it talks to, exit codes, and the two ways to fail. */
import type { Readable, Writable } from 'node:stream';

/** What a command reads and writes beside files and the network: `process`, or streams of a test. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Environment;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** 0 done · 1 the input was bad (said on standard error with file:line:column) · 2 usage. */
export const EXIT = { done: 0, badInput: 1, usage: 2 } as const;

/** The command line is wrong. The message is shown with the subcommand's name before it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
