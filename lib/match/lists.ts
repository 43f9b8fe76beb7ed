/** The entities and concepts that a configuration can name: its own and those of its packs, with `include` resolved. */
import type { Config, ConfigProblem, Place, Places, TermList } from '../model/config.ts';
import { packLists } from '../packs/packs.ts';
import { RuleError } from '../rule/error.ts';
import { nearest } from '../rule/nearest.ts';
import { problemAt, problemInText } from '../rule/problem.ts';
import { readExact, readTerm, type TermWord } from '../rule/term.ts';

/** A term, read for the automaton. */
export interface ReadTerm {
  /** As the author wrote it. */
  readonly text: string;
  readonly words: readonly TermWord[];
  readonly exact: boolean;
}

/** A list with all that it includes. */
export interface ResolvedList {
  readonly id: string;
  readonly terms: readonly ReadTerm[];
  readonly shadows: readonly ReadTerm[];
  /** Languages of its terms. */
  readonly langs: ReadonlySet<string>;
}

/** Terms of one list without its includes. */
interface OwnTerms {
  readonly terms: ReadTerm[];
  readonly shadows: ReadTerm[];
}

const NO_PLACES: Places = { lineStarts: [0], byPath: {} };

/** Lists by id; reading a list reports its problems. */
export class Lists {
  readonly #config: Config;
  readonly #byId = new Map<string, TermList>();
  readonly #own: ReadonlyMap<string, TermList>;
  readonly #resolved = new Map<string, ResolvedList>();
  readonly #closures = new Map<string, ReadonlySet<string>>();
  readonly #read = new Map<TermList, OwnTerms>();
  /** Problems of the document's own lists. */
  readonly problems: ConfigProblem[] = [];
  /** Ids that rules or other lists use. */
  readonly used = new Set<string>();

  constructor(config: Config) {
    this.#config = config;
    for (const pack of config.use) for (const list of packLists(pack)) this.#byId.set(list.id, list);
    this.#own = new Map(config.lists.map((list) => [list.id, list]));
    // A list of the document replaces a shipped one of the same id.
    for (const list of config.lists) this.#byId.set(list.id, list);
    for (const list of config.lists) this.#checkIncludes(list);
    for (const list of config.lists) this.resolve(list.id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  isEntity(id: string): boolean {
    return this.#byId.get(id)?.kind === 'entity';
  }

  /** A hint with the nearest known id; null: no hint. */
  hintFor(id: string): string | null {
    const near = nearest(id, this.#byId.keys());
    if (near !== null) return `did you mean @${near}?`;
    return this.#config.use.length === 0
      ? 'list packs under use:, or define the id under entities: or concepts:'
      : null;
  }

  /** @returns the terms of a known list and of all lists that it includes, computed once */
  resolve(id: string): ResolvedList {
    const known = this.#resolved.get(id);
    if (known !== undefined) return known;
    const terms: ReadTerm[] = [];
    const shadows: ReadTerm[] = [];
    const langs = new Set<string>();
    for (const member of this.#closure(id)) {
      const list = this.#byId.get(member)!;
      const own = this.#ownTerms(list);
      for (const term of own.terms) terms.push(term);
      for (const shadow of own.shadows) shadows.push(shadow);
      for (const { lang } of list.terms) if (lang !== null) langs.add(lang);
    }
    const resolved = { id, terms, shadows, langs };
    this.#resolved.set(id, resolved);
    return resolved;
  }

  /** The list as defined; null: unknown id. */
  named(id: string): TermList | null {
    return this.#byId.get(id) ?? null;
  }

  /** Ids of all lists that a query can name. */
  ids(): string[] {
    return [...this.#byId.keys()];
  }

  /** Terms with languages of a known list and of all lists that it includes, in order. */
  labelled(id: string): TermList['terms'] {
    return [...this.#closure(id)].flatMap((member) => this.#byId.get(member)?.terms ?? []);
  }

  /** The list and all that it includes, each once; a cycle is reported separately. */
  #closure(id: string): ReadonlySet<string> {
    const known = this.#closures.get(id);
    if (known !== undefined) return known;
    const found = new Set([id]);
    this.#closures.set(id, found);
    for (const member of found) {
      for (const other of this.#byId.get(member)?.include ?? []) if (this.#byId.has(other)) found.add(other);
    }
    return found;
  }

  /** Unknown ids, and lists that include themselves. */
  #checkIncludes(list: TermList): void {
    list.include.forEach((other, at) => {
      const path = `${rootOf(list)}.include[${at}]`;
      this.used.add(other);
      if (!this.has(other)) {
        this.#add(path, 'E_UNKNOWN_ID', `'${other}' is not a known entity or concept`, this.hintFor(other));
      } else if (this.#closure(other).has(list.id)) {
        this.#add(
          path,
          'E_CYCLE',
          `'${list.id}' includes itself through '${other}'`,
          'remove one of the includes',
        );
      }
    });
  }

  #add(path: string, code: string, message: string, hint: string | null): void {
    const places = this.#config.places ?? NO_PLACES;
    const place: Place | null = places.byPath[path] ?? null;
    this.problems.push(problemAt(places, path, place, { code, message, hint }));
  }

  /** The terms of a list without its includes, read once. */
  #ownTerms(list: TermList): OwnTerms {
    let own = this.#read.get(list);
    if (own === undefined) {
      own = { terms: [], shadows: [] };
      this.#read.set(list, own);
      this.#readInto(list, own.terms, own.shadows);
    }
    return own;
  }

  /** Reads all terms in the order of the document, so that problems have their positions. */
  #readInto(list: TermList, terms: ReadTerm[], shadows: ReadTerm[]): void {
    const counters = new Map<string, number>();
    for (const { term, lang } of list.terms) {
      const key = lang === null ? 'terms' : `langs.${lang}`;
      const at = counters.get(key) ?? 0;
      counters.set(key, at + 1);
      this.#readTerm(list, `${key}[${at}]`, term, false, terms);
    }
    list.exact.forEach((term, at) => {
      this.#readTerm(list, `exact[${at}]`, term, true, terms);
    });
    list.notIn.forEach((term, at) => {
      const other = /^@(.+)$/u.exec(term)?.[1];
      if (other === undefined) this.#readTerm(list, `not_in[${at}]`, term, false, shadows);
      else this.#shadowList(list, `not_in[${at}]`, other, shadows);
    });
  }

  /** `not_in: ["@other"]`: terms of the other list become shadow phrases; its own shadows and includes do not. */
  #shadowList(list: TermList, key: string, id: string, shadows: ReadTerm[]): void {
    this.used.add(id);
    const other = this.#byId.get(id);
    if (other === undefined) {
      const path = `${rootOf(list)}.${key}`;
      if (this.problems.some((problem) => problem.path === path)) return;
      this.#add(path, 'E_UNKNOWN_ID', `'${id}' is not a known entity or concept`, this.hintFor(id));
    } else for (const term of this.#termsOnly(other)) shadows.push(term);
  }

  /** Terms without shadow phrases: two lists may be shadows of one another. */
  #termsOnly(list: TermList): readonly ReadTerm[] {
    const known = this.#read.get(list);
    if (known !== undefined) return known.terms;
    const terms: ReadTerm[] = [];
    this.#readInto({ ...list, notIn: [] }, terms, []);
    return terms;
  }

  /** A term with an error is left out, and reported once. */
  #readTerm(list: TermList, key: string, text: string, exact: boolean, into: ReadTerm[]): void {
    try {
      into.push(readListTerm(text, exact));
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      // A bad term in a shipped pack is our bug, not the author's mistake.
      if (this.#own.get(list.id) !== list)
        throw new Error(`term '${text}' of the shipped list ${list.id} is not valid: ${error.message}`);
      const places = this.#config.places ?? NO_PLACES;
      const path = `${rootOf(list)}.${key}`;
      if (this.problems.some((problem) => problem.path === path)) return;
      this.problems.push(problemInText(places, path, error.span, error));
    }
  }
}

/** `="US"` in a list is an exact term. */
function readListTerm(text: string, exact: boolean): ReadTerm {
  const quoted = /^="(.+)"$/u.exec(text)?.[1];
  if (quoted !== undefined) return { text: quoted, words: readExact(quoted), exact: true };
  return { text, words: exact ? readExact(text) : readTerm(text), exact };
}

/** Path of a list in the document. */
export function rootOf(list: TermList): string {
  const section = list.kind === 'entity' ? 'entities' : 'concepts';
  return /^[\w-]+$/u.test(list.id) ? `${section}.${list.id}` : `${section}[${JSON.stringify(list.id)}]`;
}
