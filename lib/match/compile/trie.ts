/**
 * Builds a minimal-prefix double-array trie (Aoe 1989): nodes only where patterns branch, and the rest of each pattern as a
 * tail. The child of node s for symbol c is at base[s] + c if check there is s. lib/match/search/search.ts searches it.
 */

/** The arrays of a double-array trie. */
export interface Trie {
  readonly base: Int32Array;
  readonly check: Int32Array;
  /** First pattern that ends at the node or has its tail there; -1: none. */
  readonly out: Int32Array;
}

/** Tables by pattern that building a trie reads and fills. */
export interface TrieTables {
  /** Folded head of each pattern. */
  readonly heads: readonly string[];
  /** Output: next pattern at the same node; -1: last. */
  readonly next: Int32Array;
  /** Output: part of the head after the node. */
  readonly tails: string[];
}

/** Patterns `low` (inclusive) to `high` (exclusive) of the sorted list, which share the `depth` units that lead to `slot`. */
interface Range {
  readonly slot: number;
  readonly low: number;
  readonly high: number;
  readonly depth: number;
}

/** @param symbols symbol by unit; 0: the unit occurs in no pattern. @param count number of symbols, 0 included */
export function buildTrie(
  ids: readonly number[],
  tables: TrieTables,
  symbols: Uint16Array,
  count: number,
): Trie {
  const builder = new Builder(ids, tables, symbols, count);
  return builder.build();
}

/**
 * Builds the trie breadth first from the sorted heads. A range of heads that share their first `depth` units belongs to one
 * slot: heads that end there are chained, the others are divided by their next unit, and each group gets a child slot. A
 * group of equal heads gets no further nodes; the rest of the head is its tail.
 */
class Builder {
  readonly #sorted: number[];
  readonly #tables: TrieTables;
  readonly #symbols: Uint16Array;
  readonly #count: number;
  readonly #queue: Range[] = [];
  readonly #slots = new Slots();

  constructor(ids: readonly number[], tables: TrieTables, symbols: Uint16Array, count: number) {
    const { heads } = tables;
    this.#sorted = [...ids].sort((a, b) => (heads[a]! < heads[b]! ? -1 : heads[a]! > heads[b]! ? 1 : a - b));
    this.#tables = tables;
    this.#symbols = symbols;
    this.#count = count;
  }

  /** Expands ranges breadth first, until each leads to a single string. */
  build(): Trie {
    if (this.#sorted.length > 0) this.#queue.push({ slot: 0, low: 0, high: this.#sorted.length, depth: 0 });
    for (let at = 0; at < this.#queue.length; at++) this.#expand(this.#queue[at]!);
    return this.#slots.trimmed(this.#count);
  }

  /** Head of the pattern at this index of the sorted list. */
  #head(at: number): string {
    return this.#tables.heads[this.#sorted[at]!]!;
  }

  /** Chains the patterns that end here, and creates a child for each group with the same next symbol. */
  #expand({ slot, low, high, depth }: Range): void {
    let at = low;
    while (at < high && this.#head(at).length === depth) at++;
    this.#chain(slot, low, at, depth);
    if (at === high) return;
    const symbols: number[] = [];
    const bounds: number[] = [];
    for (let from = at; from < high; ) {
      const unit = this.#head(from).charCodeAt(depth);
      symbols.push(this.#symbols[unit]!);
      bounds.push(from);
      while (from < high && this.#head(from).charCodeAt(depth) === unit) from++;
    }
    bounds.push(high);
    const base = this.#slots.place(slot, symbols);
    symbols.forEach((symbol, child) => {
      this.#child(base + symbol, bounds[child]!, bounds[child + 1]!, depth + 1);
    });
  }

  /** A group of equal strings needs no further nodes: the rest is their tail. */
  #child(slot: number, low: number, high: number, depth: number): void {
    if (this.#head(low) === this.#head(high - 1)) this.#chain(slot, low, high, depth);
    else this.#queue.push({ slot, low, high, depth });
  }

  /** Links patterns of a node in the order of their ids. */
  #chain(slot: number, low: number, high: number, depth: number): void {
    for (let at = high - 1; at >= low; at--) {
      const id = this.#sorted[at]!;
      this.#tables.tails[id] = this.#tables.heads[id]!.slice(depth);
      this.#tables.next[id] = this.#slots.out(slot);
      this.#slots.setOut(slot, id);
    }
  }
}

/** Growing arrays with a doubly linked list of free slots. */
class Slots {
  #base = new Int32Array(1024);
  #check = new Int32Array(1024).fill(-1);
  #out = new Int32Array(1024).fill(-1);
  #nextFree = new Int32Array(1024);
  #prevFree = new Int32Array(1024);
  #size = 0;
  #head = 0;
  #last = 0;
  /** Start of the search for nodes with several children: after the dense part. */
  #cursor = 0;
  #used = 1;

  constructor() {
    this.#grow(1024);
    this.#take(0);
    this.#check[0] = 0;
  }

  out(slot: number): number {
    return this.#out[slot]!;
  }

  setOut(slot: number, id: number): void {
    this.#out[slot] = id;
  }

  /** Takes the lowest base at which the slots of all children are free. */
  place(slot: number, symbols: readonly number[]): number {
    const first = Math.min(...symbols);
    let free = symbols.length === 1 ? this.#head : Math.max(this.#cursor, this.#head);
    if (this.#check[free] !== -1) free = this.#head;
    while (true) {
      const base = free - first;
      if (base > 0 && symbols.every((symbol) => this.#isFree(base + symbol))) {
        for (const symbol of symbols) {
          this.#take(base + symbol);
          this.#check[base + symbol] = slot;
        }
        this.#base[slot] = base;
        if (symbols.length > 1) this.#cursor = this.#nextFree[free] ?? 0;
        return base;
      }
      const next = this.#nextFree[free]!;
      if (next === 0) this.#grow(this.#size * 2);
      free = this.#nextFree[free]!;
    }
  }

  /** Grows the arrays if the slot lies beyond their end. */
  #isFree(slot: number): boolean {
    while (slot >= this.#size) this.#grow(this.#size * 2);
    return this.#check[slot] === -1 && slot !== 0;
  }

  /** Removes a slot from the list of free ones. */
  #take(slot: number): void {
    const next = this.#nextFree[slot]!;
    const prev = this.#prevFree[slot]!;
    if (slot === this.#head) this.#head = next;
    else this.#nextFree[prev] = next;
    if (slot === this.#last) this.#last = prev;
    else this.#prevFree[next] = prev;
    if (slot + 1 > this.#used) this.#used = slot + 1;
  }

  /** Appends free slots to the list. 0 ends the list, because slot 0 is the root and never free. */
  #grow(size: number): void {
    const old = this.#size;
    this.#base = copied(this.#base, new Int32Array(size));
    this.#check = copied(this.#check, new Int32Array(size).fill(-1));
    this.#out = copied(this.#out, new Int32Array(size).fill(-1));
    this.#nextFree = copied(this.#nextFree, new Int32Array(size));
    this.#prevFree = copied(this.#prevFree, new Int32Array(size));
    for (let slot = old; slot < size; slot++) {
      this.#nextFree[slot] = slot + 1 < size ? slot + 1 : 0;
      this.#prevFree[slot] = slot === old ? this.#last : slot - 1;
    }
    if (old > 0) this.#nextFree[this.#last] = old;
    this.#last = size - 1;
    this.#size = size;
  }

  /** Leaves room for any symbol after the last slot, so that the search needs no bounds check. */
  trimmed(symbols: number): Trie {
    const size = this.#used + symbols + 2;
    while (size > this.#size) this.#grow(this.#size * 2);
    return {
      base: this.#base.slice(0, size),
      check: this.#check.slice(0, size),
      out: this.#out.slice(0, size),
    };
  }
}

function copied(old: Int32Array<ArrayBuffer>, fresh: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  fresh.set(old.subarray(0, fresh.length));
  return fresh;
}
