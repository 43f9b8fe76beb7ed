/** Working memory for matching one entry: folded fields, hits, evaluator. Kept with the rules and reused. */
import type { EntryField, EntryText } from '../../model/entry.ts';
import { CONTENT_MATCH_UNITS_MAX, FIELD_UNITS_MAX } from '../../model/limits.ts';
import type { MatchSpan } from '../../model/match.ts';
import { Folded } from '../../text/fold.ts';
import type { FoundQuantity } from '../figure/quantity.ts';
import type { RegexField } from '../search/regex-search.ts';
import { Hits, type SearchText } from '../search/search.ts';
import { Evaluator } from './evaluate.ts';
import type { Rules } from './load.ts';

/** Larger than any distance of the language: matches in different fields are never near. */
const FIELD_TOKEN_GAP = 100;

/** One entry at a time; `begin` starts the next one. */
export class EntrySearch implements SearchText {
  readonly folded = new Folded();
  readonly hits: Hits;
  readonly evaluator: Evaluator;
  readonly strings: (id: number) => string;
  readonly #rules: Rules;
  #title = '';
  #second = '';
  #secondField: EntryField = 'summary';
  #secondUnit = 0;
  /** Reused, so that no object is allocated per entry. */
  readonly #texts = { title: '', second: '' };
  /** Numbers of rules to evaluate, in document order. */
  readonly candidate: Int32Array;
  /** By rule: number of the last entry for which it was a candidate. */
  readonly #stamp: Uint32Array;
  #entry = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.candidate = new Int32Array(rules.ruleCount);
    this.#stamp = new Uint32Array(rules.ruleCount);
    this.hits = new Hits(rules.leafCount);
    this.evaluator = new Evaluator(rules, this.hits, this.folded);
    this.strings = rules.string;
  }

  /** Folds the entry and finds all hits. The content is searched only if the summary is blank. */
  begin(entry: EntryText): void {
    const useContent = isBlank(entry.summary);
    this.#secondField = useContent ? 'content' : 'summary';
    this.#title = cut(entry.title, FIELD_UNITS_MAX);
    this.#second = useContent
      ? cut(entry.content, CONTENT_MATCH_UNITS_MAX)
      : cut(entry.summary, FIELD_UNITS_MAX);
    this.folded.clear();
    this.folded.append(this.#title, 0);
    this.#secondUnit = this.folded.append(this.#second, FIELD_TOKEN_GAP);
    this.hits.clear();
    this.#rules.searcher.search(this, this.hits);
    this.#rules.regexes?.search(this.#fields(), this.folded, this.hits);
    this.#texts.title = this.#title;
    this.#texts.second = this.#second;
    this.evaluator.begin(entry, this.#texts, this.#secondUnit);
  }

  #fields(): readonly RegexField[] {
    return [
      { text: this.#title, low: 1, high: this.#secondUnit },
      { text: this.#second, low: this.#secondUnit, high: this.folded.length },
    ];
  }

  /** Collects the rules of which an anchor was hit; no other rule can match. @returns their number in `candidate` */
  candidates(): number {
    const { anchorAt, anchorRule } = this.#rules.sections;
    const { leaves, leafCount } = this.hits;
    this.#entry++;
    let count = 0;
    for (let at = 0; at < leafCount; at++) {
      const leaf = leaves[at]!;
      for (let k = anchorAt[leaf]!; k < anchorAt[leaf + 1]!; k++) {
        const rule = anchorRule[k]!;
        if (this.#stamp[rule] === this.#entry) continue;
        this.#stamp[rule] = this.#entry;
        this.candidate[count++] = rule;
      }
    }
    if (count > 1) this.candidate.subarray(0, count).sort();
    return count;
  }

  /** All figures of the entry, read once. */
  figures(): readonly FoundQuantity[] {
    return this.evaluator.quantities.all(this.folded, this.#secondUnit);
  }

  /** Text of the field that contains the folded unit. */
  sourceAt(unit: number): string {
    return unit < this.#secondUnit ? this.#title : this.#second;
  }

  /** Field of a folded unit. */
  fieldAt(unit: number): EntryField {
    return unit < this.#secondUnit ? 'title' : this.#secondField;
  }

  /** @param leaf the leaf of the hit, for the name of its concept */
  span(hit: number, leaf: number): MatchSpan {
    const { start, end, pattern, sourceStart, sourceEnd } = this.hits;
    const { sections, string } = this.#rules;
    const field = this.fieldAt(start[hit]!);
    if (pattern[hit]! < 0) {
      const term = `re:"${string(sections.regexText[~pattern[hit]!]!)}"`;
      return { field, start: sourceStart[hit]!, end: sourceEnd[hit]!, term, concept: null };
    }
    const name = sections.leafName[leaf]!;
    return {
      field,
      start: this.folded.from[start[hit]!]!,
      end: this.folded.to[end[hit]! - 1]!,
      term: string(sections.term[pattern[hit]!]!),
      concept: name < 0 ? null : string(name),
    };
  }
}

const searches = new WeakMap<Rules, EntrySearch>();

/** The working memory of these rules. Not reentrant: one entry at a time. */
export function entrySearchOf(rules: Rules): EntrySearch {
  let search = searches.get(rules);
  if (search === undefined) {
    search = new EntrySearch(rules);
    searches.set(rules, search);
  }
  return search;
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  // The usual case is decided by the first letter.
  if (first > 0x20 && first < 0x7f) return false;
  return text.trim() === '';
}

function cut(text: string, units: number): string {
  return text.length > units ? text.slice(0, units) : text;
}
