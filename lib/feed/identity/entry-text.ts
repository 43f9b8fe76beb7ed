/** The entry as rules match it: plain text, with the feed's configured facts. */
import type { FeedConfig } from '../../model/config.ts';
import type { EntryText } from '../../model/entry.ts';
import type { FeedEntry } from '../../model/feed.ts';
import type { EpochMs, FeedId } from '../../model/flavor.ts';
import { CONTENT_MATCH_UNITS_MAX } from '../../model/limits.ts';
import { hash53 } from '../../text/hash.ts';
import { htmlToText } from '../../text/html-text.ts';
import { guessLanguage } from '../../text/language.ts';

/** @param published effective date; null: undated */
export function entryText(entry: FeedEntry, feed: FeedConfig, published: EpochMs | null): EntryText {
  const title = entry.title ?? '';
  const summary = htmlToText(entry.summary ?? '');
  const content = summary === '' ? cut(htmlToText(entry.content ?? ''), CONTENT_MATCH_UNITS_MAX) : '';
  return {
    id: entryId(feed.id, entry),
    title,
    summary,
    content,
    url: entry.url,
    // The user's setting wins over the feed's, and the feed's over a guess.
    lang: feed.lang ?? entry.language ?? guessLanguage(`${title} ${summary || content}`),
    publisher: feed.publisher ?? entry.source?.title ?? null,
    country: feed.country,
    feed: feed.id,
    authors: entry.authors,
    tags: [...feed.tags, ...entry.categories],
    published,
  };
}

/** The same while the publisher keeps the entry's guid, or else its address. */
function entryId(feed: FeedId, entry: FeedEntry): string {
  const own = entry.id ?? entry.url ?? `${entry.title}\n${entry.published ?? entry.fingerprint}`;
  return `e_${hash53(`${feed}\n${own}`).toString(36)}`;
}

/** Cuts to `unitsMax` units, never inside a surrogate pair. */
function cut(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const last = text.charCodeAt(unitsMax - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? unitsMax - 1 : unitsMax);
}
