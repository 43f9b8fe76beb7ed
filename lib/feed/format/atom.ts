/** Reads the elements of Atom 1.0 (RFC 4287) and 0.3: text constructs, links, people. Also Atom elements within RSS. */
import { PERSON_UNITS_MAX } from '../../model/limits.ts';
import { collapse, escapeHtml, htmlToText, lineToText, looksLikeHtml } from '../../text/html-text.ts';
import { resolveUrl } from '../../text/url.ts';
import { Scan } from '../xml/scan.ts';
import { xmlMarkup, xmlText } from '../xml/text.ts';
import { type EntryDraft, type FeedDraft, RANK, type Rank } from './draft.ts';
import { personName } from './person.ts';

/** Atom elements with a prefix, as in RSS, by their Atom names. */
const BORROWED = new Map(
  'title link id summary content updated published author category subtitle'
    .split(' ')
    .map((name) => [`atom:${name}`, name]),
);

/** @returns false for an element that does not belong to Atom */
export function readAtomEntry(draft: EntryDraft, el: Scan, rank: Rank): boolean {
  switch (BORROWED.get(el.name) ?? el.name) {
    case 'title':
      if (draft.title.wants(rank)) draft.title.offer(rank, atomText(el));
      draft.offerLanguage(RANK.makeshift, el.attribute('xml:lang'));
      return true;
    case 'link':
      readEntryLink(draft, el, rank);
      return true;
    case 'id':
      if (draft.id.wants(rank)) draft.id.offer(rank, el.text());
      return true;
    case 'summary':
      if (draft.summary.wants(rank)) draft.summary.offer(rank, atomHtml(el));
      return true;
    case 'content':
      readContent(draft, el, rank);
      return true;
    case 'published':
      draft.offerDate('published', rank, el.text());
      return true;
    case 'issued':
      draft.offerDate('published', rank - 0.5, el.text());
      return true;
    case 'created':
      draft.offerDate('published', RANK.makeshift, el.text());
      return true;
    case 'updated':
    case 'modified':
      draft.offerDate('updated', rank, el.text());
      return true;
    case 'author':
      draft.addAuthor(readPerson(el));
      return true;
    case 'category':
      draft.addCategory(readCategory(el));
      return true;
    case 'source':
      readSource(draft, el);
      return true;
    default:
      return false;
  }
}

/** @returns false for an element that does not belong to Atom */
export function readAtomFeed(draft: FeedDraft, el: Scan, rank: Rank): boolean {
  switch (BORROWED.get(el.name) ?? el.name) {
    case 'feed':
      draft.offerLanguage(RANK.foreign, el.attribute('xml:lang'));
      draft.rebase(el.attribute('xml:base'));
      return true;
    case 'title':
      if (draft.title.wants(rank)) draft.title.offer(rank, atomText(el));
      return true;
    case 'subtitle':
    case 'tagline':
      if (draft.summary.wants(rank)) draft.summary.offer(rank, atomHtml(el));
      return true;
    case 'link':
      readFeedLink(draft, el, rank);
      return true;
    case 'id':
      draft.id.offer(rank, el.text());
      return true;
    case 'published':
      draft.offerDate('published', rank, el.text());
      return true;
    case 'updated':
    case 'modified':
      draft.offerDate('updated', rank, el.text());
      return true;
    case 'author':
      draft.addAuthor(readPerson(el));
      return true;
    case 'category':
      draft.addCategory(readCategory(el));
      return true;
    default:
      return false;
  }
}

/** How the content of a text construct is encoded. */
type Kind = 'text' | 'html' | 'xhtml' | 'base64' | 'other';

/** RFC 4287 §3.1.1 and §4.1.3.3; `mode` of Atom 0.3. Markup that is present counts, whatever the type says. */
function kindOf(el: Scan): Kind {
  const type = (el.attribute('type') ?? 'text').trim().toLowerCase();
  const mode = el.attribute('mode')?.toLowerCase() ?? null;
  if (mode === 'base64') return 'base64';
  // Markup within a type that should be escaped: tags stay, references are decoded, as in browsers.
  if (type === 'html') return 'html';
  const inline = mode !== 'escaped' && el.hasElements();
  if (inline || type === 'xhtml' || type === 'application/xhtml+xml')
    return mode === 'escaped' ? 'html' : 'xhtml';
  if (type.startsWith('text/html')) return 'html';
  if (type === 'text' || type === '' || type.startsWith('text/')) return 'text';
  return /[/+]xml\b/.test(type) ? 'xhtml' : 'other';
}

/** Plain text of a text construct; null: empty or not text. */
function atomText(el: Scan): string | null {
  const kind = kindOf(el);
  if (kind === 'xhtml') return htmlToText(xmlMarkup(el.document.text, el.from, el.to));
  if (kind === 'text') return el.text().replace(/\s+/g, ' ');
  const html = atomHtmlAs(el, kind);
  return html === null ? null : htmlToText(html);
}

/** HTML of a text construct; null: empty or not text. */
function atomHtml(el: Scan): string | null {
  return atomHtmlAs(el, kindOf(el));
}

/** HTML by the kind of the construct; null for anything that is not text. */
function atomHtmlAs(el: Scan, kind: Kind): string | null {
  const { text } = el.document;
  switch (kind) {
    case 'xhtml':
      return withoutDiv(xmlMarkup(text, el.from, el.to));
    case 'html':
      return el.text();
    case 'text':
      return escapeHtml(el.text());
    case 'base64':
    case 'other':
      return fromBase64(el.text(), /html/i.test(el.attribute('type') ?? ''));
  }
}

/** Removes the `div` around XHTML, which is not part of the content (RFC 4287 §3.1.1.3). */
function withoutDiv(markup: string): string {
  const open = /^<(?:[\w.-]+:)?div\b[^<>]*>/.exec(markup)?.[0];
  const close = /<\/(?:[\w.-]+:)?div\s*>$/.exec(markup)?.[0];
  if (open === undefined || close === undefined) return markup;
  return markup.slice(open.length, markup.length - close.length).trim();
}

/** null: not base64 of UTF-8 text. */
function fromBase64(text: string, html: boolean): string | null {
  try {
    const bytes = Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return html || looksLikeHtml(decoded) ? decoded : escapeHtml(decoded);
  } catch {
    // An image, or damaged base64.
    return null;
  }
}

/** Content outside the document (`src`) only yields an address (RFC 4287 §4.1.3.2). */
function readContent(draft: EntryDraft, el: Scan, rank: Rank): void {
  const src = el.attribute('src');
  if (src !== null) draft.offerUrl(RANK.makeshift, src);
  else if (draft.content.wants(rank)) draft.content.offer(rank, atomHtml(el));
  draft.offerLanguage(RANK.makeshift, el.attribute('xml:lang'));
}

/** A link to HTML is preferred to one of another type, such as a PDF. */
function readEntryLink(draft: EntryDraft, el: Scan, rank: Rank): void {
  const href = el.attribute('href') ?? el.text();
  if (href === '' || relationOf(el) !== 'alternate') return;
  const type = el.attribute('type')?.toLowerCase() ?? 'text/html';
  const fit = type.includes('html') ? rank : rank - 0.5;
  const own = el.attribute('xml:base');
  draft.offerUrl(fit, own === null ? href : (resolveUrl(href, resolveUrl(own, draft.base)) ?? href));
}

/** Link relation (RFC 8288 §2.1); missing means `alternate` (RFC 4287 §4.2.7.2). */
function relationOf(el: Scan): string {
  const rel = el.attribute('rel')?.trim().toLowerCase() ?? '';
  return rel === '' ? 'alternate' : rel.replace('http://www.iana.org/assignments/relation/', '');
}

/** Reads `<link>` of a feed: page, self, hub, paging. */
export function readFeedLink(draft: FeedDraft, el: Scan, rank: Rank): void {
  const href = el.attribute('href') ?? el.text();
  const own = el.attribute('xml:base');
  const url = resolveUrl(href, own === null ? draft.base : resolveUrl(own, draft.base));
  if (url === null) return;
  // `rel` may contain several relations.
  for (const relation of relationOf(el).split(/\s+/)) {
    if (relation === 'alternate') draft.url.offer(isFeedType(el) ? rank - 0.5 : rank, url);
    else if (relation === 'self') draft.self ??= url;
    else if (relation === 'hub' && draft.hubs.length < 10) draft.hubs.push(url);
    else if (relation === 'next') draft.nextPage ??= url;
    else if (relation === 'prev-archive') draft.prevArchive ??= url;
  }
}

const isFeedType = (el: Scan) => /atom|rss|xml$/i.test(el.attribute('type') ?? '');

/** Name of `<author><name>…` or of a plain name; the mail address if the name is missing. */
export function readPerson(el: Scan): string {
  const { document } = el;
  if (!el.hasElements()) return personName(el.text());
  const inside = document.text.slice(el.from, Math.min(el.to, el.from + PERSON_UNITS_MAX));
  const name = lineToText(childText(inside, PERSON_NAME) ?? '');
  return name === '' ? collapse(childText(inside, PERSON_EMAIL) ?? '') : name;
}

const PERSON_NAME = /<(?:[\w.-]+:)?name\b[^<>]*>((?:[^<]|<!\[CDATA\[[^\]]*\]\]>)*)/i;
const PERSON_EMAIL = /<(?:[\w.-]+:)?email\b[^<>]*>((?:[^<]|<!\[CDATA\[[^\]]*\]\]>)*)/i;

/** Text of the first child that the pattern finds. */
function childText(inside: string, child: RegExp): string | null {
  const raw = child.exec(inside)?.[1];
  return raw === undefined ? null : xmlText(raw, 0, raw.length);
}

/** Atom's `term`, which is not translated like `label`; the text of RSS categories. */
export function readCategory(el: Scan): string {
  const named = el.attribute('term') ?? el.attribute('label');
  return lineToText(named ?? el.text());
}

/** RSS `<source url>` or Atom `<source>` (RFC 4287 §4.2.11): who published the entry first. */
function readSource(draft: EntryDraft, el: Scan): void {
  const url = el.attribute('url');
  const { document } = el;
  if (url !== null || !el.hasElements()) {
    draft.source ??= {
      title: lineToText(el.text()) || null,
      url: url === null ? null : resolveUrl(url, draft.base),
    };
    return;
  }
  let title: string | null = null;
  let link: string | null = null;
  const inner = new Scan(document, el.from, el.to);
  while (inner.next()) {
    if (inner.name === 'title') title ??= atomText(inner);
    else if (inner.name === 'author') draft.sourceAuthors.push(readPerson(inner));
    else if (inner.name === 'link' && relationOf(inner) === 'alternate') {
      link ??= resolveUrl(inner.attribute('href') ?? inner.text(), draft.base);
    }
  }
  draft.source ??= { title, url: link };
}
