/** Statistics of a feed's polls as the API sends them. Pure. */
import { DAY_MS, isoTime } from '../model/time.ts';
import type { FeedRecord as Stored } from '../poll/record.ts';
import type { FeedRecord } from './feeds.ts';

/** Days as dates, and times in ISO 8601. */
export function sentRecord({ days, latencies, last, ...rest }: Stored): FeedRecord {
  return {
    ...rest,
    days: days.map(([day, entries]) => ({ date: isoTime(day * DAY_MS).slice(0, 10), entries })),
    latenciesMs: latencies,
    last: last === null ? null : { ...last, at: isoTime(last.at) },
  };
}
