/** Finds feeds that an HTML page announces in `<link rel=alternate>`. Works on tags, without a DOM. */
import type { FeedLinks } from '../../model/feed.ts';
import { DISCOVERED_FEEDS_MAX } from '../../model/limits.ts';
import { decodeHtmlAttribute } from '../../text/entities.ts';
import { collapse } from '../../text/html-text.ts';
import { resolveUrl } from '../../text/url.ts';

type Discovered = FeedLinks['discovered'];

/** Media types of feeds, also common wrong ones. */
const FEED_TYPES =
  /^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|text\/(?:rss|atom|rdf)\+xml|application\/json)\b/i;
/** A relevant tag; its attributes have at most 4,096 units. */
const TAG = /<(link|base)\b([^<>]{0,4096})>/gi;
/** An attribute in any quotes, or without. */
const ATTRIBUTE = /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/g;

/**
 * @param url address of the page; null: unknown, relative links are dropped
 * @returns feeds in document order, each address once, absolute by the page's `<base>` or `url`. Found are `rel=alternate`
 *   with the type of a feed (RSS Advisory Board, "RSS Autodiscovery"), and `rel=feed`; comments and scripts are skipped.
 */
export function discoverFeeds(html: string, url: string | null): Discovered {
  const found = new Map<string, string | null>();
  let base = url;
  for (const [, tag = '', rest = ''] of readable(html).matchAll(TAG)) {
    const attributes = attributesOf(rest);
    const href = attributes.get('href') ?? '';
    if (tag.toLowerCase() === 'base') {
      base = resolveUrl(href, url) ?? base;
      continue;
    }
    const address = isFeedLink(attributes) ? resolveUrl(href, base) : null;
    if (address === null || found.has(address)) continue;
    found.set(address, collapse(attributes.get('title') ?? '') || null);
    if (found.size === DISCOVERED_FEEDS_MAX) break;
  }
  return [...found].map(([address, title]) => ({ url: address, title }));
}

/** Removes comments and scripts; an unclosed one loses only its start tag. */
function readable(html: string): string {
  return cutOut(cutOut(html, '<!--', '-->'), '<script', '</script');
}

/** Linear: an unclosed start ends the search. */
function cutOut(text: string, open: string, close: string): string {
  let out = '';
  let done = 0;
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, done)) {
    const end = text.indexOf(close, at + open.length);
    if (end === -1) break;
    out += text.slice(done, at);
    done = end + close.length;
  }
  return out + text.slice(done);
}

/** Of equal names the first counts (WHATWG HTML, "Duplicate attributes"). */
function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const lower = name.toLowerCase();
    if (!attributes.has(lower)) attributes.set(lower, decodeHtmlAttribute(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

/** `rel` is a list of relations, in any case. */
function isFeedLink(attributes: Map<string, string>): boolean {
  const relations = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
  if (relations.includes('feed')) return true;
  return relations.includes('alternate') && FEED_TYPES.test(attributes.get('type')?.trim() ?? '');
}
