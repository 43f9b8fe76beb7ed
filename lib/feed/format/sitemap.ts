/** Reads the elements of a news sitemap: `urlset` with Google's `news:` extension. */
import { lineToText } from '../../text/html-text.ts';
import type { Scan } from '../xml/scan.ts';
import { type EntryDraft, RANK } from './draft.ts';

/** An element of a `url` (sitemaps.org protocol; Google Search Central, "News sitemap"). */
export function readSitemapEntry(draft: EntryDraft, el: Scan): void {
  switch (el.name) {
    case 'loc':
      draft.offerUrl(RANK.own, el.text());
      break;
    case 'lastmod':
      draft.offerDate('updated', RANK.own, el.text());
      break;
    case 'news:title':
      draft.title.offer(RANK.own, lineToText(el.text()));
      break;
    case 'news:language':
      draft.offerLanguage(RANK.own, el.text());
      break;
    case 'news:publication_date':
      draft.offerDate('published', RANK.own, el.text());
      break;
    case 'news:keywords':
      for (const word of el.text().split(',')) draft.addCategory(lineToText(word));
  }
}
