/**
 * Finds the anchors of an expression: leaves of which at least one is hit whenever the expression holds. A rule is
 * evaluated only if one of its anchors is hit.
 */
import type { Compiled } from './assemble.ts';

/** @param sizeOf cost of a leaf. @returns the cheapest set of anchors; null: the expression can hold without any hit */
export function anchorsOf(node: Compiled, sizeOf: (leaf: number) => number): ReadonlySet<number> | null {
  switch (node.kind) {
    case 'leaf':
      return new Set([node.leaf]);
    case 'all':
      return cheapest(
        node.of.map((of) => anchorsOf(of, sizeOf)),
        sizeOf,
      );
    case 'some':
      return someOf(node.of, node.atLeast, sizeOf);
    case 'score':
      return node.threshold > 0
        ? new Set(node.terms.flatMap(({ leaf, weight }) => (weight > 0 ? [leaf] : [])))
        : null;
    case 'not':
    case 'meta':
      return null;
    case 'count':
      return node.of === null ? null : anchorsOf(node.of, sizeOf);
  }
}

/** The set with the fewest terms. */
function cheapest(
  sets: readonly (ReadonlySet<number> | null)[],
  sizeOf: (leaf: number) => number,
): ReadonlySet<number> | null {
  let best: ReadonlySet<number> | null = null;
  let bestSize = Number.POSITIVE_INFINITY;
  for (const set of sets) {
    if (set === null) continue;
    const size = [...set].reduce((sum, leaf) => sum + sizeOf(leaf), 0);
    if (size < bestSize) {
      best = set;
      bestSize = size;
    }
  }
  return best;
}

/** For k of n to hold, one of any n − k + 1 must hold: null if too many operands have no anchor. */
function someOf(
  of: readonly Compiled[],
  atLeast: number,
  sizeOf: (leaf: number) => number,
): ReadonlySet<number> | null {
  const sets = of.map((operand) => anchorsOf(operand, sizeOf));
  const anchored = sets.filter((set) => set !== null);
  if (sets.length - anchored.length >= atLeast) return null;
  return new Set(anchored.flatMap((set) => [...set]));
}
