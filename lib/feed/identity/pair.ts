/** What makes an entry the same one for a rule and for its story, over polls and feeds. Pure. */
import type { Hash53 } from '../../model/flavor.ts';
import { hash53 } from '../../text/hash.ts';
import { type EntryKeys, feedScoped } from './identity.ts';

/** The feed of an entry, and keys of it that several entries share: they identify none of them. */
export interface KeyScope {
  readonly feed: Hash53;
  readonly voided: ReadonlySet<Hash53>;
}

/**
 * A rule handles an entry once: again by any of these keys, it is the same. Guid and fragment count within their feed, the
 * page's address in all feeds; without any of them the title counts within its feed.
 */
export function pairKeys(keys: EntryKeys, { feed, voided }: KeyScope): Hash53[] {
  const usable = (key: Hash53): boolean => key !== 0 && !voided.has(key);
  const own = [keys.guid, keys.anchor].filter(usable).map((key) => feedScoped(feed, key));
  const page = usable(keys.link) ? [keys.link] : [];
  const all = [...own, ...page];
  return all.length > 0 ? all : [feedScoped(feed, keys.title)];
}

/**
 * An entry's id is derived from its guid, or else its address. Where several entries share that key, the id is derived
 * from all keys: two entries with one id would become one story, and the second alert would count as already sent.
 *
 * @returns the id from all keys; null: the entry keeps its own
 */
export function distinctId(
  { guid, link, anchor, title }: EntryKeys,
  { feed, voided }: KeyScope,
): string | null {
  if (!voided.has(guid === 0 ? link : guid)) return null;
  return `e_${hash53([feed, guid, link, anchor, title].join('/')).toString(36)}`;
}
