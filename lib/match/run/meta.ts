/** Compares facts of an entry other than its text: lang:, publisher:, feed:, domain:, tag:, author:, country:. */
import type { EntryText } from '../../model/entry.ts';
import { META_KEYS, type MetaKey } from '../../rule/query.ts';
import type { Rules } from './load.ts';

/** @param packed key index × 256 + number of values. @param at index in `numbers` of the first value's string number */
export function metaHolds(rules: Rules, entry: EntryText, packed: number, at: number): boolean {
  const key = META_KEYS[packed >> 8];
  if (key === undefined) throw new Error(`${packed >> 8} is not a valid metadata key`);
  for (let k = 0; k < (packed & 0xff); k++) {
    const wanted = rules.string(rules.sections.numbers[at + k]!).toLowerCase();
    if (valueHolds(key, entry, wanted)) return true;
  }
  return false;
}

/** Compares one value; each key has its own comparison. */
function valueHolds(key: MetaKey, entry: EntryText, wanted: string): boolean {
  switch (key) {
    case 'lang':
      return languageHolds(entry.lang, wanted);
    case 'publisher':
      return isSame(entry.publisher, wanted);
    case 'feed':
      return isSame(entry.feed, wanted);
    case 'country':
      return isSame(entry.country, wanted);
    case 'domain':
      return domainHolds(entry.url, wanted);
    case 'tag':
      return entry.tags.some((tag) => isSame(tag, wanted));
    case 'author':
      return entry.authors.some((author) => isSame(author, wanted));
  }
}

/** Compares ignoring case and surrounding spaces. */
function isSame(value: string | null, wanted: string): boolean {
  return value !== null && value.trim().toLowerCase() === wanted;
}

/** A tag matches its more specific forms: `zh` matches zh-Hant, but `zh-Hant` does not match zh (RFC 4647 §3.3.1). */
function languageHolds(lang: string | null, wanted: string): boolean {
  const tag = lang?.toLowerCase() ?? '';
  return tag === wanted || tag.startsWith(`${wanted}-`);
}

/** `rfi.fr` matches its subdomains, too; `*.kr` matches every host below. */
function domainHolds(url: string | null, wanted: string): boolean {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/iu.exec(url ?? '')?.[1]?.toLowerCase() ?? '';
  if (wanted.startsWith('*')) return host.endsWith(wanted.slice(1));
  return host === wanted || host.endsWith(`.${wanted}`);
}
