/** The figures of one entry for COUNT and QTY, read at most once per entry and only if a rule asks. */
import type { Folded } from '../../text/fold.ts';
import { COMPARISONS } from '../opcode.ts';
import { readFigures } from './figure.ts';

/** A figure with its position in the entry. */
export interface FoundQuantity {
  readonly value: number;
  readonly approximate: boolean;
  /** Offsets in UTF-16 units of its field, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Offsets in folded units, end exclusive. */
  readonly unitStart: number;
  readonly unitEnd: number;
}

/** @param op index into COMPARISONS. @throws Error for another index */
export function compares(value: number, op: number, wanted: number): boolean {
  switch (COMPARISONS[op]) {
    case '>=':
      return value >= wanted;
    case '>':
      return value > wanted;
    case '<=':
      return value <= wanted;
    case '<':
      return value < wanted;
    case '=':
      return value === wanted;
    default:
      throw new Error(`${op} is not a valid comparison`);
  }
}

/** Figures of the current entry, and those that the current rule used. */
export class QuantityFinder {
  #title = '';
  #second = '';
  #lang: string | null = null;
  #found: FoundQuantity[] | null = null;
  #used: FoundQuantity[] = [];

  /** Starts an entry. @param second text of the second field: summary or content */
  begin(title: string, second: string, lang: string | null): void {
    this.#title = title;
    this.#second = second;
    this.#lang = lang;
    this.#found = null;
    this.#used.length = 0;
  }

  /** Starts another rule of the same entry. */
  clearUsed(): void {
    this.#used.length = 0;
  }

  /** Marks a figure as used by the current rule. */
  use(quantity: FoundQuantity): void {
    if (!this.#used.includes(quantity)) this.#used.push(quantity);
  }

  /** @param secondUnit first folded unit of the second field */
  all(folded: Folded, secondUnit: number): readonly FoundQuantity[] {
    this.#found ??= [
      ...located(this.#title, this.#lang, folded, 1, secondUnit),
      ...located(this.#second, this.#lang, folded, secondUnit, folded.length),
    ];
    return this.#found;
  }

  /** Figures that satisfied a COUNT or QTY of the current rule. */
  get used(): readonly FoundQuantity[] {
    return this.#used;
  }
}

/** @param low first folded unit of the field. @param high its end */
function located(
  text: string,
  lang: string | null,
  folded: Folded,
  low: number,
  high: number,
): FoundQuantity[] {
  return readFigures(text, lang).map((figure) => ({
    ...figure,
    unitStart: folded.unitAt(figure.start, low, high),
    unitEnd: folded.unitAt(figure.end - 1, low, high) + 1,
  }));
}
