/** `/api/feeds`: the state of each feed, polling one now, and looking into an address before it is added. */
import * as z from 'zod';
import type { FeedState } from '../poll/state.ts';
import { answer, count, language, request, textOrNull, time, timeOrNull, type Wire } from './common.ts';

/** States of a feed (lib/poll/state.ts). */
export const feedState = answer(
  'FeedState',
  z.enum([
    'new',
    'ok',
    'slow',
    'failing',
    'suspect',
    'stale',
    'gone',
    'paused',
  ]) satisfies z.ZodType<FeedState>,
);

const documentProblem = answer(
  'DocumentProblem',
  z.object({
    code: z.string(),
    message: z.string(),
    /** UTF-16 units from the start of the document; -1: no position. */
    offset: z.int(),
    /** The text around the position, and the offset of the position in it; null: no position. */
    excerpt: z.object({ text: z.string(), at: z.int() }).nullable(),
  }),
);

/** Statistics of a feed's polls. */
export const feedRecord = answer(
  'FeedRecord',
  z.object({
    polls: count,
    /** Number of polls answered with 304. */
    notModified: count,
    /** Number of polls whose document shared no entry with the previous one. */
    gaps: count,
    /** New entries a day (UTC), newest last; days without new entries are left out. */
    days: z.array(z.object({ date: z.iso.date(), entries: count })),
    /** Latencies of the newest polls, newest last. */
    latenciesMs: z.array(z.number()),
    last: z
      .object({
        at: time,
        /** HTTP status; null: no answer. */
        status: z.int().nullable(),
        /** Latency in milliseconds. */
        ms: z.number(),
        /** Size of the decoded body; 0: none. */
        bytes: count,
        /** `fresh`, `unchanged`, or the reason of the failure. */
        outcome: z.string(),
      })
      .nullable(),
    /** Of the last document that had a body. */
    problems: z.array(documentProblem),
  }),
);

/** A configured feed. */
export const feedStatus = answer(
  'FeedStatus',
  z.object({
    id: z.string(),
    url: z.string(),
    state: feedState,
    nextPoll: timeOrNull,
    lastNewEntry: timeOrNull,
    /** Failed polls in a row. */
    failures: count,
    /** New address after a permanent redirect. */
    movedTo: textOrNull,
    title: textOrNull,
    lang: language,
    country: textOrNull,
    tags: z.array(z.string()),
    record: feedRecord,
  }),
);

/** In the order of the configuration. */
export const feedList = answer('FeedList', z.object({ feeds: z.array(feedStatus) }));

/** What a feed lists, or the feeds that a page links to. */
export const feedLook = answer(
  'FeedLook',
  z.object({
    url: z.string(),
    /** null: the address is not a valid feed. */
    format: textOrNull,
    title: textOrNull,
    language,
    problems: z.array(z.object({ code: z.string(), message: z.string(), offset: z.int() })),
    entries: z.array(z.object({ title: textOrNull, url: textOrNull, published: timeOrNull, language })),
    /** All entries that it lists. */
    count,
    discovered: z.array(z.object({ url: z.string(), title: textOrNull })),
  }),
);

export type FeedRecord = Wire<z.output<typeof feedRecord>>;
export type FeedStatus = Wire<z.output<typeof feedStatus>>;
export type FeedList = Wire<z.output<typeof feedList>>;
export type FeedLook = Wire<z.output<typeof feedLook>>;

export const feedAddress = request(
  'FeedAddress',
  z.strictObject({ url: z.url({ protocol: /^https?$/u }).max(2_000) }),
);

export const feedId = request('FeedId', z.strictObject({ id: z.string().min(1).max(2_000) }));
