/** Figures of one entry for COUNT and QTY: found once per entry, only when a rule asks. */
import type { Folded } from '../../text/fold.ts';
import { COMPARISONS } from '../opcode.ts';
import { readFigures } from './figure.ts';

export interface FoundQuantity {
  readonly value: number;
  readonly approximate: boolean;
  /** Source offsets in its field. */
  readonly start: number;
  readonly end: number;
  /** Folded units, half open. */
  readonly unitStart: number;
  readonly unitEnd: number;
}

/** @param op index into COMPARISONS */
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
      throw new Error(`no comparison ${op}`);
  }
}

export class QuantityFinder {
  #title = '';
  #second = '';
  #lang: string | null = null;
  #found: FoundQuantity[] | null = null;
  #used: FoundQuantity[] = [];

  begin(title: string, second: string, lang: string | null): void {
    this.#title = title;
    this.#second = second;
    this.#lang = lang;
    this.#found = null;
    this.#used.length = 0;
  }

  clearUsed(): void {
    this.#used.length = 0;
  }

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

  /** Those that a COUNT or QTY of the rule went by. */
  get used(): readonly FoundQuantity[] {
    return this.#used;
  }
}

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
