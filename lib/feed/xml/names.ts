/** Maps tags to known elements: resolves prefixes and spellings. Independent of the document's structure. */

import { isNameUnit } from './text.ts';

/** `rss` includes RDF, whose elements have the same meaning. */
export type Family = 'rss' | 'atom' | 'sitemap';

/** Namespace URIs in lower case, without scheme and final `/` or `#` → our prefix; '' is the core. */
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
/** Other prefixes for them. */
const SYNONYMS = new Map([
  ['atom10', 'atom'],
  ['atom03', 'atom'],
  ['a10', 'atom'],
  ['dct', 'dcterms'],
  ['rss', ''],
]);

/** All elements that are read; others are skipped with their content. */
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

/** Interns names like property keys, so that comparing them compares addresses. */
function interned(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(Object.keys(Object.fromEntries(names.map((name) => [name, 0]))).map((name) => [name, name]));
}

/** Elements with relevant children: scanning continues inside them. */
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

/** Containers without own information. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'media:group',
  'media:content',
  'news:news',
  'news:publication',
]);

/** undefined: not a namespace that is read. */
function namespaceOf(uri: string): string | undefined {
  const bare = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
  return NAMESPACES.get(bare);
}

/** How the scanner handles an element. A `link` may have everything in attributes; an iTunes category always does. */
export type Treatment = 'read' | 'enter' | 'pass' | 'skip' | 'link' | 'attributes';

/** A tag's name as written, and its meaning. */
export interface TagName {
  readonly raw: string;
  /** Known name in lower case, such as `title` or `dc:creator`; null: an element that is not read. */
  readonly name: string | null;
  readonly treatment: Treatment;
}

/** Unknown elements are skipped with their content. */
function treatmentOf(name: string | null): Treatment {
  if (name === null) return 'skip';
  if (CONTAINERS.has(name)) return 'enter';
  if (WRAPPERS.has(name)) return 'pass';
  if (name === 'link' || name === 'atom:link') return 'link';
  return name === 'itunes:category' ? 'attributes' : 'read';
}

/** Size of the cache of recent names; a power of two. */
const RECENT = 128;

/**
 * The names of one document. A prefix has the same meaning everywhere, wherever it is declared: feeds often declare
 * namespaces too late, or only on one element, and do not redeclare prefixes with another meaning.
 */
export class Names {
  readonly #family: Family;
  readonly #resolved = new Map<string, TagName>();
  /** By a hash of the raw name, so that a tag is recognised without creating a string. */
  readonly #recent: (TagName | undefined)[] = new Array(RECENT).fill(undefined);
  readonly #prefixes = new Map<string, string>();

  /** @param rootPrefix prefix of the root element: it means the core, whatever its URI is */
  constructor(family: Family, rootPrefix: string) {
    this.#family = family;
    if (rootPrefix !== '') this.#prefixes.set(rootPrefix, '');
  }

  /** Registers `xmlns:prefix="uri"`. The first known meaning of a prefix counts. */
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

  /** Resolves a name with an optional prefix. */
  resolve(raw: string): TagName {
    const known = this.#resolved.get(raw);
    if (known !== undefined) return known;
    const colon = raw.indexOf(':');
    const prefix = raw.slice(0, Math.max(colon, 0)).toLowerCase();
    const tag = this.#within(colon === -1 ? '' : this.#namespace(prefix), raw, raw.slice(colon + 1));
    this.#resolved.set(raw, tag);
    return tag;
  }

  /** Resolves the name of an element without prefix that declares its own `xmlns`. */
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

  /** In an Atom document, Atom elements are the core. */
  #coreOr(namespace: string): string {
    return this.#family === 'atom' && namespace === 'atom' ? '' : namespace;
  }
}
