/**
 * Matches an entry against all rules. The entrance of the engine:
 *
 * 1. All terms of all rules are searched at once (lib/match/search/search.ts).
 * 2. Only rules of which an anchor was hit are candidates (lib/match/compile/anchor.ts).
 * 3. The clauses of a candidate are evaluated until one does not hold (lib/match/run/evaluate.ts).
 * 4. The hits under the places that made it hold become spans; figures are related to concepts.
 */
import type { EntryText } from '../../model/entry.ts';
import { MATCH_SPANS_MAX } from '../../model/limits.ts';
import type { Match } from '../../model/match.ts';
import { countedFigures, type UsedHit } from './counted.ts';
import { type EntrySearch, entrySearchOf } from './entry-search.ts';
import type { Rules } from './load.ts';
import { leafOfPattern, leavesOf } from './program.ts';

const NONE: Match[] = [];

/** Never throws. @returns matches in the order of the rules; spans are offsets into the entry's own texts */
export function matchEntry(rules: Rules, entry: EntryText): readonly Match[] {
  const search = entrySearchOf(rules);
  search.begin(entry);
  const count = search.candidates();
  let matches: Match[] | null = null;
  for (let at = 0; at < count; at++) {
    const match = matchRule(rules, search, search.candidate[at]!);
    if (match === null) continue;
    matches ??= [];
    matches.push(match);
  }
  return matches ?? NONE;
}

/** @returns null if a clause does not hold */
function matchRule(rules: Rules, search: EntrySearch, rule: number): Match | null {
  const { clauseAt, ruleId } = rules.sections;
  const { evaluator, hits } = search;
  evaluator.beginRule();
  for (let clause = clauseAt[rule]!; clause < clauseAt[rule + 1]!; clause++) {
    if (!evaluator.clause(clause)) return null;
  }
  const used = usedHits(rules, search, rule);
  return {
    rule: rules.string(ruleId[rule]!),
    spans: used.slice(0, MATCH_SPANS_MAX).map(({ hit, leaf }) => search.span(hit, leaf)),
    quantities: countedFigures(rules, search, { rule, hits: used }),
    truncated: hits.truncated || evaluator.places.truncated,
  };
}

/** Hits that made the rule match, each once, in reading order. */
function usedHits(rules: Rules, search: EntrySearch, rule: number): UsedHit[] {
  const { places } = search.evaluator;
  const parts = new Int32Array(64);
  const used = new Set<number>();
  for (let at = 0; at < places.listLength; at++) {
    const count = places.parts(places.list[at]!, parts);
    for (let k = 0; k < count; k++) used.add(parts[k]!);
  }
  const { start, end } = search.hits;
  const leaves = leavesOf(rules, rule);
  return [...used]
    .sort((a, b) => start[a]! - start[b]! || end[a]! - end[b]!)
    .map((hit) => ({ hit, leaf: leafOfPattern(rules, search.hits.pattern[hit]!, leaves) }))
    .filter(isFirstOfItsRange(search));
}

/** Several terms of one concept may cover the same words: one span is enough. */
function isFirstOfItsRange(search: EntrySearch): (span: UsedHit) => boolean {
  const seen = new Set<string>();
  return ({ hit, leaf }) => {
    const range = `${leaf} ${search.hits.start[hit]} ${search.hits.end[hit]}`;
    return !seen.has(range) && seen.add(range).size > 0;
  };
}
