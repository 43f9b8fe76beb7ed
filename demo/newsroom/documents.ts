/** Feed documents in four formats. */
import type { StagedFeed } from './script.ts';

export interface Published {
  readonly title: string;
  readonly summary: string;
  readonly url: string;
  readonly at: Date;
}

/** The document as text; XML documents declare the encoding in which they are sent. */
export function feedDocument(feed: StagedFeed, entries: readonly Published[]): string {
  switch (feed.format) {
    case 'rss':
      return rss(feed, entries);
    case 'rdf':
      return rdf(feed, entries);
    case 'atom':
      return atom(feed, entries);
    case 'json':
      return json(feed, entries);
  }
}

export function contentTypeOf({ format, encoding }: StagedFeed): string {
  if (format === 'json') return 'application/feed+json';
  const type = { rss: 'application/rss+xml', rdf: 'application/rdf+xml', atom: 'application/atom+xml' }[
    format
  ];
  // Other encodings are named in the XML declaration only, to test that it is read.
  return encoding === 'utf-8' ? `${type}; charset=utf-8` : type;
}

const head = (feed: StagedFeed): string => `<?xml version="1.0" encoding="${feed.encoding}"?>\n`;
const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const link = (feed: StagedFeed): string => `https://${feed.name}.example.org/`;

function rss(feed: StagedFeed, entries: readonly Published[]): string {
  const items = entries.map(
    ({ title, summary, url, at }) => `<item><title>${text(title)}</title><link>${url}</link>
<description><![CDATA[<p>${summary}</p>]]></description><guid isPermaLink="false">${url}#guid</guid>
<pubDate>${at.toUTCString()}</pubDate></item>`,
  );
  return `${head(feed)}<rss version="2.0"><channel><title>${feed.name}</title><link>${link(feed)}</link>
<language>${feed.lang}</language>\n${items.join('\n')}\n</channel></rss>\n`;
}

function rdf(feed: StagedFeed, entries: readonly Published[]): string {
  const items = entries.map(
    ({
      title,
      summary,
      url,
      at,
    }) => `<item rdf:about="${url}"><title>${text(title)}</title><link>${url}</link>
<description>${text(summary)}</description><dc:date>${at.toISOString()}</dc:date></item>`,
  );
  return `${head(feed)}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${link(feed)}"><title>${feed.name}</title><link>${link(feed)}</link><dc:language>${feed.lang}</dc:language></channel>
${items.join('\n')}\n</rdf:RDF>\n`;
}

function atom(feed: StagedFeed, entries: readonly Published[]): string {
  const items = entries.map(
    ({
      title,
      summary,
      url,
      at,
    }) => `<entry><id>${url}</id><title type="html">${text(title)}</title><link href="${url}"/>
<summary>${text(summary)}</summary><updated>${at.toISOString()}</updated></entry>`,
  );
  return `${head(feed)}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.lang}"><id>${link(feed)}</id>
<title>${feed.name}</title><updated>${(entries[0]?.at ?? new Date(0)).toISOString()}</updated>\n${items.join('\n')}\n</feed>\n`;
}

function json(feed: StagedFeed, entries: readonly Published[]): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.name,
    home_page_url: link(feed),
    language: feed.lang,
    items: entries.map(({ title, summary, url, at }) => ({
      id: url,
      url,
      title,
      content_html: `<p>${text(summary)}</p>`,
      date_published: at.toISOString(),
    })),
  });
}
