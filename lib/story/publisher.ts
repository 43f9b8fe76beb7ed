/** The publisher of a report: the one named in the configuration, else the registrable domain of its page. */
import { getDomain } from 'tldts';
import type { RunningConfig } from '../model/config.ts';
import type { EntryText } from '../model/entry.ts';

/**
 * @returns a name or a domain (`example.co.uk`); null if both are unknown: such a report never counts as independent.
 *   Private suffixes of https://publicsuffix.org count: `a.blogspot.com` and `b.blogspot.com` are two publishers
 */
export function publisherOf({ publisher, url }: Pick<EntryText, 'publisher' | 'url'>): string | null {
  if (publisher !== null && publisher.trim() !== '') return publisher.trim();
  return url === null ? null : getDomain(url, { allowPrivateDomains: true });
}

/**
 * Looks up the configured family of a publisher: by name, by domain, or by the domain of the page.
 *
 * @returns a function of an entry that returns null for a publisher without family
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

/** Normalised name (NFKC, UAX #15): case, width, spaces and punctuation are ignored. */
export function publisherKey(publisher: string): string {
  return publisher
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
