/** The keys by which an entry is recognised, although publishers change ids, addresses and titles. */

import type { FeedEntry } from '../../model/feed.ts';
import type { EpochMs, Hash53 } from '../../model/flavor.ts';
import { DAY_MS } from '../../model/time.ts';
import { hash53 } from '../../text/hash.ts';
import { canonicalUrl } from '../../text/url.ts';

/** Hashes; 0: the entry lacks what the key is made of. */
export interface EntryKeys {
  /** guid or atom:id; addresses in canonical form, so that http → https changes nothing. */
  readonly guid: Hash53;
  /** Canonical link without fragment; also shows that two feeds list the same page. */
  readonly link: Hash53;
  /** Canonical link with its fragment, which distinguishes entries of live blogs; 0: no fragment. */
  readonly anchor: Hash53;
  /** Folded title and day; used only without the other keys, or in churn. */
  readonly title: Hash53;
}

/** An entry with everything by which it can be recognised. */
export interface KeyedEntry {
  readonly fingerprint: Hash53;
  readonly keys: EntryKeys;
  /** Hash of the text that rules match; another value is an edit. */
  readonly text: Hash53;
}

/** @param text what rules match: title, summary or content, as plain text */
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

/** Some publishers use addresses as guids and move them to https, or add tracking parameters. */
function guidForm(id: string): string {
  return /^https?:\/\//i.test(id) ? canonicalUrl(id, true) : id;
}

/** The day keeps recurring titles ("Live updates") apart. */
function titleKey(title: string | null, published: EpochMs | null): Hash53 {
  if (title === null || title === '') return 0;
  const day = published === null ? '' : Math.floor(published / DAY_MS);
  return hash53(`${title.normalize('NFKC').toLowerCase()}\u0000${day}`);
}

/** Combines a key with its feed, because guids of two feeds may be equal (1, 2, 3). Must not be called with 0. */
export function feedScoped(feedHash: Hash53, key: Hash53): Hash53 {
  return hash53(`${feedHash}/${key}`);
}
