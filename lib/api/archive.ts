/** `/api/archive`, `/api/trace` and `/api/search`: entries of the last 30 days, and what became of one of them. */
import * as z from 'zod';
import { answer, language, textOrNull, time, timeOrNull, type Wire } from './common.ts';
import { deliveryWithLog } from './deliveries.ts';
import { feedStatus } from './feeds.ts';
import { development, entry, listName, ruleTrace, span } from './parts.ts';

/** One line of a page of the archive. */
export const archiveLine = answer(
  'ArchiveLine',
  z.object({
    /** When Vigie first saw it. */
    seen: time,
    /** Keys that identify its (entry, rule) pairs. */
    keys: z.array(z.number()),
    entry,
  }),
);

/** An entry that an expression matches. */
export const searchLine = answer('SearchLine', z.object({ seen: time, entry, spans: z.array(span) }));

/** An entry that a trace found for an address or text. */
const foundEntry = answer(
  'FoundEntry',
  z.object({
    id: z.string(),
    seen: time,
    title: z.string(),
    url: textOrNull,
    lang: language,
    publisher: textOrNull,
    feed: textOrNull,
    published: timeOrNull,
  }),
);

/** Entries, newest first, and configured feeds of the address's host. */
export const found = answer('Found', z.object({ entries: z.array(foundEntry), feeds: z.array(feedStatus) }));

/** One entry, the result of each rule, and the developments and deliveries that followed. */
export const entryTrace = answer(
  'EntryTrace',
  z.object({
    seen: time,
    entry,
    /** Ids of the stories that contain it, with their rules. */
    stories: z.array(z.object({ id: z.string(), rule: z.string() })),
    developments: z.array(development),
    deliveries: z.array(deliveryWithLog),
    /** Hash of the configuration in force; null: none. */
    version: textOrNull,
    rules: z.array(ruleTrace),
    /** Entities and concepts whose words were found. */
    lists: z.array(listName),
  }),
);

export type SearchLine = Wire<z.output<typeof searchLine>>;
export type FoundEntry = Wire<z.output<typeof foundEntry>>;
export type Found = Wire<z.output<typeof found>>;
export type EntryTrace = Wire<z.output<typeof entryTrace>>;

/** An address or a text. */
export const traceQuery = z.object({ q: z.string().min(1).max(2_000) });

const before = z.coerce.number().int().min(1).optional();

/** `before`: the header `x-next` of the page read before. */
export const archiveQuery = z.object({ before });

export const searchQuery = z.object({
  /** An expression of the rule language. */
  q: z.string().min(1).max(8_192),
  before,
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
});
