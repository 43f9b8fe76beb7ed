/** Shared by all subcommands: streams and environment, exit codes, and the error for wrong usage. */
import type { Readable, Writable } from 'node:stream';

/** Streams and environment of a command: `process`, or those of a test. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Environment;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** 0: done. 1: the input is bad; standard error says where (file:line:column). 2: the command line is wrong. */
export const EXIT = { done: 0, badInput: 1, usage: 2 } as const;

/** The input is bad, or the service refused it. The message names the file or the address, and is printed as it is. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The command line is wrong. The message is printed after the subcommand's name. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
