/** Turns a matched entry into a report of its story. */
import type { EntryText } from '../model/entry.ts';
import type { EpochMs } from '../model/flavor.ts';
import { REPORT_TITLE_UNITS_MAX } from '../model/limits.ts';
import type { EntryFacts, Report } from '../model/story.ts';
import { publisherOf } from './publisher.ts';

/** @param seen tick time at which the entry was first seen; used as its date if it has none */
export function reportOf(
  entry: EntryText,
  {
    facts,
    grade,
    seen,
    family = null,
  }: { facts: EntryFacts; grade: string | null; seen: EpochMs; family?: string | null },
): Report {
  return {
    entry: entry.id,
    feed: entry.feed,
    url: entry.url,
    title: entry.title.slice(0, REPORT_TITLE_UNITS_MAX),
    seen,
    at: entry.published ?? seen,
    lang: entry.lang,
    publisher: publisherOf(entry),
    family,
    country: entry.country,
    grade,
    facts,
  };
}
