/** Reads compiled programs: the leaves of a rule, and the leaf that a hit belongs to. */

import { OP } from '../opcode.ts';
import type { Rules } from './load.ts';

/** @returns the leaves of a rule's clauses, those under NOT included */
export function leavesOf(rules: Rules, rule: number): Set<number> {
  const { clauseAt, programAt, program, numbers } = rules.sections;
  const leaves = new Set<number>();
  const end = programAt[clauseAt[rule + 1]!]!;
  for (let at = programAt[clauseAt[rule]!]!; at < end; at += 3) {
    const argument = program[at + 1]!;
    if (program[at] === OP.leaf) leaves.add(argument);
    if (program[at] === OP.score) {
      for (let k = 0; k < numbers[argument + 1]!; k++) leaves.add(numbers[argument + 2 + 2 * k]!);
    }
  }
  return leaves;
}

/** The leaf among `leaves` that contains a pattern. @param pattern its number, or for a re:"…" the complement of its number */
export function leafOfPattern(rules: Rules, pattern: number, leaves: ReadonlySet<number>): number {
  const { patternLeaf, patternLeafAt, regexLeaf } = rules.sections;
  if (pattern < 0) return regexLeaf[~pattern]!;
  for (let at = patternLeafAt[pattern]!; at < patternLeafAt[pattern + 1]!; at++) {
    if (leaves.has(patternLeaf[at]!)) return patternLeaf[at]!;
  }
  return patternLeaf[patternLeafAt[pattern]!]!;
}
