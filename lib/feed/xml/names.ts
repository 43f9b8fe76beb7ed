/** Which element a tag is: prefixes and spellings of the wild → the one name the readers know. Knows no document structure. */

import { isNameUnit } from './text.ts';

/** `rss` covers RDF too: their elements mean the same. */
export type Family = 'rss' | 'atom' | 'sitemap';

/** Addresses of namespaces, without scheme, in lower case, without `/` or `#` at the end → prefix here; '' is the core. */
const NAMESPACES = new Map([
  ['purl.org/rss/1.0', ''],
  ['my.netscape.com/rdf/simple/0.9', ''],
  ['channel.netscape.com/rdf/simple/0.9', ''],
  ['my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['backend.userland.com/rss', ''],
  ['backend.userland.com/rss2', ''],
  ['backend.userland.com/rss091', ''],
  ['backend.userland.com/rss092', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['cyber.law.harvard.edu/rss', ''],
  ['www.rssboard.org/rss-specification', ''],
  ['www.w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns', 'atom'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/elements/1.0', 'dc'],
  ['purl.org/metadata/dublin_core', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['search.yahoo.com/mrss', 'media'],
  ['www.rssboard.org/media-rss', 'media'],
  ['www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['www.google.com/schemas/play-podcasts/1.0', 'googleplay'],
  ['rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['www.w3.org/1999/xhtml', 'xhtml'],
  ['www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['www.google.com/schemas/sitemap-news/0.9', 'news'],
  ['www.sitemaps.org/schemas/sitemap/0.9', ''],
  ['www.google.com/schemas/sitemap/0.84', ''],
]);

/** Prefixes that need no declaration. */
const PREFIXES = new Set([...NAMESPACES.values()]);
const SYNONYMS = new Map([
  ['atom10', 'atom'],
  ['atom03', 'atom'],
  ['a10', 'atom'],
  ['dct', 'dcterms'],
  ['rss', ''],
]);

/** Every element that is read; any other is skipped with all it holds. */
const KNOWN = interned(
  `
  rss feed rdf:rdf channel item entry urlset url
  title link description id guid pubdate author managingeditor language category lastbuilddate ttl skiphours skipdays
  subtitle tagline summary content updated published issued created modified source body name creator date subject tags fullitem
  atom:title atom:link atom:id atom:summary atom:content atom:updated atom:published atom:author atom:category atom:subtitle
  dc:title dc:creator dc:author dc:date dc:subject dc:description dc:language dc:identifier
  dcterms:created dcterms:issued dcterms:modified dcterms:date dcterms:abstract dcterms:creator
  content:encoded xhtml:body xhtml:div feedburner:origlink
  media:group media:content media:title media:description media:category media:keywords
  itunes:author itunes:summary itunes:subtitle itunes:title itunes:keywords itunes:category itunes:owner
  googleplay:author googleplay:description
  sy:updateperiod sy:updatefrequency sy:updatebase
  loc lastmod news:news news:title news:publication news:name news:language news:publication_date news:keywords
  `
    .trim()
    .split(/\s+/),
);

/** name → the same name as engines keep the keys of objects: one copy of each, so that to compare is to compare addresses. */
function interned(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(Object.keys(Object.fromEntries(names.map((name) => [name, 0]))).map((name) => [name, name]));
}

/** Elements that hold others of interest: the scanner goes on inside them. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'rss',
  'feed',
  'rdf:rdf',
  'channel',
  'item',
  'entry',
  'urlset',
  'url',
]);

/** Containers that say nothing themselves. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'media:group',
  'media:content',
  'news:news',
  'news:publication',
]);

function namespaceOf(uri: string): string | undefined {
  const bare = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
  return NAMESPACES.get(bare);
}

/** What the scanner does with an element. A `link` may say all in an attribute, a category of iTunes always does. */
export type Treatment = 'read' | 'enter' | 'pass' | 'skip' | 'link' | 'attributes';

/** A tag's name as a document writes it, and what it means there. */
export interface TagName {
  readonly raw: string;
  /** The known name in lower case, such as `title` or `dc:creator`; null: an element nobody reads. */
  readonly name: string | null;
  readonly treatment: Treatment;
}

function treatmentOf(name: string | null): Treatment {
  if (name === null) return 'skip';
  if (CONTAINERS.has(name)) return 'enter';
  if (WRAPPERS.has(name)) return 'pass';
  if (name === 'link' || name === 'atom:link') return 'link';
  return name === 'itunes:category' ? 'attributes' : 'read';
}

/** Places for names lately met; a power of two. */
const RECENT = 128;

/** The names of one document. A prefix means the same throughout it, wherever it is declared. */
export class Names {
  readonly #family: Family;
  readonly #resolved = new Map<string, TagName>();
  /** By a hash of the raw name, so that a tag is recognised without cutting its name out of the text. */
  readonly #recent: (TagName | undefined)[] = new Array(RECENT).fill(undefined);
  readonly #prefixes = new Map<string, string>();

  /** @param rootPrefix the root element's own, whatever its address says: what it names is the core */
  constructor(family: Family, rootPrefix: string) {
    this.#family = family;
    if (rootPrefix !== '') this.#prefixes.set(rootPrefix, '');
  }

  /** Notes `xmlns:prefix="uri"`. The first known meaning of a prefix holds. */
  declare(prefix: string, uri: string): void {
    const namespace = namespaceOf(uri);
    if (namespace === undefined || this.#prefixes.has(prefix)) return;
    this.#prefixes.set(prefix, this.#coreOr(namespace));
    this.#resolved.clear();
    this.#recent.fill(undefined);
  }

  /** @returns the name that begins at `from` */
  at(text: string, from: number): TagName {
    let to = from;
    let hash = 0;
    for (let unit = text.charCodeAt(to); isNameUnit(unit); unit = text.charCodeAt(to)) {
      hash = (hash * 31 + unit) | 0;
      to += 1;
    }
    const place = (hash ^ (hash >>> 9)) & (RECENT - 1);
    const recent = this.#recent[place];
    if (recent !== undefined && recent.raw.length === to - from && text.startsWith(recent.raw, from)) {
      return recent;
    }
    const tag = this.resolve(text.slice(from, to));
    this.#recent[place] = tag;
    return tag;
  }

  resolve(raw: string): TagName {
    const known = this.#resolved.get(raw);
    if (known !== undefined) return known;
    const colon = raw.indexOf(':');
    const prefix = raw.slice(0, Math.max(colon, 0)).toLowerCase();
    const tag = this.#within(colon === -1 ? '' : this.#namespace(prefix), raw, raw.slice(colon + 1));
    this.#resolved.set(raw, tag);
    return tag;
  }

  /** The name of an element without prefix that declares its own `xmlns`. */
  resolveIn(uri: string, raw: string): TagName {
    const namespace = namespaceOf(uri);
    const tag = this.#within(namespace === undefined ? undefined : this.#coreOr(namespace), raw, raw);
    return tag.name === null && CONTAINERS.has(raw) ? this.resolve(raw) : tag;
  }

  #within(namespace: string | undefined, raw: string, local: string): TagName {
    const full = namespace === '' ? local.toLowerCase() : `${namespace}:${local.toLowerCase()}`;
    const name = namespace === undefined ? null : (KNOWN.get(full) ?? null);
    return { raw, name, treatment: treatmentOf(name) };
  }

  #namespace(prefix: string): string | undefined {
    const declared = this.#prefixes.get(prefix);
    if (declared !== undefined) return declared;
    const known = SYNONYMS.get(prefix) ?? (PREFIXES.has(prefix) ? prefix : undefined);
    return known === undefined ? undefined : this.#coreOr(known);
  }

  #coreOr(namespace: string): string {
    return this.#family === 'atom' && namespace === 'atom' ? '' : namespace;
  }
}
