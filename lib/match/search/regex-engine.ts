/**
 * The engine of re:"…": re2js, linear in the text whatever the pattern; the platform's own can take forever and cannot
 * be stopped. It is loaded only where a configuration has such an expression: a Worker without one never pays for it.
 */
import type { RE2JS, RE2Set } from 're2js';
import { REGEX_PROGRAM_MAX } from '../../model/limits.ts';

type Engine = typeof import('re2js');
let engine: Engine | null = null;

/** Must have resolved before expressions are checked or rules that have any are loaded. */
export async function loadRegexEngine(): Promise<void> {
  engine ??= await import('re2js');
}

function loadedEngine(): Engine {
  if (engine === null) throw new Error('loadRegexEngine was not awaited');
  return engine;
}

/** Memory of the state machine of a set; beyond, it starts anew. */
const SET_BYTES_MAX = 2_097_152;

/** @returns what is wrong with the pattern, or null */
export function regexFault(
  pattern: string,
): { readonly code: 'E_REGEX' | 'E_LIMIT'; readonly message: string } | null {
  const { RE2JS, RE2JSException } = loadedEngine();
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > REGEX_PROGRAM_MAX)
      return { code: 'E_LIMIT', message: 'this pattern repeats too much to be run' };
    if (compiled.test(''))
      return { code: 'E_REGEX', message: 'this pattern matches the empty text: every entry' };
    return null;
  } catch (error) {
    // The author's mistake: the engine says which.
    if (!(error instanceof RE2JSException)) throw error;
    const message = error.message.replace(/^error parsing regexp: /u, '');
    return { code: 'E_REGEX', message: `this is no pattern: ${message}` };
  }
}

export function regexOf(pattern: string): RE2JS {
  return loadedEngine().RE2JS.compile(pattern);
}

/** All patterns in one machine: which of them match costs about as much as one. */
export function regexSetOf(patterns: readonly string[]): RE2Set {
  const { RE2Set } = loadedEngine();
  const set = new RE2Set(RE2Set.UNANCHORED, 0, SET_BYTES_MAX);
  for (const pattern of patterns) set.add(pattern);
  return set;
}
