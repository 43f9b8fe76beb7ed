/** Reads elements of modules that any format may contain: Dublin Core, content, Media RSS, podcasts, syndication. */
import { lineToText } from '../../text/html-text.ts';
import type { Scan } from '../xml/scan.ts';
import { type Draft, type EntryDraft, type FeedDraft, RANK } from './draft.ts';
import { personName } from './person.ts';

/** Elements with the same meaning in entries and feeds. @returns false for all others */
function readShared(draft: Draft, el: Scan): boolean {
  switch (el.name) {
    case 'dc:title':
      if (draft.title.wants(RANK.dublinCore)) draft.title.offer(RANK.dublinCore, lineToText(el.text()));
      return true;
    case 'dc:creator':
    case 'dc:author':
    case 'dcterms:creator':
      draft.addAuthor(personName(el.text()));
      return true;
    case 'dc:subject':
    case 'media:category':
      draft.addCategory(lineToText(el.text()));
      return true;
    case 'dc:language':
      draft.offerLanguage(RANK.dublinCore, el.text());
      return true;
    case 'itunes:keywords':
    case 'media:keywords':
      for (const word of el.text().split(',')) draft.addCategory(lineToText(word));
      return true;
    case 'itunes:category':
      draft.addCategory(lineToText(el.attribute('text') ?? ''));
      return true;
    default:
      return false;
  }
}

/** Elements of modules within an entry; unknown ones are ignored. */
export function readEntryModule(draft: EntryDraft, el: Scan): void {
  switch (el.name) {
    case 'content:encoded':
      if (draft.content.wants(RANK.own)) draft.content.offer(RANK.own, el.text());
      break;
    case 'xhtml:body':
    case 'xhtml:div':
    case 'body':
      if (draft.content.wants(RANK.foreign)) draft.content.offer(RANK.foreign, el.text());
      break;
    case 'dc:description':
    case 'dcterms:abstract':
      if (draft.summary.wants(RANK.dublinCore)) draft.summary.offer(RANK.dublinCore, el.text());
      break;
    case 'dc:identifier':
      draft.id.offer(RANK.makeshift, el.text());
      break;
    case 'dc:date':
    case 'dcterms:date':
      readDublinDate(draft, el);
      break;
    case 'dcterms:issued':
      draft.offerDate('published', RANK.dublinCore, el.text());
      break;
    case 'dcterms:created':
      draft.offerDate('published', RANK.media, el.text());
      break;
    case 'dcterms:modified':
      draft.offerDate('updated', RANK.dublinCore, el.text());
      break;
    case 'media:title':
      if (draft.title.wants(RANK.media)) draft.title.offer(RANK.media, lineToText(el.text()));
      break;
    case 'media:description':
      if (draft.summary.wants(RANK.media)) draft.summary.offer(RANK.media, el.text());
      break;
    case 'itunes:title':
      if (draft.title.wants(RANK.podcast)) draft.title.offer(RANK.podcast, lineToText(el.text()));
      break;
    default:
      if (!readShared(draft, el)) readEntryPodcast(draft, el);
  }
}

/** Dublin Core: "a date of an event in the lifecycle of the resource". It counts as published and, weakly, as updated. */
function readDublinDate(draft: Draft, el: Scan): void {
  const text = el.text();
  draft.offerDate('published', RANK.dublinCore, text);
  draft.offerDate('updated', RANK.makeshift, text);
}

/** Elements of podcast modules and FeedBurner. */
function readEntryPodcast(draft: EntryDraft, el: Scan): void {
  switch (el.name) {
    case 'itunes:summary':
    case 'googleplay:description':
      if (draft.summary.wants(RANK.podcast)) draft.summary.offer(RANK.podcast, el.text());
      break;
    case 'itunes:subtitle':
      if (draft.summary.wants(RANK.makeshift)) draft.summary.offer(RANK.makeshift, el.text());
      break;
    case 'itunes:author':
    case 'googleplay:author':
      draft.addAuthor(personName(el.text()));
      break;
    case 'feedburner:origlink':
      // The redirector no longer exists: only the original address works.
      if (isFeedburner(draft.url.value)) draft.url.value = null;
      draft.offerUrl(draft.url.value === null ? RANK.own + 1 : RANK.makeshift, el.text());
  }
}

const isFeedburner = (url: string | null) =>
  url !== null &&
  /^https?:\/\/(?:feedproxy\.google\.com|feeds\.feedburner\.com|rss\.feedsportal\.com)\//.test(url);

/** Elements of modules within a feed; unknown ones are ignored. */
export function readFeedModule(draft: FeedDraft, el: Scan): void {
  switch (el.name) {
    case 'dc:description':
      draft.summary.offer(RANK.dublinCore, el.text());
      break;
    case 'dc:date':
      readDublinDate(draft, el);
      break;
    case 'dcterms:issued':
    case 'dcterms:created':
      draft.offerDate('published', RANK.dublinCore, el.text());
      break;
    case 'dcterms:modified':
      draft.offerDate('updated', RANK.dublinCore, el.text());
      break;
    case 'itunes:summary':
    case 'googleplay:description':
      draft.summary.offer(RANK.podcast, el.text());
      break;
    case 'itunes:subtitle':
      draft.summary.offer(RANK.makeshift, el.text());
      break;
    case 'itunes:author':
    case 'googleplay:author':
      if (!el.hasElements()) draft.addAuthor(personName(el.text()));
      break;
    case 'dc:identifier':
      draft.id.offer(RANK.makeshift, el.text());
      break;
    default:
      if (!readShared(draft, el)) readSyndication(draft, el);
  }
}

/** Periods of `sy:updatePeriod`. */
const PERIOD_MS = new Map([
  ['hourly', 3_600_000],
  ['daily', 86_400_000],
  ['weekly', 604_800_000],
  ['monthly', 2_592_000_000],
  ['yearly', 31_536_000_000],
]);

/** RSS 1.0 Syndication module: number of updates (frequency) in a period. */
function readSyndication(draft: FeedDraft, el: Scan): void {
  switch (el.name) {
    case 'sy:updateperiod':
      draft.syPeriodMs ??= PERIOD_MS.get(el.text().toLowerCase()) ?? null;
      break;
    case 'sy:updatefrequency':
      draft.syFrequency = Math.max(1, Number.parseInt(el.text(), 10) || 1);
  }
}
