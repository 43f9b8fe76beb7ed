/**
 * Places in one entry where an operand matches: a hit, or the range that covers two places near each other. A list of places
 * is a range of `list`; lists are created and dropped in stack order. Nothing is allocated per entry.
 */
import { ENTRY_NODES_MAX } from '../../model/limits.ts';
import type { Folded } from '../../text/fold.ts';
import { isRightFree } from './boundary.ts';
import type { Hits } from './search.ts';

/** Places kept for one operand: further occurrences of the same word add nothing. */
const OPERAND_PLACES_MAX = 2_048;
/** Hits under one place; the depth of expressions limits chains of NEAR. */
const PARTS_MAX = 64;

/** Reused for all entries; `clear` starts a rule. */
export class Places {
  /** Folded units, end exclusive. */
  readonly start = new Int32Array(ENTRY_NODES_MAX);
  readonly end = new Int32Array(ENTRY_NODES_MAX);
  /** The two places that it covers; for a hit, `left` is the complement of its number (~hit) and `right` -1. */
  readonly left = new Int32Array(ENTRY_NODES_MAX);
  readonly right = new Int32Array(ENTRY_NODES_MAX);
  /** Numbers of places; each result on the stack is a range of it. */
  readonly list = new Int32Array(ENTRY_NODES_MAX);
  listLength = 0;
  truncated = false;
  #length = 0;
  readonly #partsA = new Int32Array(PARTS_MAX);
  readonly #partsB = new Int32Array(PARTS_MAX);
  readonly #todo = new Int32Array(PARTS_MAX);

  /** Forgets all places. */
  clear(): void {
    this.listLength = 0;
    this.#length = 0;
    this.truncated = false;
  }

  /** Appends a place to the list; sets `truncated` if ENTRY_NODES_MAX is reached. */
  add(start: number, end: number, left: number, right: number): void {
    if (this.#length === ENTRY_NODES_MAX || this.listLength === ENTRY_NODES_MAX) {
      this.truncated = true;
      return;
    }
    const place = this.#length++;
    this.start[place] = start;
    this.end[place] = end;
    this.left[place] = left;
    this.right[place] = right;
    this.list[this.listLength++] = place;
  }

  /** Sorts a range of the list by start with insertion sort, because ranges are almost sorted. */
  sort(from: number, to: number): void {
    const { list, start } = this;
    for (let at = from + 1; at < to; at++) {
      const place = list[at]!;
      let hole = at;
      while (hole > from && start[list[hole - 1]!]! > start[place]!) {
        list[hole] = list[hole - 1]!;
        hole--;
      }
      list[hole] = place;
    }
  }

  /** Removes the range from `from` to `to` and moves the rest of the list down. */
  drop(from: number, to: number): void {
    this.list.copyWithin(from, to, this.listLength);
    this.listLength -= to - from;
  }

  /**
   * Appends a covering place for each pair of two lists that satisfies `near`, then drops both lists.
   *
   * @param a start of the left list. @param b its end and the start of the right list, which ends with `list`
   * @param reach largest distance in tokens, to stop early
   */
  pair(
    a: number,
    b: number,
    near: (left: number, right: number) => boolean,
    reach: number,
    folded: Folded,
  ): void {
    const end = this.listLength;
    this.sort(b, end);
    const { tokens } = folded;
    for (let i = a; i < b; i++) {
      const left = this.list[i]!;
      const lastToken = tokens[this.end[left]! - 1]! + reach + 1;
      for (let j = b; j < end && this.listLength - end < OPERAND_PLACES_MAX; j++) {
        const right = this.list[j]!;
        if (tokens[this.start[right]!]! > lastToken) break;
        if (near(left, right)) this.#cover(left, right);
      }
    }
    this.drop(a, end);
  }

  /** Adds the range from the start of the first to the end of the last place. */
  #cover(left: number, right: number): void {
    const start = Math.min(this.start[left]!, this.start[right]!);
    const end = Math.max(this.end[left]!, this.end[right]!);
    this.add(start, end, left, right);
  }

  /** Tokens between two places; 0 if they touch, or one lies within a gap of the other. */
  distance(left: number, right: number, folded: Folded): number {
    const { tokens } = folded;
    const [a, b] = this.start[left]! <= this.start[right]! ? [left, right] : [right, left];
    const between = tokens[this.start[b]!]! - tokens[this.end[a]! - 1]! - 1;
    return Math.max(0, between);
  }

  /**
   * Whether two places count as two: none of their hits overlap, or those that do are in one unspaced run or eojeol, where a
   * compound names both (북한군: North Korea, troops). A single hit counts twice only if it is a term of two lists.
   */
  areApart(left: number, right: number, hits: Hits, folded: Folded): boolean {
    if (this.end[left]! <= this.start[right]! || this.end[right]! <= this.start[left]!) return true;
    const leftParts = this.parts(left, this.#partsA);
    const rightParts = this.parts(right, this.#partsB);
    for (let i = 0; i < leftParts; i++) {
      for (let j = 0; j < rightParts; j++) {
        const a = this.#partsA[i]!;
        const b = this.#partsB[j]!;
        if (hits.end[a]! <= hits.start[b]! || hits.end[b]! <= hits.start[a]!) continue;
        const shared = folded.classes[Math.max(hits.start[a]!, hits.start[b]!)]!;
        if (!isRightFree(shared) || (a === b && hits.uses[a]! < 2)) return false;
      }
    }
    return true;
  }

  /** Writes the hits under a place into `into`. @returns their number */
  parts(place: number, into: Int32Array): number {
    let count = 0;
    let todo = 1;
    this.#todo[0] = place;
    while (todo > 0 && count < into.length) {
      const next = this.#todo[--todo]!;
      const left = this.left[next]!;
      if (left < 0) into[count++] = ~left;
      else if (todo + 2 <= PARTS_MAX) {
        this.#todo[todo++] = left;
        this.#todo[todo++] = this.right[next]!;
      }
    }
    return count;
  }
}
