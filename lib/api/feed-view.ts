/** A feed and the statistics of its polls as the API sends them. Pure. */
import type { FeedConfig } from '../model/config.ts';
import { DAY_MS, isoTime, isoTimeOrNull } from '../model/time.ts';
import { NO_RECORD, type FeedRecord as Stored } from '../poll/record.ts';
import { newPace, type Pace } from '../poll/schedule.ts';
import type { FeedRecord, FeedStatus } from './feeds.ts';

/** @param polled pace and record of the feed; undefined before its first poll */
export function feedStatus(
  { id, url, paused, publisher, lang, country, tags }: FeedConfig,
  polled: { readonly pace: Pace | undefined; readonly record: Stored | undefined },
): FeedStatus {
  const pace = polled.pace ?? newPace(url);
  const never = paused || pace.state === 'gone' || pace.next === 0;
  return {
    id,
    url,
    state: paused ? 'paused' : pace.state,
    nextPoll: never ? null : isoTime(pace.next),
    lastNewEntry: isoTimeOrNull(pace.lastNew),
    failures: pace.failures,
    movedTo: pace.moved?.adopted ? pace.moved.to : null,
    title: publisher,
    lang,
    country,
    tags,
    record: sentRecord(polled.record ?? NO_RECORD),
  };
}

/** Days as dates, and times in ISO 8601. */
function sentRecord({ days, latencies, last, ...rest }: Stored): FeedRecord {
  return {
    ...rest,
    days: days.map(([day, entries]) => ({ date: isoTime(day * DAY_MS).slice(0, 10), entries })),
    latenciesMs: latencies,
    last: last === null ? null : { ...last, at: isoTime(last.at) },
  };
}
