/** Reads the filter rules of Miniflux, `EntryTitle=(?i)…` a line, into queries. Keep and block are told apart by the caller. */

import type { Query, TextField } from '../../rule/query.ts';
import { readDuration } from '../schema/duration.ts';
import { regexQuery } from './regex.ts';

export type ImportedLine =
  | { readonly kind: 'query'; readonly line: string; readonly query: Query; readonly note: string | null }
  | { readonly kind: 'max-age'; readonly line: string; readonly maxAge: string }
  | { readonly kind: 'left'; readonly line: string; readonly reason: string };

const SPAN = { from: 0, to: 0 };

/** Lines as in the settings `block_filter_entry_rules` and `keep_filter_entry_rules`. */
export function readMinifluxRules(text: string): ImportedLine[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readLine);
}

/** The older settings `blocklist_rules` and `keeplist_rules`: one pattern for title, address, author and tags. */
export function readMinifluxPattern(pattern: string): ImportedLine[] {
  if (pattern.trim() === '') return [];
  const note = 'looked for in the title only, no longer in address, author and tags';
  return [{ kind: 'query', line: pattern, query: inField('title', pattern), note }];
}

function readLine(line: string): ImportedLine {
  const cut = line.indexOf('=');
  const value = line.slice(cut + 1).trim();
  const left = (reason: string): ImportedLine => ({ kind: 'left', line, reason });
  if (cut < 0) return left('no rule of the form Name=pattern');
  switch (line.slice(0, cut).trim()) {
    case 'EntryTitle':
      return { kind: 'query', line, query: inField('title', value), note: null };
    case 'EntryContent':
      return {
        kind: 'query',
        line,
        query: inField('summary', value),
        note: 'looked for in the summary, and in the content only where there is none',
      };
    case 'EntryTag':
      return fact(line, 'tag', value);
    case 'EntryAuthor':
      return fact(line, 'author', value);
    case 'EntryURL':
      return address(line, value);
    case 'EntryDate':
      return date(line, value);
    case 'EntryCommentsURL':
      return left('addresses of comments are not looked at');
    default:
      return left('there is no such field');
  }
}

function inField(field: TextField, pattern: string): Query {
  return { kind: 'in', span: SPAN, field, of: regexQuery(pattern, false) };
}

/** Tags and authors are compared as a whole. */
function fact(line: string, key: 'tag' | 'author', pattern: string): ImportedLine {
  const plain = pattern.replace(/^\(\?i\)/u, '').replace(/^(?:\^|\\b)?(.*?)(?:\$|\\b)?$/u, '$1');
  const values = plain.replace(/^\((?:\?:)?([^()]*)\)$/u, '$1').split('|');
  if (!values.every((value) => /^[\p{L}\p{M}\p{N} _.'’&-]+$/u.test(value)))
    return { kind: 'left', line, reason: `${key}: compares whole values, not patterns` };
  const note = /^\(?(?:\?i\))?\^.*\$$/u.test(pattern)
    ? null
    : `${key}: compares the whole value, not a part of it`;
  return { kind: 'query', line, query: { kind: 'meta', span: SPAN, key, values }, note };
}

/** An address is looked at for its host only. */
function address(line: string, pattern: string): ImportedLine {
  const host =
    /^(?:\(\?i\))?\^?(?:https?\??:\/\/)?(?:\(?:?www\\?\.\)?\??)?([a-z0-9-]+(?:\\?\.[a-z0-9-]+)+)(?:\/|\$)?$/iu.exec(
      pattern,
    )?.[1];
  if (host === undefined)
    return { kind: 'left', line, reason: 'of an address only the host can be compared (domain:)' };
  const values = [host.replaceAll('\\', '')];
  return { kind: 'query', line, query: { kind: 'meta', span: SPAN, key: 'domain', values }, note: null };
}

function date(line: string, value: string): ImportedLine {
  const maxAge = /^max-age:(.+)$/u.exec(value)?.[1]?.trim() ?? '';
  if (readDuration(maxAge) !== null) return { kind: 'max-age', line, maxAge };
  return { kind: 'left', line, reason: 'of dates only max-age can be kept (where: max_age)' };
}
