/** Who stands behind a report: the publisher named in the configuration, else the registrable domain of its page. */
import { getDomain } from 'tldts';
import type { RunningConfig } from '../model/config.ts';
import type { EntryText } from '../model/entry.ts';

/**
 * @returns a name or a domain (`example.co.uk`); null where neither is known: such a report never counts as independent.
 * Private suffixes count (`a.blogspot.com` and `b.blogspot.com` are two publishers): https://publicsuffix.org
 */
export function publisherOf({ publisher, url }: Pick<EntryText, 'publisher' | 'url'>): string | null {
  if (publisher !== null && publisher.trim() !== '') return publisher.trim();
  return url === null ? null : getDomain(url, { allowPrivateDomains: true });
}

/**
 * The family of a publisher, where the configuration names one: by the publisher's name, its domain, or the domain of the page.
 * @returns a function of an entry; it gives null for a publisher without family
 */
export function familiesOf(
  families: RunningConfig['families'],
): (entry: Pick<EntryText, 'publisher' | 'url'>) => string | null {
  const byMember = new Map(
    Object.entries(families).flatMap(([family, members]) =>
      [family, ...members].map((member) => [publisherKey(member), family] as const),
    ),
  );
  if (byMember.size === 0) return () => null;
  return ({ publisher, url }) => {
    const names = [publisher, url === null ? null : getDomain(url, { allowPrivateDomains: true })];
    const found = names.map((name) => (name === null ? undefined : byMember.get(publisherKey(name))));
    return found.find((family) => family !== undefined) ?? null;
  };
}

/** Two spellings of one publisher are one: case, width, spaces and points do not count. */
export function publisherKey(publisher: string): string {
  return publisher
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
