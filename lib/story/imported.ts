/** Whom the feeds of another reader's list are said to be of: a title there is anything, a section's name or an address. */
import { parse } from 'tldts';
import { publisherKey } from './publisher.ts';

export interface ListedFeed {
  readonly url: string;
  readonly title: string | null;
  /** Address of the site; null: not told. */
  readonly site?: string | null;
}

/**
 * Every publisher that is named counts as independent (independence.ts), so a title is taken for one only where nothing else of
 * its site bears another. Without one the domain of an entry's page counts (publisherOf).
 *
 * @param known feeds that the document has, with the publisher named there as title; it outweighs a title listed for its address
 * @returns for each listed feed, in order: its title, or null where that is empty or an address, or where feeds of one registrable
 *   domain (of one host, where there is none) have different ones or some none. Feeds are also of the domain of their `site`.
 */
export function publishersOfListed(
  listed: readonly ListedFeed[],
  known: readonly ListedFeed[] = [],
): (string | null)[] {
  const feeds = [...new Map([...listed, ...known].map((feed) => [feed.url, feed])).values()];
  const houses = new Houses();
  for (const feed of feeds) houses.join(domainsOf(feed));
  const keys = new Map<string, Set<string>>();
  for (const feed of feeds) {
    const house = houses.of(domainsOf(feed)[0] ?? feed.url);
    const own = keys.get(house) ?? new Set();
    keys.set(house, own.add(publisherKey(nameOf(feed) ?? '')));
  }
  return listed.map((feed) => {
    const house = houses.of(domainsOf(feed)[0] ?? feed.url);
    return keys.get(house)?.size === 1 ? nameOf(feed) : null;
  });
}

/** Domains that one feed connects are one house: a feed at a host of feeds, and the site that it is of. */
class Houses {
  readonly #above = new Map<string, string>();

  of(domain: string): string {
    let top = domain;
    for (let next = this.#above.get(top); next !== undefined; next = this.#above.get(top)) top = next;
    if (top !== domain) this.#above.set(domain, top);
    return top;
  }

  join([first, ...others]: readonly string[]): void {
    if (first === undefined) return;
    for (const other of others) {
      const [from, to] = [this.of(other), this.of(first)];
      if (from !== to) this.#above.set(from, to);
    }
  }
}

function domainsOf({ url, site = null }: ListedFeed): string[] {
  return [url, site].flatMap((address) => {
    if (address === null) return [];
    const { domain, hostname } = parse(address, { allowPrivateDomains: true });
    return domain ?? hostname ?? [];
  });
}

/** The title, where it is one. */
function nameOf({ url, title }: ListedFeed): string | null {
  const name = title?.trim() ?? '';
  if (publisherKey(name) === '' || bare(name) === bare(url)) return null;
  return /^https?:/iu.test(name) && URL.canParse(name) ? null : name;
}

function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\//u, '')
    .replace(/\/$/u, '');
}
