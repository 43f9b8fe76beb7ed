/**
 * Reads one line of JSON Lines: an entry `{id, title, summary?, …}`, or a line of the archive `{seen, keys, entry}`.
 * Unknown keys are ignored.
 */
import { z } from 'zod';
import type { EntryText } from '../../lib/model/entry.ts';
import type { EpochMs, Hash53 } from '../../lib/model/flavor.ts';

const optional = z.string().nullish();
const list = z.array(z.string()).nullish();
const entryLine = z.object({
  id: z.union([z.string(), z.number().transform(String)], 'expected a text or a number'),
  title: optional,
  summary: optional,
  content: optional,
  url: optional,
  lang: optional,
  publisher: optional,
  country: optional,
  feed: optional,
  authors: list,
  tags: list,
  published: z.union([z.string(), z.number()]).nullish(),
});

export interface EntryLine {
  readonly entry: EntryText;
  /** When the service first saw it; null: not a line of an archive. */
  readonly seen: EpochMs | null;
  /** Keys that identify the entry; empty: not a line of an archive. */
  readonly keys: readonly Hash53[];
}

/** A line of `GET /api/archive`; older releases sent milliseconds. */
const archived = z.object({
  seen: z.union([z.iso.datetime().transform((text) => Date.parse(text)), z.number()]),
  keys: z.array(z.number()).default([]),
  entry: z.unknown(),
});

/** @returns the line, or what is wrong with it */
export function readEntry(line: string): EntryLine | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    // Mistake of the user: not JSON. The message says why.
    return error instanceof Error ? error.message : String(error);
  }
  const around = archived.safeParse(value);
  const read = entryLine.safeParse(around.success ? around.data.entry : value);
  if (!read.success) {
    return read.error.issues
      .map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`)
      .join('; ');
  }
  const { data } = read;
  const entry: EntryText = {
    id: data.id,
    title: data.title ?? '',
    summary: data.summary ?? '',
    content: data.content ?? '',
    url: data.url ?? null,
    lang: data.lang ?? null,
    publisher: data.publisher ?? null,
    country: data.country ?? null,
    feed: data.feed ?? null,
    authors: data.authors ?? [],
    tags: data.tags ?? [],
    published: timeOf(data.published ?? null),
  };
  return around.success
    ? { entry, seen: around.data.seen, keys: around.data.keys }
    : { entry, seen: null, keys: [] };
}

/** ISO 8601, or milliseconds since 1970. */
function timeOf(value: string | number | null): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  return time === null || Number.isNaN(time) ? null : time;
}
