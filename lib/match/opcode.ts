/** The instructions of compiled rules: postfix triples `op, a, b` in the section `program`. */

export const OP = {
  /** Push the hits of leaf a in the fields of mask b. */
  leaf: 0,
  /** Pop a results; push whether all / any held, with their places. */
  and: 1,
  or: 2,
  not: 3,
  /** Pop right, left; a = tokens strictly between at most; b = 1: left first. */
  near: 4,
  sentence: 5,
  /** a = places wanted. */
  atLeast: 6,
  /** Pop b results, at least a must hold. */
  any: 7,
  /** a = META_KEYS index × 256 + number of values, b = numbers index of the first string id. */
  meta: 8,
  /** a = numbers index of [threshold, n, leaf, weight, leaf, weight, …]. */
  score: 9,
  /** Pop places; a = numbers index of [comparison, value], b = tokens; -1: no places, any figure. */
  count: 10,
} as const;

export const FIELD_MASK = { title: 1, summary: 2, all: 3 } as const;

/** Order in which comparisons are numbered. */
export const COMPARISONS = ['>=', '>', '<=', '<', '='] as const;
