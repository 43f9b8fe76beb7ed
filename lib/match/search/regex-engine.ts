/**
 * The engine of re:"…": re2js, whose time is linear in the text for any pattern; the platform's RegExp can take exponential
 * time and cannot be stopped. It is loaded only if a configuration needs it.
 */
import type { RE2JS, RE2Set } from 're2js';
import { REGEX_PROGRAM_MAX } from '../../model/limits.ts';

type Engine = typeof import('re2js');
let engine: Engine | null = null;

/** Must be awaited before expressions are checked or rules with a re:"…" are loaded. */
export async function loadRegexEngine(): Promise<void> {
  engine ??= await import('re2js');
}

/** @throws Error if the engine was not loaded before */
function loadedEngine(): Engine {
  if (engine === null)
    throw new Error('the regular expression engine is not loaded: await loadRegexEngine first');
  return engine;
}

/** Memory of a set's state machine in bytes; beyond it the machine is rebuilt. */
const SET_BYTES_MAX = 2_097_152;

/** @returns what is wrong with the pattern; null: it is valid */
export function regexFault(
  pattern: string,
): { readonly code: 'E_REGEX' | 'E_LIMIT'; readonly message: string } | null {
  const { RE2JS, RE2JSException } = loadedEngine();
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > REGEX_PROGRAM_MAX)
      return {
        code: 'E_LIMIT',
        message: `this pattern has too many repetitions (more than ${REGEX_PROGRAM_MAX} instructions)`,
      };
    if (compiled.test(''))
      return { code: 'E_REGEX', message: 'this pattern matches the empty text and therefore every entry' };
    return null;
  } catch (error) {
    // A mistake of the author; the engine's message says which.
    if (!(error instanceof RE2JSException)) throw error;
    const message = error.message.replace(/^error parsing regexp: /u, '');
    return { code: 'E_REGEX', message: `this is not a valid pattern: ${message}` };
  }
}

/** The compiled pattern, which must be valid. */
export function regexOf(pattern: string): RE2JS {
  return loadedEngine().RE2JS.compile(pattern);
}

/** All patterns as one machine: finding which of them match costs about as much as one pattern. */
export function regexSetOf(patterns: readonly string[]): RE2Set {
  const { RE2Set } = loadedEngine();
  const set = new RE2Set(RE2Set.UNANCHORED, 0, SET_BYTES_MAX);
  for (const pattern of patterns) set.add(pattern);
  return set;
}
