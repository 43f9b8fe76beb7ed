/** Explains why a rule matches an entry or not: all hits, then the result of each clause. */
import type { EntryText } from '../../model/entry.ts';
import { MATCH_SPANS_MAX } from '../../model/limits.ts';
import type { MatchSpan, Quantity } from '../../model/match.ts';
import { parseQuery } from '../../rule/parse.ts';
import { countedFigures, type UsedHit } from './counted.ts';
import { type EntrySearch, entrySearchOf } from './entry-search.ts';
import { type Rules, ruleIds } from './load.ts';
import { leafOfPattern, leavesOf } from './program.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';

/** Result of one clause. */
export interface ClauseTrace {
  /** The clause as an expression. All clauses must hold. */
  readonly text: string;
  readonly holds: boolean;
  /** Matches that made it hold; empty if it does not hold, and under NOT. */
  readonly spans: readonly MatchSpan[];
  /** What is missing; null if the clause holds. */
  readonly shortfall: Shortfall | null;
}

/** Result of one rule. */
export interface Explanation {
  readonly rule: string;
  readonly matched: boolean;
  /** All hits of the rule's terms, at most MATCH_SPANS_MAX, whether they contributed or not. */
  readonly hits: readonly MatchSpan[];
  readonly clauses: readonly ClauseTrace[];
  /** Index of the first clause that does not hold; null: all hold. */
  readonly failed: number | null;
  readonly quantities: readonly Quantity[];
}

/** @returns null for an unknown rule id */
export function explain(rules: Rules, entry: EntryText, ruleId: string): Explanation | null {
  const rule = ruleIds(rules).indexOf(ruleId);
  if (rule < 0) return null;
  const search = entrySearchOf(rules);
  search.begin(entry);
  const { clauseAt } = rules.sections;
  search.evaluator.beginRule();
  const clauses: ClauseTrace[] = [];
  for (let clause = clauseAt[rule]!; clause < clauseAt[rule + 1]!; clause++) {
    clauses.push(traceOf(rules, search, rule, clause));
  }
  const failed = clauses.findIndex((clause) => !clause.holds);
  const hits = hitsOf(rules, search, rule);
  return {
    rule: ruleId,
    matched: failed < 0,
    hits: hits.slice(0, MATCH_SPANS_MAX).map(({ hit, leaf }) => search.span(hit, leaf)),
    clauses,
    failed: failed < 0 ? null : failed,
    quantities: failed < 0 ? countedFigures(rules, search, { rule, hits }) : [],
  };
}

/** Evaluates one clause and collects the hits that made it hold. */
function traceOf(rules: Rules, search: EntrySearch, rule: number, clause: number): ClauseTrace {
  const { places } = search.evaluator;
  const before = places.listLength;
  const { clauseText, programAt } = rules.sections;
  const results = new Uint8Array((programAt[clause + 1]! - programAt[clause]!) / 3);
  const holds = search.evaluator.clause(clause, results);
  const text = rules.string(clauseText[clause]!);
  const parts = new Int32Array(64);
  const used = new Set<number>();
  for (let at = before; at < places.listLength; at++) {
    const count = places.parts(places.list[at]!, parts);
    for (let k = 0; k < count; k++) used.add(parts[k]!);
  }
  const leaves = leavesOf(rules, rule);
  const hits = [...used].sort((a, b) => a - b);
  const spans = hits.map((hit) => search.span(hit, leafOfPattern(rules, search.hits.pattern[hit]!, leaves)));
  return { text, holds, spans, shortfall: holds ? null : lackOf(text, results) };
}

/** A score has no expression to explain. */
function lackOf(text: string, results: Uint8Array): Shortfall {
  if (text.startsWith('score ')) return { branch: null, fails: text, why: 'the score is too low' };
  return shortfallOf(parseQuery(text), results);
}

/** All hits of a rule's leaves in reading order. */
function hitsOf(rules: Rules, search: EntrySearch, rule: number): UsedHit[] {
  const { hits } = search;
  const found: UsedHit[] = [];
  for (const leaf of leavesOf(rules, rule)) {
    for (let link = hits.firstLink(leaf); link >= 0; link = hits.linkNext[link]!) {
      found.push({ hit: hits.linkHit[link]!, leaf });
    }
  }
  return found.sort((a, b) => hits.start[a.hit]! - hits.start[b.hit]! || hits.end[a.hit]! - hits.end[b.hit]!);
}
