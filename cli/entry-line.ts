/**
 * Reads one line of entries `{id, title, summary?, …}` as the engine takes them, or a line of the archive, which has the
 * entry in `{seen, keys, entry}`. Unknown keys are ignored.
 */
import { z } from 'zod';
import type { EntryText } from '../lib/model/entry.ts';

const optional = z.string().nullish();
const list = z.array(z.string()).nullish();
const entryLine = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
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

/** @returns the entry, or what is wrong with the line */
export function readEntry(line: string): EntryText | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    // Not JSON: the author of the line learns why.
    return error instanceof Error ? error.message : String(error);
  }
  const read = entryLine.safeParse(unwrapped(value));
  if (!read.success) {
    return read.error.issues
      .map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`)
      .join('; ');
  }
  const { data } = read;
  return {
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
}

/** What GET /api/archive gives has when and under which keys it was seen around the entry. */
function unwrapped(value: unknown): unknown {
  const isWrapped = typeof value === 'object' && value !== null && 'seen' in value && 'entry' in value;
  return isWrapped ? value.entry : value;
}

/** ISO 8601, or milliseconds as the archive has them. */
function timeOf(value: string | number | null): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  return time === null || Number.isNaN(time) ? null : time;
}
