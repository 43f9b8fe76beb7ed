/** Decodes the generated folding table on first use: the folded form and the script class of each UTF-16 unit. */
import { CLASS_RUNS, EXPANSIONS, FOLD_RUNS, FOLD_TABLE_HASH } from './fold-table.gen.ts';

/** Identifies the folding table; part of the keys of stored compiled rules. */
export const FOLD_HASH: string = FOLD_TABLE_HASH;

/** Special values of `fold`. The same constants are in scripts/generate-fold.ts. */
export const FOLD = {
  delete: 0,
  sentenceEnd: 0x0a,
  space: 0x20,
  /** Combines with the unit before it (NFD text), or is half of a surrogate pair. */
  compose: 0xfffe,
  /** Becomes several units: see `expansions`. */
  expand: 0xffff,
} as const;

/** Script classes of folded units. A change of class is a word boundary. */
export const CLASS = {
  separator: 0,
  spaced: 1,
  hangul: 2,
  /** Han and kana: no spaces; 2 characters make a token. */
  han: 3,
  digit: 4,
  surrogate: 5,
  arabic: 6,
  hebrew: 7,
  /** Thai, Lao, Khmer, Myanmar: no spaces; 4 characters make a token. */
  thai: 8,
} as const;

/** Special values of `steps`; a letter is its folded unit + its class × 65,536. */
export const STEP = {
  space: 0x10_0000,
  sentenceEnd: 0x10_0001,
  /** A full stop: separates, and may end a sentence. */
  stop: 0x10_0002,
  delete: 0x10_0003,
  /** Combines, expands or is half of a pair. */
  special: 0x10_0004,
} as const;
/** Full stops in ASCII, full width and small form. */
const FULL_STOPS = [0x2e, 0xff0e, 0xfe52];

/** The decoded table; arrays have 65,536 items. */
export interface FoldTable {
  /** By source unit. */
  readonly fold: Uint16Array;
  /** By folded unit. */
  readonly classes: Uint8Array;
  readonly expansions: ReadonlyMap<number, string>;
  /** By source unit: fold and class in one lookup, or a STEP. */
  readonly steps: Uint32Array;
}

let decoded: FoldTable | null = null;

/** The table, decoded once. */
export function foldTable(): FoldTable {
  decoded ??= decode();
  return decoded;
}

function decode(): FoldTable {
  const fold = new Uint16Array(0x10000);
  const classes = new Uint8Array(0x10000);
  readRuns(FOLD_RUNS, (from, to, value, isDelta) => {
    if (isDelta) for (let unit = from; unit < to; unit++) fold[unit] = unit + value;
    else if (value !== 0) fold.fill(value, from, to);
  });
  readRuns(CLASS_RUNS, (from, to, value) => {
    if (value !== 0) classes.fill(value, from, to);
  });
  const expansions = new Map<number, string>();
  for (const pair of EXPANSIONS.split(',')) {
    const colon = pair.indexOf(':');
    expansions.set(Number.parseInt(pair.slice(0, colon), 36), pair.slice(colon + 1));
  }
  return { fold, classes, expansions, steps: stepsOf(fold, classes) };
}

/** Combines fold and classes into one table. */
function stepsOf(fold: Uint16Array, classes: Uint8Array): Uint32Array {
  const steps = new Uint32Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const folded = fold[unit]!;
    if (folded >= FOLD.compose) steps[unit] = STEP.special;
    else if (folded === FOLD.space) steps[unit] = STEP.space;
    else if (folded === FOLD.sentenceEnd) steps[unit] = STEP.sentenceEnd;
    else if (folded === FOLD.delete) steps[unit] = STEP.delete;
    else steps[unit] = folded | (classes[folded]! << 16);
  }
  for (const stop of FULL_STOPS) if (steps[stop] === STEP.space) steps[stop] = STEP.stop;
  return steps;
}

/** Reads `length:value,length:+delta,…` in base 36 without creating strings, because it runs when a Worker starts. */
function readRuns(
  runs: string,
  put: (from: number, to: number, value: number, isDelta: boolean) => void,
): void {
  let unit = 0;
  let at = 0;
  const number = (): number => {
    let value = 0;
    const isNegative = runs.charCodeAt(at) === 0x2d;
    if (isNegative) at++;
    for (; at < runs.length; at++) {
      const code = runs.charCodeAt(at);
      if (code === 0x2c || code === 0x3a) break;
      value = value * 36 + code - (code < 0x3a ? 0x30 : 0x57);
    }
    at++;
    return isNegative ? -value : value;
  };
  while (at < runs.length) {
    const end = unit + number();
    const isDelta = runs.charCodeAt(at) === 0x2b;
    if (isDelta) at++;
    put(unit, end, number(), isDelta);
    unit = end;
  }
}
