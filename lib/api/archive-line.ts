/** Lines of the archive. The desk stores times as milliseconds since 1970; the API sends ISO 8601, older releases sent milliseconds. */
import { csvLine } from '../alert/csv.ts';
import type { ArchivedEntry, EntryText } from '../model/entry.ts';
import type { EpochMs, Hash53 } from '../model/flavor.ts';
import { isoTime, isoTimeOrNull } from '../model/time.ts';
import type { SearchLine } from './archive.ts';
import type { Entry } from './parts.ts';

/** A time of a line: the key is preceded by `{` or `,`, which the quotes inside of a text are not. */
const TIME = /([{,]"(?:seen|published)":)(-?\d+)/gu;

/**
 * Stored lines as they are sent. A page has up to a thousand lines: they are not parsed.
 *
 * @param lines of a JSON object each, as `JSON.stringify` writes it
 */
export function sentLines(lines: string): string {
  return lines.replace(TIME, (_, key: string, at: string) => `${key}"${isoTime(Number(at))}"`);
}

/** An entry as it is sent. */
export function sentEntry(entry: EntryText): Entry {
  return { ...entry, published: isoTimeOrNull(entry.published) };
}

const COLUMNS = ['seen', 'published', 'lang', 'publisher', 'feed', 'title', 'summary', 'url', 'id'] as const;

/** Found entries as CSV (RFC 4180), with a line of column names. */
export function searchCsv(lines: readonly SearchLine[]): string {
  return [COLUMNS, ...lines.map(cellsOf)].map(csvLine).join('');
}

function cellsOf({ seen, entry }: SearchLine): string[] {
  const { published, lang, publisher, feed, title, summary, url, id } = entry;
  return [seen, published ?? '', lang ?? '', publisher ?? '', feed ?? '', title, summary, url ?? '', id];
}

/** @param line of the API, of this release or an older one */
export function readLine(line: string): ArchivedEntry {
  const { seen, keys, entry } = JSON.parse(line) as {
    readonly seen: string | number;
    readonly keys: readonly Hash53[];
    readonly entry: Omit<EntryText, 'published'> & { readonly published: string | number | null };
  };
  const { published } = entry;
  return {
    seen: msOf(seen),
    keys,
    entry: { ...entry, published: published === null ? null : msOf(published) },
  };
}

function msOf(time: string | number): EpochMs {
  return typeof time === 'number' ? time : Date.parse(time);
}
