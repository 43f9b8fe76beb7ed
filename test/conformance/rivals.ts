/** What other parsers read of a feed, in the few fields that all have. Each may throw what its library throws. */
import { XMLParser } from 'fast-xml-parser';
import { parseFeed as feedsmith } from 'feedsmith';
import RssParser from 'rss-parser';

/** As the parser gives it: text may hold HTML, a date is as written. */
export interface RivalEntry {
  readonly title: unknown;
  readonly link: unknown;
  readonly date: unknown;
}

/** Unknown values of parsed documents, looked into without trust. */
const at = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];
const textOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? textOf(value[0])
    : typeof value === 'object' && value !== null
      ? at(value, '#text')
      : value;

async function rssParser(text: string): Promise<RivalEntry[]> {
  // A new one for each document: one that has failed takes the next malformed document for well-formed.
  const feed = await new RssParser().parseString(text);
  return feed.items.map((item) => ({
    title: item.title,
    link: item.link,
    date: item.pubDate ?? at(item, 'date'),
  }));
}

function feedsmithReader(text: string): RivalEntry[] {
  const { feed } = feedsmith(text);
  return listOf(at(feed, 'items') ?? at(feed, 'entries')).map((item) => ({
    title: textOf(at(item, 'title')) ?? at(item, 'title', 'value'),
    link: at(item, 'link') ?? at(item, 'url') ?? alternate(listOf(at(item, 'links')), 'rel', 'href'),
    date:
      at(item, 'pubDate') ??
      at(item, 'published') ??
      at(item, 'date_published') ??
      at(item, 'dc', 'date') ??
      listOf(at(item, 'dc', 'dates'))[0] ??
      at(item, 'updated'),
  }));
}

function alternate(links: readonly unknown[], rel: string, href: string): unknown {
  const link = links.find((each) => [undefined, 'alternate'].includes(at(each, rel) as string | undefined));
  return at(link, href);
}

function fastXmlParser(text: string): RivalEntry[] {
  const root: unknown = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    htmlEntities: true,
  }).parse(text);
  const items = [
    ...listOf(at(root, 'rss', 'channel', 'item')),
    ...listOf(at(root, 'rdf:RDF', 'item')),
    ...listOf(at(root, 'feed', 'entry')),
  ];
  return items.map((item) => ({
    title: textOf(at(item, 'title')),
    link: textOf(at(item, 'link')) ?? alternate(listOf(at(item, 'link')), '@_rel', '@_href'),
    date: textOf(
      at(item, 'pubDate') ??
        at(item, 'published') ??
        at(item, 'issued') ??
        at(item, 'dc:date') ??
        at(item, 'updated'),
    ),
  }));
}

type Rival = (text: string) => RivalEntry[] | Promise<RivalEntry[]>;

export const RIVALS: ReadonlyMap<string, Rival> = new Map<string, Rival>([
  ['rss-parser', rssParser],
  ['feedsmith', feedsmithReader],
  ['fast-xml-parser', fastXmlParser],
]);
