/** Decodes the generated folding table on first use: what a UTF-16 unit folds to, and which script class it has. */
import { CLASS_RUNS, EXPANSIONS, FOLD_RUNS, FOLD_TABLE_HASH } from './fold-table.gen.ts';

/** Names the folding table; part of every key under which compiled rules are kept. */
export const FOLD_HASH: string = FOLD_TABLE_HASH;

/** Values of `fold` that are not a folded unit. Mirrored in scripts/generate-fold.ts. */
export const FOLD = {
  delete: 0,
  sentenceEnd: 0x0a,
  space: 0x20,
  /** Joins the unit before it (NFD text), or half of a surrogate pair. */
  compose: 0xfffe,
  /** Becomes several units: see `expansions`. */
  expand: 0xffff,
} as const;

/** Script classes of folded units. A change of class is a word boundary. */
export const CLASS = {
  separator: 0,
  spaced: 1,
  hangul: 2,
  /** Han and kana: no spaces, 2 characters make a token. */
  han: 3,
  digit: 4,
  surrogate: 5,
  arabic: 6,
  hebrew: 7,
  /** Thai, Lao, Khmer, Myanmar: no spaces, 4 characters make a token. */
  thai: 8,
} as const;

export interface FoldTable {
  /** By source unit. */
  readonly fold: Uint16Array;
  /** By folded unit. */
  readonly classes: Uint8Array;
  readonly expansions: ReadonlyMap<number, string>;
}

let decoded: FoldTable | null = null;

export function foldTable(): FoldTable {
  decoded ??= decode();
  return decoded;
}

function decode(): FoldTable {
  const fold = new Uint16Array(0x10000);
  const classes = new Uint8Array(0x10000);
  let unit = 0;
  for (const run of FOLD_RUNS.split(',')) {
    const colon = run.indexOf(':');
    const end = unit + Number.parseInt(run.slice(0, colon), 36);
    if (run.charCodeAt(colon + 1) === 0x2b) {
      const delta = Number.parseInt(run.slice(colon + 2), 36);
      for (; unit < end; unit++) fold[unit] = unit + delta;
    } else {
      fold.fill(Number.parseInt(run.slice(colon + 1), 36), unit, end);
      unit = end;
    }
  }
  unit = 0;
  for (const run of CLASS_RUNS.split(',')) {
    const colon = run.indexOf(':');
    const end = unit + Number.parseInt(run.slice(0, colon), 36);
    classes.fill(Number(run.slice(colon + 1)), unit, end);
    unit = end;
  }
  const expansions = new Map<number, string>();
  for (const pair of EXPANSIONS.split(',')) {
    const colon = pair.indexOf(':');
    expansions.set(Number.parseInt(pair.slice(0, colon), 36), pair.slice(colon + 1));
  }
  return { fold, classes, expansions };
}
