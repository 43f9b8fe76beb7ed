/**
 * Reads filter rules of Miniflux, lines such as `EntryTitle=(?i)…`, into queries. The caller knows whether they keep or
 * block entries. Syntax: Miniflux documentation, "Filter, Rewrite and Scraper Rules".
 */

import type { Query, TextField } from '../../rule/query.ts';
import { readDuration } from '../schema/duration.ts';
import { regexQuery } from './regex.ts';

/** `left`: the line cannot be expressed as a query; `reason` says why. `note`: what the query does differently. */
export type ImportedLine =
  | { readonly kind: 'query'; readonly line: string; readonly query: Query; readonly note: string | null }
  | { readonly kind: 'max-age'; readonly line: string; readonly maxAge: string }
  | { readonly kind: 'left'; readonly line: string; readonly reason: string };

/** Imported queries have no source text. */
const SPAN = { from: 0, to: 0 };

/** @param text lines of the settings `block_filter_entry_rules` or `keep_filter_entry_rules` */
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
  const note = 'now searches only the title, no longer address, author and tags';
  return [{ kind: 'query', line: pattern, query: inField('title', pattern), note }];
}

/** A line is a field name, `=` and a pattern. */
function readLine(line: string): ImportedLine {
  const cut = line.indexOf('=');
  const value = line.slice(cut + 1).trim();
  const left = (reason: string): ImportedLine => ({ kind: 'left', line, reason });
  if (cut < 0) return left('is not a rule of the form Name=pattern');
  switch (line.slice(0, cut).trim()) {
    case 'EntryTitle':
      return { kind: 'query', line, query: inField('title', value), note: null };
    case 'EntryContent':
      return {
        kind: 'query',
        line,
        query: inField('summary', value),
        note: 'now searches the summary, and the content only if the entry has no summary',
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
      return left('addresses of comments cannot be searched');
    default:
      return left('is not a known field');
  }
}

/** The pattern, limited to one field. */
function inField(field: TextField, pattern: string): Query {
  return { kind: 'in', span: SPAN, field, of: regexQuery(pattern, false) };
}

/** Tags and authors are compared as whole values. */
function fact(line: string, key: 'tag' | 'author', pattern: string): ImportedLine {
  const plain = pattern.replace(/^\(\?i\)/u, '').replace(/^(?:\^|\\b)?(.*?)(?:\$|\\b)?$/u, '$1');
  const values = plain.replace(/^\((?:\?:)?([^()]*)\)$/u, '$1').split('|');
  if (!values.every((value) => /^[\p{L}\p{M}\p{N} _.'’&-]+$/u.test(value)))
    return { kind: 'left', line, reason: `${key}: compares whole values and cannot use patterns` };
  const note = /^\(?(?:\?i\))?\^.*\$$/u.test(pattern)
    ? null
    : `${key}: now compares the whole value instead of a part`;
  return { kind: 'query', line, query: { kind: 'meta', span: SPAN, key, values }, note };
}

/** Only the host of an address can be compared. */
function address(line: string, pattern: string): ImportedLine {
  const host =
    /^(?:\(\?i\))?\^?(?:https?\??:\/\/)?(?:\(?:?www\\?\.\)?\??)?([a-z0-9-]+(?:\\?\.[a-z0-9-]+)+)(?:\/|\$)?$/iu.exec(
      pattern,
    )?.[1];
  if (host === undefined)
    return { kind: 'left', line, reason: 'only the host of an address can be compared (domain:)' };
  const values = [host.replaceAll('\\', '')];
  return { kind: 'query', line, query: { kind: 'meta', span: SPAN, key: 'domain', values }, note: null };
}

/** Of the date filters only `max-age:` has a counterpart. */
function date(line: string, value: string): ImportedLine {
  const maxAge = /^max-age:(.+)$/u.exec(value)?.[1]?.trim() ?? '';
  if (readDuration(maxAge) !== null) return { kind: 'max-age', line, maxAge };
  return { kind: 'left', line, reason: 'only max-age of dates can be converted (where: max_age)' };
}
