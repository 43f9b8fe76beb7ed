/** Applies the re:"…" of compiled rules to an entry. A pattern with required words runs only if one of them was found. */
import type { RE2JS, RE2Set } from 're2js';
import { REGEX_HITS_MAX, REGEX_TEXT_UNITS_MAX } from '../../model/limits.ts';
import type { Folded } from '../../text/fold.ts';
import type { Sections } from '../format.ts';
import { regexOf, regexSetOf } from './regex-engine.ts';
import type { Hits } from './search.ts';

/** One text of the entry with its folded units, end exclusive; the closing separator is included. */
export interface RegexField {
  readonly text: string;
  readonly low: number;
  readonly high: number;
}

/** The patterns of one set of compiled rules. */
export class RegexSearcher {
  readonly #sections: Sections;
  readonly #patterns: readonly string[];
  /** Compiled on first use. */
  readonly #compiled: (RE2JS | undefined)[] = [];
  /** Numbers of the patterns without required words, and all of them as one machine. */
  readonly #loose: readonly number[];
  #set: RE2Set | null = null;

  constructor(sections: Sections, string: (id: number) => string) {
    this.#sections = sections;
    this.#patterns = [...sections.regexText].map(string);
    this.#loose = [...sections.regexGate].flatMap((gate, regex) => (gate < 0 ? [regex] : []));
    // Fails when rules are loaded, not at the first entry, if the engine is not loaded.
    if (this.#loose.length > 0) this.#set = regexSetOf(this.#loose.map((regex) => this.#patterns[regex]!));
    else regexSetOf([]);
  }

  /** Adds the hits of all patterns in all fields; at most REGEX_TEXT_UNITS_MAX units of each field are searched. */
  search(fields: readonly RegexField[], folded: Folded, hits: Hits): void {
    const { regexGate } = this.#sections;
    for (const field of fields) {
      if (field.text.length > REGEX_TEXT_UNITS_MAX) hits.truncated = true;
      const text = field.text.slice(0, REGEX_TEXT_UNITS_MAX);
      if (text === '') continue;
      for (const at of this.#set?.match(text) ?? []) this.#note(this.#loose[at]!, text, field, folded, hits);
      for (let regex = 0; regex < regexGate.length; regex++) {
        const gate = regexGate[regex]!;
        if (gate >= 0 && hits.firstLink(gate) >= 0) this.#note(regex, text, field, folded, hits);
      }
    }
  }

  /** Adds all matches from left to right, without overlaps; empty matches are ignored. */
  #note(regex: number, text: string, { low, high }: RegexField, folded: Folded, hits: Hits): void {
    this.#compiled[regex] ??= regexOf(this.#patterns[regex]!);
    const matcher = this.#compiled[regex].matcher(text);
    for (let found = 0; found < REGEX_HITS_MAX && matcher.find(); ) {
      const start = matcher.start();
      const end = matcher.end();
      if (end === start) continue;
      found++;
      const first = folded.unitAt(start, low, high);
      const hit = hits.addSource(
        ~regex,
        first,
        Math.max(first, folded.unitAt(end - 1, low, high)) + 1,
        start,
        end,
      );
      if (hit < 0) return;
      hits.link(this.#sections.regexLeaf[regex]!, hit);
    }
  }
}
