/** Splits a clause into its alternatives, and finds the NEAR that is missed by the fewest words. Pure. */
import type { MatchSpan } from '../../../lib/model/match.ts';

/** Splits at each OR outside parentheses and quotes; removes parentheses around the whole. */
export function waysOf(clause: string): string[] {
  return alternatives(unwrapped(clause)).map(unwrapped);
}

function alternatives(text: string): string[] {
  const cuts: number[] = [];
  walk(text, (at, depth) => {
    if (depth === 0 && text.startsWith(' OR ', at)) cuts.push(at);
  });
  const edges = [-4, ...cuts, text.length];
  return edges.slice(1).map((end, i) => text.slice((edges[i] ?? 0) + 4, end).trim());
}

/** Visits each character outside quotes, with the depth of parentheses before it. */
function walk(text: string, visit: (at: number, depth: number) => void): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    visit(at, depth);
    if (character === '(') depth++;
    if (character === ')') depth--;
  }
}

function unwrapped(text: string): string {
  if (!text.startsWith('(')) return text;
  let closes = -1;
  walk(text, (at, depth) => {
    if (text[at] === ')' && depth === 1 && closes < 0) closes = at;
  });
  return closes === text.length - 1 ? unwrapped(text.slice(1, -1).trim()) : text;
}

/** Two hits that are too far apart for a NEAR of the clause. */
export interface Distance {
  readonly left: MatchSpan;
  readonly right: MatchSpan;
  /** Words between the hits, and the most that the NEAR allows. */
  readonly between: number;
  readonly allowed: number;
  /** The NEAR as written in the rule. */
  readonly text: string;
}

/**
 * The NEAR of the clause that is missed by the fewest words, if both its lists were found in one field.
 * @param wordsBetween counts as the matcher does; negative or 0: they touch or overlap
 */
export function narrowestMiss(
  clause: string,
  hits: readonly MatchSpan[],
  wordsBetween: (left: MatchSpan, right: MatchSpan) => number,
): Distance | null {
  const misses: Distance[] = [];
  for (const [text, a, allowed, b] of clause.matchAll(/@([\w-]+) O?NEAR\/(\d+) @([\w-]+)/g)) {
    const nearest = pairsOf(hits, a, b)
      .map(([left, right]) => ({ left, right, between: wordsBetween(left, right) }))
      .toSorted((one, other) => one.between - other.between)[0];
    if (nearest !== undefined && nearest.between > Number(allowed))
      misses.push({ ...nearest, allowed: Number(allowed), text });
  }
  return misses.toSorted((a, b) => a.between - a.allowed - (b.between - b.allowed))[0] ?? null;
}

/** In reading order, in one field. */
function pairsOf(
  hits: readonly MatchSpan[],
  a: string | undefined,
  b: string | undefined,
): [MatchSpan, MatchSpan][] {
  const of = (id: string | undefined) => hits.filter(({ concept }) => concept === id);
  return of(a).flatMap((one) =>
    of(b)
      .filter(({ field }) => field === one.field)
      .map((other): [MatchSpan, MatchSpan] => (one.start <= other.start ? [one, other] : [other, one])),
  );
}
