/** Finds the concept that each figure of a match counts: soldiers, not their country. */
import type { Quantity } from '../../model/match.ts';
import type { FoundQuantity } from '../figure/quantity.ts';
import { isCounter } from '../figure/words.ts';
import { OP } from '../opcode.ts';
import type { EntrySearch } from './entry-search.ts';
import type { Rules } from './load.ts';

/** Largest distance in tokens between a figure and what it counts: "12,000 North Korean special forces soldiers". */
const COUNTED_TOKENS_MAX = 6;

/** A hit that made the rule match, and its leaf. */
export interface UsedHit {
  readonly hit: number;
  readonly leaf: number;
}

/** @returns the figures that satisfied COUNT and QTY; for a rule without them, figures that count one of its concepts */
export function countedFigures(
  rules: Rules,
  search: EntrySearch,
  { rule, hits }: { readonly rule: number; readonly hits: readonly UsedHit[] },
): Quantity[] {
  const { used } = search.evaluator.quantities;
  const pool = used.length > 0 ? used : search.figures();
  if (pool.length === 0) return [];
  const counted = countedLeaves(rules, rule);
  return pool
    .toSorted((a, b) => a.unitStart - b.unitStart)
    .map(({ value, approximate, start, end, ...place }) => ({
      value,
      approximate,
      field: search.fieldAt(place.unitStart),
      start,
      end,
      of: conceptOf(rules, search, place, { hits, counted }),
    }))
    .filter(({ of }) => of !== null || used.length > 0);
}

/** The best concept nearby: one that COUNT names, then a word for people, then the nearest after the figure. */
function conceptOf(
  rules: Rules,
  search: EntrySearch,
  place: Pick<FoundQuantity, 'unitStart' | 'unitEnd'>,
  { hits, counted }: { readonly hits: readonly UsedHit[]; readonly counted: ReadonlySet<number> },
): string | null {
  const { tokens } = search.folded;
  const { start, end } = search.hits;
  let best: string | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const { hit, leaf } of hits) {
    const isBehind = place.unitStart < start[hit]!;
    const between = isBehind
      ? tokens[start[hit]!]! - tokens[place.unitEnd - 1]! - 1
      : tokens[place.unitStart]! - tokens[end[hit]! - 1]! - 1;
    if (between > COUNTED_TOKENS_MAX) continue;
    for (const { name, sort } of conceptsOf(rules, search, { hit, leaf }, counted)) {
      const rank = sort * 100 + (isBehind ? 0 : COUNTED_TOKENS_MAX + 1) + Math.max(0, between);
      if (rank >= bestRank) continue;
      best = name;
      bestRank = rank;
    }
  }
  return best;
}

/** Concepts of a hit; `sort` 0: COUNT names it, 1: a word for people, 2: other. */
function* conceptsOf(
  rules: Rules,
  search: EntrySearch,
  { hit, leaf }: UsedHit,
  counted: ReadonlySet<number>,
) {
  const { patternLeaf, patternLeafAt, leafName, leafIsEntity } = rules.sections;
  const pattern = search.hits.pattern[hit]!;
  if (pattern < 0) return;
  for (let at = patternLeafAt[pattern]!; at < patternLeafAt[pattern + 1]!; at++) {
    const other = patternLeaf[at]!;
    const name = leafName[other]!;
    const isCounted = counted.has(other);
    if (name < 0 || !(isCounted || (other === leaf && leafIsEntity[other] === 0))) continue;
    yield { name: rules.string(name), sort: isCounted ? 0 : hasCounter(search, hit) ? 1 : 2 };
  }
}

/** Whether the matched words name people or things that news count. */
function hasCounter(search: EntrySearch, hit: number): boolean {
  const { start, end } = search.hits;
  return search.folded.slice(start[hit]!, end[hit]!).split(/[ \n]/u).some(isCounter);
}

/** Leaves within the COUNTs of a rule. */
function countedLeaves(rules: Rules, rule: number): Set<number> {
  const { clauseAt, programAt, program } = rules.sections;
  const counted = new Set<number>();
  let before: number[] = [];
  for (let clause = clauseAt[rule]!; clause < clauseAt[rule + 1]!; clause++) {
    before = [];
    for (let at = programAt[clause]!; at < programAt[clause + 1]!; at += 3) {
      if (program[at] === OP.leaf) before.push(program[at + 1]!);
      else if (program[at] === OP.count && program[at + 2]! >= 0)
        for (const leaf of before.splice(0)) counted.add(leaf);
    }
  }
  return counted;
}
