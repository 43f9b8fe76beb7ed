/** Instructions of compiled rules: postfix triples `op, a, b` in the section `program`. */

/** Numbers of the instructions. Changing one requires a new FORMAT_VERSION (lib/match/format.ts). */
export const OP = {
  /** Push the hits of leaf a in the fields of mask b. */
  leaf: 0,
  /** Pop a results; push whether all (and) or any (or) held, with their places. */
  and: 1,
  or: 2,
  not: 3,
  /** Pop right and left; a = largest number of tokens between them; b = 1: left must come first. */
  near: 4,
  sentence: 5,
  /** a = number of places required. */
  atLeast: 6,
  /** Pop b results, of which at least a must hold. */
  any: 7,
  /** a = META_KEYS index × 256 + number of values, b = numbers index of the first string id. */
  meta: 8,
  /** a = numbers index of [threshold, n, leaf, weight, leaf, weight, …]. */
  score: 9,
  /** Pop places; a = numbers index of [comparison, value]; b = distance in tokens; -1: no places, any figure. */
  count: 10,
} as const;

/** Bits of fields; `summary` also stands for the content. */
export const FIELD_MASK = { title: 1, summary: 2, all: 3 } as const;

/** Comparisons in the order of their numbers. */
export const COMPARISONS = ['>=', '>', '<=', '<', '='] as const;
