/** Which entry is this? The keys by which an entry is known again, whatever its publisher changes. */

import type { FeedEntry } from '../../model/feed.ts';
import type { EpochMs, Hash53 } from '../../model/flavor.ts';
import { DAY_MS } from '../../model/time.ts';
import { hash53 } from '../../text/hash.ts';
import { canonicalUrl } from '../../text/url.ts';

/** Hashes; 0 where the entry has nothing to make the key of. */
export interface EntryKeys {
  /** guid, atom:id; an address is taken in canonical form, so that http → https changes nothing. */
  readonly guid: Hash53;
  /** Canonical link without fragment: also tells that two feeds list the same page. */
  readonly link: Hash53;
  /** Canonical link with its fragment, where it has one: live blogs tell entries apart by it. */
  readonly anchor: Hash53;
  /** Folded title and day: counts only without the others, or in churn. */
  readonly title: Hash53;
}

export interface KeyedEntry {
  readonly fingerprint: Hash53;
  readonly keys: EntryKeys;
  /** Of what rules see; other text is an edit. */
  readonly text: Hash53;
}

/** `text` is what rules will see: title, summary or content, already plain. */
export function keyedEntry(entry: FeedEntry, text: string): KeyedEntry {
  return {
    fingerprint: entry.fingerprint,
    keys: {
      guid: entry.id === null ? 0 : hash53(guidForm(entry.id)),
      link: entry.url === null ? 0 : hash53(canonicalUrl(entry.url, false)),
      anchor: entry.url?.includes('#') ? hash53(canonicalUrl(entry.url, true)) : 0,
      title: titleKey(entry.title, entry.published),
    },
    text: hash53(text),
  };
}

/** Seen in the wild: guids that are addresses and move to https, or gain tracking parameters. */
function guidForm(id: string): string {
  return /^https?:\/\//i.test(id) ? canonicalUrl(id, true) : id;
}

function titleKey(title: string | null, published: EpochMs | null): Hash53 {
  if (title === null || title === '') return 0;
  const day = published === null ? '' : Math.floor(published / DAY_MS);
  return hash53(`${title.normalize('NFKC').toLowerCase()}\u0000${day}`);
}

/** A guid is its feed's own; two feeds may both count 1, 2, 3. Not 0. */
export function feedScoped(feedHash: Hash53, key: Hash53): Hash53 {
  return hash53(`${feedHash}/${key}`);
}
