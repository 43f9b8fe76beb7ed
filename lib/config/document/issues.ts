/** Turns zod issues into problems with codes, positions and the nearest known name. */
import type * as z from 'zod';
import { CHANNEL_KINDS } from '../../deliver/channel/table.ts';
import type { ConfigProblem } from '../../model/config.ts';
import { nearest } from '../../rule/nearest.ts';
import { problemAt } from '../../rule/problem.ts';
import { channelKeys } from '../schema/channel-schema.ts';
import { DURATION_HINT } from '../schema/duration.ts';
import { isMadeWith, keysAt, type Part } from '../schema/keys.ts';
import { isPlannedChannelKind } from '../schema/not-supported.ts';
import { DURATIONS, document } from '../schema/schema.ts';
import { pathOf, type ReadDocument } from './document.ts';
import { hintForOldValue, oldKey } from './old-keys.ts';

type Issue = z.core.$ZodIssue;

/** One zod issue may yield several problems, such as one for each unknown key. */
export function problemsOfIssue(read: ReadDocument, issue: Issue): ConfigProblem[] {
  const path = pathOfParts(partsOf(issue));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(read, partsOf(issue), key));
  if (issue.code === 'invalid_union') return union(read, path, issue);
  if (issue.code === 'invalid_key') {
    return [fault(read, path, 'E_VALUE', issue.issues[0]?.message ?? 'this is not a valid key', null, true)];
  }
  if (issue.code === 'invalid_type') return [wrongType(read, partsOf(issue), issue.expected)];
  if (issue.code === 'invalid_value') {
    const expected = `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    if (!(path in read.places.byPath))
      return [missingKey(read, path, null, `write ${keyOf(path)}: ${expected}`)];
    const cut = path.lastIndexOf('.');
    const old = hintForOldValue(path.slice(0, Math.max(0, cut)), keyOf(path), read.texts.get(path));
    return [fault(read, path, 'E_VALUE', `expected ${expected}`, old ?? hintOf(read, path, issue.values))];
  }
  if (issue.code === 'too_big') return [fault(read, path, 'E_LIMIT', issue.message)];
  const hint = issue.code === 'custom' ? hintIn(issue.params) : null;
  return [fault(read, path, 'E_VALUE', issue.message, hint)];
}

function partsOf(issue: Issue): readonly Part[] {
  return issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
}

function pathOfParts(parts: readonly Part[]): string {
  return parts.reduce<string>(
    (sum, part) => (typeof part === 'number' ? `${sum}[${part}]` : pathOf(sum, part)),
    '',
  );
}

/** Custom checks of lib/config/schema/schema.ts pass their hint in the issue's parameters. */
function hintIn(params: { readonly hint?: unknown } | undefined): string | null {
  return typeof params?.hint === 'string' ? params.hint : null;
}

/** @param parts path of the mapping that contains the key */
function unknownKey(read: ReadDocument, parts: readonly Part[], key: string): ConfigProblem {
  const parent = pathOfParts(parts);
  const path = pathOf(parent, key);
  const old = oldKey(parent, key);
  if (old !== null) {
    const message = old.now === null ? `'${key}' no longer exists` : `'${key}' is now called '${old.now}'`;
    return fault(read, path, 'E_UNKNOWN_KEY', message, old.hint, true);
  }
  const known = knownKeys(read, parts);
  const near = nearest(key, known);
  const hint =
    near !== null ? `did you mean ${near}?` : known.length > 0 ? `known keys: ${known.join(', ')}` : null;
  return fault(read, path, 'E_UNKNOWN_KEY', `'${key}' is not a known key here`, hint, true);
}

/** Keys of the mapping at a path; those of a channel depend on its kind. */
function knownKeys(read: ReadDocument, parts: readonly Part[]): readonly string[] {
  const isChannel = parts.length === 2 && parts[0] === 'channels';
  return isChannel
    ? channelKeys(read.texts.get(pathOf(pathOfParts(parts), 'kind')))
    : keysAt(document, parts);
}

/** An issue of a value with several alternatives: the alternative that failed only by unknown keys is meant. */
function union(
  read: ReadDocument,
  path: string,
  issue: Extract<Issue, { code: 'invalid_union' }>,
): ConfigProblem[] {
  // A discriminated union names the key that decides; other unions list what each alternative lacks.
  if (issue.discriminator !== undefined) {
    const kind = path.endsWith(`.${issue.discriminator}`) ? path : pathOf(path, issue.discriminator);
    const value = read.texts.get(kind);
    if (isPlannedChannelKind(value)) {
      const way = 'use kind: webhook with a template (docs/channels.md)';
      return [fault(read, kind, 'E_NOT_SUPPORTED', `channels of kind ${value} are not supported yet`, way)];
    }
    const near = value === undefined ? null : nearest(value, CHANNEL_KINDS);
    const hint = near === null ? `known kinds: ${CHANNEL_KINDS.join(', ')}` : `did you mean ${near}?`;
    return [
      fault(
        read,
        value === undefined ? path : kind,
        'E_VALUE',
        value === undefined ? 'a channel needs a kind' : `'${value}' is not a known kind of channel`,
        hint,
      ),
    ];
  }
  if (!(path in read.places.byPath)) return [wrongType(read, partsOf(issue), issue.message)];
  const inner = issue.errors.find((errors) => errors.every((error) => error.code === 'unrecognized_keys'));
  const keys = inner?.flatMap((error) => (error.code === 'unrecognized_keys' ? error.keys : [])) ?? [];
  if (keys.length > 0) return keys.map((key) => unknownKey(read, partsOf(issue), key));
  const message = issue.message === 'Invalid input' ? 'this is not a valid value here' : issue.message;
  return [fault(read, path, 'E_TYPE', message)];
}

/** A missing value is reported as a missing key. */
function wrongType(read: ReadDocument, parts: readonly Part[], expected: string): ConfigProblem {
  const path = pathOfParts(parts);
  if (!(path in read.places.byPath)) return missingKey(read, path, nameOf(expected), null);
  if (isMadeWith(document, parts, DURATIONS))
    return fault(read, path, 'E_TYPE', 'expected a duration', DURATION_HINT);
  return fault(read, path, 'E_TYPE', `expected ${nameOf(expected)}`, quoteHint(read, path, expected));
}

/** @param what the expected value; null: the hint says it */
function missingKey(
  read: ReadDocument,
  path: string,
  what: string | null,
  hint: string | null,
): ConfigProblem {
  const cut = path.lastIndexOf('.');
  const words = `the key '${keyOf(path)}' is missing`;
  const parent = cut < 0 ? '' : path.slice(0, cut);
  return fault(read, parent, 'E_MISSING_KEY', what === null ? words : `${words}: ${what}`, hint);
}

const keyOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function nameOf(expected: string): string {
  const names: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    record: 'a mapping',
    object: 'a mapping',
  };
  return names[expected] ?? expected;
}

/** YAML reads bare words such as 1.0 or yes as numbers or booleans. */
function quoteHint(read: ReadDocument, path: string, expected: string): string | null {
  return expected === 'string' && !read.texts.has(path) ? 'put it in quotes to make it a text' : null;
}

function hintOf(read: ReadDocument, path: string, values: readonly unknown[]): string | null {
  const near = nearest(read.texts.get(path) ?? '', values.map(String));
  return near === null ? null : `did you mean ${near}?`;
}

/** @param atKey report the problem at the key instead of the value */
function fault(
  read: ReadDocument,
  path: string,
  code: string,
  message: string,
  hint: string | null = null,
  atKey = false,
): ConfigProblem {
  const place = (atKey ? read.keys.get(path) : undefined) ?? read.places.byPath[path] ?? null;
  return problemAt(read.places, path, place, { code, message, hint });
}
