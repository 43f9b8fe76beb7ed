/** Who stands behind a report: the publisher named in the configuration, else the registrable domain of its page. */
import { getDomain } from 'tldts';
import type { EntryText } from '../model/entry.ts';

/**
 * @returns a name or a domain (`example.co.uk`); null where neither is known: such a report never counts as independent.
 * Private suffixes count (`a.blogspot.com` and `b.blogspot.com` are two publishers): https://publicsuffix.org
 */
export function publisherOf({ publisher, url }: Pick<EntryText, 'publisher' | 'url'>): string | null {
  if (publisher !== null && publisher.trim() !== '') return publisher.trim();
  return url === null ? null : getDomain(url, { allowPrivateDomains: true });
}

/** Two spellings of one publisher are one: case, width, spaces and points do not count. */
export function publisherKey(publisher: string): string {
  return publisher
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
