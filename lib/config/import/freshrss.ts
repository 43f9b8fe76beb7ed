/**
 * Reads a search of FreshRSS (`intitle:word -"two words" /re/i OR …`) into a query. Syntax: FreshRSS user documentation,
 * "Filtering articles".
 */

import type { Query } from '../../rule/query.ts';
import { regexQuery, substringQuery, wordQuery } from './regex.ts';

/** `left`: the search cannot be expressed as a query; `reason` says why. `notes`: what the query does differently. */
export type ImportedSearch =
  | { readonly kind: 'query'; readonly query: Query; readonly notes: readonly string[] }
  | { readonly kind: 'left'; readonly reason: string };

/** A part of the search. */
interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'not' | 'term';
  readonly operator: string;
  readonly value: string;
  /** Flags of `/…/flags`; null: the value is not a pattern. */
  readonly flags: string | null;
}

/** The search cannot be expressed as a query. The message is the reason. */
class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
}

/** Imported queries have no source text. */
const SPAN = { from: 0, to: 0 };
/** Nesting of brackets: limits the recursion. */
const DEPTH_MAX = 20;
/** One token, sticky; the named groups say which kind. */
const TOKEN =
  /\s*(?:(?<open>\()|(?<close>\))|(?<or>OR)(?=\s|\(|$)|(?<and>AND)(?=\s|\()|(?<not>[!-])(?=\S)|(?:(?<operator>[a-zA-Z]+):|(?<hash>#))?(?:\/(?<pattern>(?:\\.|[^/\\])+)\/(?<flags>[a-z]*)(?=[\s)]|$)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>(?:\\[()]|[^\s()])+)))/uy;
/** Operators that cannot be converted, with the reason. */
const UNKNOWN: Readonly<Record<string, string>> = {
  f: 'f: refers to a feed number of FreshRSS: use feed: instead',
  c: 'c: refers to a category number of FreshRSS: use tag: instead',
  date: 'dates cannot be searched: use where: max_age to limit the age',
  pubdate: 'dates cannot be searched: use where: max_age to limit the age',
  userdate: 'dates cannot be searched: use where: max_age to limit the age',
  label: 'labels are not supported: entries have no labels in Vigie',
  labels: 'labels are not supported: entries have no labels in Vigie',
  L: 'labels are not supported: entries have no labels in Vigie',
  e: 'e: refers to an entry number of FreshRSS',
  search: 'refers to another saved search: write that search in its place',
  S: 'refers to another saved search: write that search in its place',
};

/** Never throws for a search; spans of the query are 0, because the query has no source text. */
export function readFreshrssSearch(search: string): ImportedSearch {
  const notes = new Set<string>();
  try {
    const parser = new Parser(tokensOf(search), notes);
    return { kind: 'query', query: parser.whole(), notes: [...notes] };
  } catch (error) {
    // The search uses something that queries cannot express.
    if (!(error instanceof Untranslatable)) throw error;
    return { kind: 'left', reason: error.message };
  }
}

/** @throws Untranslatable for text that is not a token */
function tokensOf(search: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < search.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(search);
    if (found === null) throw new Untranslatable(`'${search.slice(at, at + 20)}' is not a valid search term`);
    const token = tokenOf(found.groups ?? {});
    if (token !== null) tokens.push(token);
  }
  return tokens;
}

/** @returns null for AND, which is implied between terms */
function tokenOf(found: Readonly<Record<string, string | undefined>>): Token | null {
  if (found['and'] !== undefined) return null;
  const mark = (['open', 'close', 'or', 'not'] as const).find((kind) => found[kind] !== undefined);
  if (mark !== undefined) return { kind: mark, operator: '', value: '', flags: null };
  const value =
    found['pattern'] ??
    found['double'] ??
    found['single'] ??
    found['bare']?.replace(/\\([()])/gu, '$1') ??
    '';
  const flags = found['pattern'] === undefined ? null : (found['flags'] ?? '');
  if (found['hash'] !== undefined)
    return { kind: 'term', operator: '#', value: value.replaceAll('+', ' '), flags };
  return { kind: 'term', operator: found['operator'] ?? '', value, flags };
}

/** Recursive descent; AND is implied and binds more tightly than OR. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #notes: Set<string>;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], notes: Set<string>) {
    this.#tokens = tokens;
    this.#notes = notes;
  }

  whole(): Query {
    const query = this.#either();
    if (this.#at < this.#tokens.length) throw new Untranslatable("a ')' has no matching '('");
    return query;
  }

  #either(): Query {
    const of = [this.#all()];
    while (this.#tokens[this.#at]?.kind === 'or') {
      this.#at++;
      of.push(this.#all());
    }
    return of.length === 1 ? of[0]! : { kind: 'or', span: SPAN, of };
  }

  #all(): Query {
    const of: Query[] = [];
    while (true) {
      const kind = this.#tokens[this.#at]?.kind;
      if (kind === undefined || kind === 'close' || kind === 'or') break;
      of.push(this.#one());
    }
    if (of.length === 0) throw new Untranslatable('the search is empty');
    return of.length === 1 ? of[0]! : { kind: 'and', span: SPAN, of };
  }

  #one(): Query {
    const token = this.#tokens[this.#at++]!;
    if (token.kind === 'not') {
      if (this.#tokens[this.#at] === undefined) throw new Untranslatable('a term is missing after the minus');
      return { kind: 'not', span: SPAN, of: this.#one() };
    }
    if (token.kind !== 'open') return this.#term(token);
    if (++this.#depth > DEPTH_MAX) throw new Untranslatable(`brackets are nested deeper than ${DEPTH_MAX}`);
    const query = this.#either();
    if (this.#tokens[this.#at++]?.kind !== 'close') throw new Untranslatable("a '(' is not closed");
    this.#depth--;
    return query;
  }

  #term({ operator, value, flags }: Token): Query {
    switch (operator.toLowerCase()) {
      case '':
      case 'intext':
        return this.#text(value, flags);
      case 'intitle':
        return { kind: 'in', span: SPAN, field: 'title', of: this.#text(value, flags) };
      case 'author':
        return this.#fact('author', value, flags);
      case '#':
        return this.#fact('tag', value, flags);
      case 'inurl':
        if (flags === null && /^(?:https?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/?$/iu.test(value)) {
          const host = value.replace(/^https?:\/\/|\/$/giu, '');
          return { kind: 'meta', span: SPAN, key: 'domain', values: [host] };
        }
        throw new Untranslatable('only the host of an address can be compared (domain:)');
      default: {
        const reason = UNKNOWN[operator] ?? UNKNOWN[operator.toLowerCase()];
        // An unknown operator is running text with a colon: `re:invent`.
        if (reason === undefined) return this.#text(`${operator}:${value}`, null);
        throw new Untranslatable(reason);
      }
    }
  }

  /** FreshRSS finds a keyword inside words, too. */
  #text(value: string, flags: string | null): Query {
    if (flags !== null) {
      if (flags.includes('m')) this.#notes.add('the flag m of a pattern was written as (?m)');
      return regexQuery(flags.includes('m') ? `(?m)${value}` : value, flags.includes('i'));
    }
    const part = substringQuery(value);
    if (part !== null) return part;
    if (!/[\p{L}\p{N}]/u.test(value))
      throw new Untranslatable(`'${value}' contains neither a letter nor a digit`);
    this.#notes.add(`'${value}' is too short to search inside words: only the whole word is found`);
    return wordQuery(value);
  }

  #fact(key: 'tag' | 'author', value: string, flags: string | null): Query {
    if (flags !== null || value === '')
      throw new Untranslatable(`${key}: compares whole values and cannot use patterns`);
    this.#notes.add(`${key}: now compares the whole value instead of a part`);
    return { kind: 'meta', span: SPAN, key, values: [value] };
  }
}
