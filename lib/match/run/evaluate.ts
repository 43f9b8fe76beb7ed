/** Evaluates the program of a rule over the hits of one entry. lib/match/search/search.ts finds the hits. */
import type { EntryText } from '../../model/entry.ts';
import { QUERY_UNITS_MAX } from '../../model/limits.ts';
import type { Folded } from '../../text/fold.ts';
import { compares, type FoundQuantity, QuantityFinder } from '../figure/quantity.ts';
import { FIELD_MASK, OP } from '../opcode.ts';
import { Places } from '../search/places.ts';
import type { Hits } from '../search/search.ts';
import type { Rules } from './load.ts';
import { metaHolds } from './meta.ts';

/** Hits of one term that a score counts: repetition adds no evidence. */
const SCORE_HITS_MAX = 3;
/** Size of the operand stack: an expression cannot have more operands than units. */
const STACK_MAX = QUERY_UNITS_MAX;

/**
 * A stack machine over postfix instructions.
 *
 * Each result on the stack has a flag (does it hold) and a range of `places.list`. Results are pushed and popped in stack
 * order, so the range of a result ends where the next one begins, and dropping a result truncates the list. A result that
 * does not hold has an empty range. The machine is reused for all entries and rules; it is not reentrant.
 */
export class Evaluator {
  readonly #rules: Rules;
  readonly #hits: Hits;
  readonly #folded: Folded;
  readonly places = new Places();
  readonly quantities = new QuantityFinder();
  /** By result on the stack: whether it holds, and where its places begin in `places.list`. */
  readonly #holds = new Uint8Array(STACK_MAX);
  readonly #from = new Int32Array(STACK_MAX);
  #depth = 0;
  #entry: EntryText | null = null;
  /** First folded unit of the second field. */
  #second = 0;

  constructor(rules: Rules, hits: Hits, folded: Folded) {
    this.#rules = rules;
    this.#hits = hits;
    this.#folded = folded;
  }

  /** Starts an entry whose hits have been found. */
  begin(
    entry: EntryText,
    texts: { readonly title: string; readonly second: string },
    secondUnit: number,
  ): void {
    this.#entry = entry;
    this.#second = secondUnit;
    this.quantities.begin(texts.title, texts.second, entry.lang);
  }

  /** Starts a rule: clears places and used figures. */
  beginRule(): void {
    this.places.clear();
    this.quantities.clearUsed();
    this.#depth = 0;
  }

  /**
   * @param results filled, if given, with whether each instruction's result held
   * @returns whether the clause holds; its places are appended to `places.list`
   */
  clause(clause: number, results: Uint8Array | null = null): boolean {
    const { program, programAt } = this.#rules.sections;
    this.#depth = 0;
    const end = programAt[clause + 1]!;
    for (let at = programAt[clause]!; at < end; at += 3) {
      this.#step(program[at]!, program[at + 1]!, program[at + 2]!);
      if (results !== null) results[(at - programAt[clause]!) / 3] = this.#holds[this.#depth - 1]!;
    }
    return this.#holds[0] === 1;
  }

  /** Pushes a result; one that does not hold has no places. */
  #push(holds: boolean, from: number): void {
    this.#holds[this.#depth] = holds ? 1 : 0;
    this.#from[this.#depth++] = from;
    if (!holds) this.places.listLength = from;
  }

  /** Executes one instruction; operands are on the stack. */
  #step(op: number, a: number, b: number): void {
    switch (op) {
      case OP.leaf:
        this.#leaf(a, b);
        break;
      case OP.and:
        this.#several(a, a);
        break;
      case OP.or:
        this.#several(a, 1);
        break;
      case OP.any:
        this.#several(b, a);
        break;
      case OP.not:
        this.#not();
        break;
      case OP.near:
        this.#near(a, b === 1);
        break;
      case OP.sentence:
        this.#sentence();
        break;
      case OP.atLeast:
        this.#atLeast(a);
        break;
      case OP.meta:
        this.#push(metaHolds(this.#rules, this.#entry!, a, b), this.places.listLength);
        break;
      case OP.score:
        this.#score(a);
        break;
      case OP.count:
        this.#count(a, b);
        break;
      default:
        throw new Error(`${op} is not a valid opcode`);
    }
  }

  /** Hits of a leaf in the masked fields, without those inside a shadow phrase. */
  #leaf(leaf: number, mask: number): void {
    const from = this.places.listLength;
    const { linkHit, linkNext, start, end } = this.#hits;
    const shadow = this.#rules.sections.leafShadow[leaf]!;
    let last = -1;
    let ordered = true;
    for (let link = this.#hits.firstLink(leaf); link >= 0; link = linkNext[link]!) {
      const hit = linkHit[link]!;
      const field = start[hit]! < this.#second ? FIELD_MASK.title : FIELD_MASK.summary;
      if ((mask & field) === 0 || (shadow >= 0 && this.#isShadowed(hit, shadow))) continue;
      this.places.add(start[hit]!, end[hit]!, ~hit, -1);
      if (start[hit]! < last) ordered = false;
      last = start[hit]!;
    }
    if (!ordered) this.places.sort(from, this.places.listLength);
    this.#push(this.places.listLength > from, from);
  }

  /** Whether a hit lies within a hit of a shadow phrase. */
  #isShadowed(hit: number, shadow: number): boolean {
    const { linkHit, linkNext, start, end } = this.#hits;
    for (let link = this.#hits.firstLink(shadow); link >= 0; link = linkNext[link]!) {
      const other = linkHit[link]!;
      if (start[other]! <= start[hit]! && end[other]! >= end[hit]!) return true;
    }
    return false;
  }

  /** Pops `count` results; holds if at least `wanted` of them hold. Results that do not hold have no places. */
  #several(count: number, wanted: number): void {
    this.#depth -= count;
    let held = 0;
    for (let k = 0; k < count; k++) held += this.#holds[this.#depth + k]!;
    this.#push(held >= wanted, this.#from[this.#depth]!);
  }

  /** NOT has no places. */
  #not(): void {
    const from = this.#from[--this.#depth]!;
    const held = this.#holds[this.#depth] === 1;
    this.places.listLength = from;
    this.#push(!held, from);
  }

  /** @param tokens largest distance. @param isOrdered the left operand must end before the right one starts */
  #near(tokens: number, isOrdered: boolean): void {
    const { places } = this;
    this.#pair(tokens, (left, right) => {
      if (isOrdered && places.end[left]! > places.start[right]!) return false;
      return (
        places.distance(left, right, this.#folded) <= tokens &&
        places.areApart(left, right, this.#hits, this.#folded)
      );
    });
  }

  /** Both places must be in the same sentence, without overlapping hits. */
  #sentence(): void {
    const { places } = this;
    const { sentences } = this.#folded;
    this.#pair(Number.MAX_SAFE_INTEGER, (left, right) => {
      const first = sentences[Math.min(places.start[left]!, places.start[right]!)]!;
      const last = sentences[Math.max(places.end[left]!, places.end[right]!) - 1]!;
      return first === last && places.areApart(left, right, this.#hits, this.#folded);
    });
  }

  /** Pops two results and pushes the pairs of places that satisfy `near`. */
  #pair(reach: number, near: (left: number, right: number) => boolean): void {
    this.#depth -= 2;
    const a = this.#from[this.#depth]!;
    const b = this.#from[this.#depth + 1]!;
    const both = this.#holds[this.#depth]! + this.#holds[this.#depth + 1]! === 2;
    if (both) this.places.pair(a, b, near, reach, this.#folded);
    this.#push(both && this.places.listLength > a, a);
  }

  /** Counts places that do not overlap, greedily from the left. */
  #atLeast(wanted: number): void {
    const from = this.#from[--this.#depth]!;
    const { list, start, end } = this.places;
    this.places.sort(from, this.places.listLength);
    let count = 0;
    let last = 0;
    for (let at = from; at < this.places.listLength; at++) {
      const place = list[at]!;
      if (start[place]! >= last) {
        count++;
        last = end[place]!;
      } else last = Math.min(last, end[place]!);
    }
    this.#push(count >= wanted, from);
  }

  /** Adds weight × min(hits, SCORE_HITS_MAX) of all terms; terms with negative weight add no places. */
  #score(at: number): void {
    const { numbers } = this.#rules.sections;
    const from = this.places.listLength;
    let sum = 0;
    for (let k = 0; k < numbers[at + 1]!; k++) {
      const before = this.places.listLength;
      this.#leaf(numbers[at + 2 + 2 * k]!, FIELD_MASK.all);
      this.#depth--;
      const weight = numbers[at + 3 + 2 * k]!;
      sum += weight * Math.min(this.places.listLength - before, SCORE_HITS_MAX);
      if (weight <= 0) this.places.listLength = before;
    }
    this.#push(sum >= numbers[at]!, from);
  }

  /** Tests figures, near the places on the stack or, with a negative distance, anywhere. */
  #count(at: number, within: number): void {
    const { numbers } = this.#rules.sections;
    const [op, value] = [numbers[at]!, numbers[at + 1]!];
    const from = within < 0 ? this.places.listLength : this.#from[--this.#depth]!;
    const to = this.places.listLength;
    let holds = false;
    for (const quantity of this.quantities.all(this.#folded, this.#second)) {
      if (!compares(quantity.value, op, value)) continue;
      if (within >= 0 && !this.#isNear(quantity, from, to, within)) continue;
      this.quantities.use(quantity);
      holds = true;
    }
    this.#push(holds, from);
  }

  /** Whether the figure is at most `within` tokens from one of the places in [from, to) of the list. */
  #isNear(quantity: FoundQuantity, from: number, to: number, within: number): boolean {
    const { list, start, end } = this.places;
    const { tokens } = this.#folded;
    for (let at = from; at < to; at++) {
      const place = list[at]!;
      const between =
        quantity.unitStart < start[place]!
          ? tokens[start[place]!]! - tokens[quantity.unitEnd - 1]! - 1
          : tokens[quantity.unitStart]! - tokens[end[place]! - 1]! - 1;
      if (between <= within) return true;
    }
    return false;
  }
}
