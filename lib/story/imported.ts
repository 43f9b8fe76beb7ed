/** Publishers of feeds imported from another reader, where a title may be a name, a section or an address. */
import { parse } from 'tldts';
import { publisherKey } from './publisher.ts';

/** A feed of the imported list. */
export interface ListedFeed {
  readonly url: string;
  readonly title: string | null;
  /** Address of the site; null: unknown. */
  readonly site?: string | null;
}

/**
 * Every named publisher counts as independent (independence.ts), so a title is used as publisher only if all feeds of the
 * same site have it. Without a publisher the domain of an entry's page is used (publisherOf).
 *
 * @param known feeds of the document, with their publisher as title; it outweighs a listed title of the same address
 * @returns for each listed feed, in order: its title; null where the title is empty or an address, or where feeds of one
 *   registrable domain (or host, if there is none) have different titles or none. Feeds also belong to the domain of `site`.
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

/** Union-find: domains that one feed connects belong to one house, such as a feed host and the site of the feed. */
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

/** Registrable domains (https://publicsuffix.org), private suffixes included. */
function domainsOf({ url, site = null }: ListedFeed): string[] {
  return [url, site].flatMap((address) => {
    if (address === null) return [];
    const { domain, hostname } = parse(address, { allowPrivateDomains: true });
    return domain ?? hostname ?? [];
  });
}

/** The title if it can be a name; null for an empty title or an address. */
function nameOf({ url, title }: ListedFeed): string | null {
  const name = title?.trim() ?? '';
  if (publisherKey(name) === '' || bare(name) === bare(url)) return null;
  return /^https?:/iu.test(name) && URL.canParse(name) ? null : name;
}

/** An address without scheme and final slash, for comparing a title with it. */
function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\//u, '')
    .replace(/\/$/u, '');
}
