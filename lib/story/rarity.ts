/** Weighs what two reports share: what every report of a rule contains carries no information. */
import type { Report } from '../model/story.ts';

/** Smoothing: assumed number of earlier reports, because with few reports everything looks rare. */
const REPORTS_BEFORE = 6;
/** Share of these that is assumed to contain any given thing. */
const SHARE_BEFORE = 0.25;

/** Document frequencies (as in TF-IDF) of ids, names and words over the recent reports of one rule. */
export class Rarity {
  readonly #counts = new Map<string | number, number>();
  #reports = 0;

  add({ facts }: Report): void {
    this.#reports++;
    for (const thing of new Set<string | number>(thingsOf(facts)))
      this.#counts.set(thing, (this.#counts.get(thing) ?? 0) + 1);
  }

  /** @returns from almost 0 (in all reports) to 1 (in none so far) */
  of(thing: string | number): number {
    const all = this.#reports + REPORTS_BEFORE;
    const having = (this.#counts.get(thing) ?? 0) + REPORTS_BEFORE * SHARE_BEFORE;
    return Math.log(all / having) / Math.log(all / (REPORTS_BEFORE * SHARE_BEFORE));
  }

  /**
   * Compares two sets by weight.
   *
   * @param a without duplicates; likewise b
   * @returns `both`: weight of the intersection; `share`: that weight divided by the weight of the union, 0 to 1
   */
  shared<T extends string | number>(a: readonly T[], b: readonly T[]): { both: number; share: number } {
    if (a.length === 0 || b.length === 0) return { both: 0, share: 0 };
    const other = new Set(b);
    let both = 0;
    let all = 0;
    for (const thing of a) {
      const weight = this.of(thing);
      all += weight;
      if (other.delete(thing)) both += weight;
    }
    for (const thing of other) all += this.of(thing);
    return { both, share: all === 0 ? 0 : both / all };
  }
}

/** Everything of a report that is compared. */
function* thingsOf(facts: Report['facts']): Generator<string | number> {
  yield* facts.entities;
  yield* facts.concepts;
  for (const name of facts.names) yield nameThing(name);
  yield* facts.words;
}

/** Key of a name, distinct from ids. */
export const nameThing = (name: string): string => `~${name}`;
