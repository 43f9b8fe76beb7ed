/** Reads a search of FreshRSS (`intitle:word -"two words" /re/i OR …`) into a query. */

import type { Query } from '../../rule/query.ts';
import { regexQuery, substringQuery, wordQuery } from './regex.ts';

export type ImportedSearch =
  | { readonly kind: 'query'; readonly query: Query; readonly notes: readonly string[] }
  | { readonly kind: 'left'; readonly reason: string };

interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'not' | 'term';
  readonly operator: string;
  readonly value: string;
  /** Flags of `/…/flags`; null where it is no pattern. */
  readonly flags: string | null;
}

/** Why a search cannot be kept. */
class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
}

const SPAN = { from: 0, to: 0 };
const DEPTH_MAX = 20;
const TOKEN =
  /\s*(?:(?<open>\()|(?<close>\))|(?<or>OR)(?=\s|\(|$)|(?<and>AND)(?=\s|\()|(?<not>[!-])(?=\S)|(?:(?<operator>[a-zA-Z]+):|(?<hash>#))?(?:\/(?<pattern>(?:\\.|[^/\\])+)\/(?<flags>[a-z]*)(?=[\s)]|$)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>(?:\\[()]|[^\s()])+)))/uy;
const UNKNOWN: Readonly<Record<string, string>> = {
  f: 'numbers of feeds mean nothing elsewhere: write feed:',
  c: 'numbers of categories mean nothing elsewhere: write tag:',
  date: 'dates are not searched: where: max_age limits the age',
  pubdate: 'dates are not searched: where: max_age limits the age',
  userdate: 'dates are not searched: where: max_age limits the age',
  label: 'labels are given by readers; entries have none here',
  labels: 'labels are given by readers; entries have none here',
  L: 'labels are given by readers; entries have none here',
  e: 'numbers of entries mean nothing elsewhere',
  search: 'another saved search is meant: put it in its place',
  S: 'another saved search is meant: put it in its place',
};

export function readFreshrssSearch(search: string): ImportedSearch {
  const notes = new Set<string>();
  try {
    const parser = new Parser(tokensOf(search), notes);
    return { kind: 'query', query: parser.whole(), notes: [...notes] };
  } catch (error) {
    // Outcome: the search says something that rules cannot.
    if (!(error instanceof Untranslatable)) throw error;
    return { kind: 'left', reason: error.message };
  }
}

function tokensOf(search: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < search.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(search);
    if (found === null) throw new Untranslatable(`'${search.slice(at, at + 20)}' is not understood`);
    const token = tokenOf(found.groups ?? {});
    if (token !== null) tokens.push(token);
  }
  return tokens;
}

/** @returns null for AND, which is silent */
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

/** AND is silent and binds more tightly than OR. */
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
    if (this.#at < this.#tokens.length) throw new Untranslatable("a ')' closes nothing");
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
    if (of.length === 0) throw new Untranslatable('there is nothing to search for');
    return of.length === 1 ? of[0]! : { kind: 'and', span: SPAN, of };
  }

  #one(): Query {
    const token = this.#tokens[this.#at++]!;
    if (token.kind === 'not') {
      if (this.#tokens[this.#at] === undefined) throw new Untranslatable('nothing stands behind the minus');
      return { kind: 'not', span: SPAN, of: this.#one() };
    }
    if (token.kind !== 'open') return this.#term(token);
    if (++this.#depth > DEPTH_MAX) throw new Untranslatable('brackets are nested too deeply');
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
        throw new Untranslatable('of an address only the host can be compared (domain:)');
      default: {
        const reason = UNKNOWN[operator] ?? UNKNOWN[operator.toLowerCase()];
        // A colon in running text: `re:invent`.
        if (reason === undefined) return this.#text(`${operator}:${value}`, null);
        throw new Untranslatable(reason);
      }
    }
  }

  /** A keyword is found inside words too. */
  #text(value: string, flags: string | null): Query {
    if (flags !== null) {
      if (flags.includes('m')) this.#notes.add('the flag m of a pattern is now (?m)');
      return regexQuery(flags.includes('m') ? `(?m)${value}` : value, flags.includes('i'));
    }
    const part = substringQuery(value);
    if (part !== null) return part;
    if (!/[\p{L}\p{N}]/u.test(value)) throw new Untranslatable(`'${value}' has no letter or digit`);
    this.#notes.add(`'${value}' is short: it is looked for as a whole word`);
    return wordQuery(value);
  }

  #fact(key: 'tag' | 'author', value: string, flags: string | null): Query {
    if (flags !== null || value === '')
      throw new Untranslatable(`${key}: compares whole values, not patterns`);
    this.#notes.add(`${key}: compares the whole value, not a part of it`);
    return { kind: 'meta', span: SPAN, key, values: [value] };
  }
}
