/** Reads the elements of RSS 0.90 to 2.0 and RSS 1.0 in all forms that feeds use. */
import { MINUTE_MS } from '../../model/time.ts';
import { decodeHtmlAttribute } from '../../text/entities.ts';
import { lineToText } from '../../text/html-text.ts';
import type { Scan } from '../xml/scan.ts';
import { readAtomEntry, readAtomFeed, readCategory, readFeedLink, readPerson } from './atom.ts';
import { type EntryDraft, type FeedDraft, RANK } from './draft.ts';
import { readEntryModule, readFeedModule } from './module.ts';
import { personName } from './person.ts';

/** An element of an item; Atom elements and modules are tried last. */
export function readRssEntry(draft: EntryDraft, el: Scan): void {
  switch (el.name) {
    case 'item':
      draft.offerLanguage(RANK.own, el.attribute('xml:lang'));
      draft.rebase(el.attribute('xml:base'));
      readAbout(draft, el.attributeByLocal('about'));
      break;
    case 'title':
      if (draft.title.wants(RANK.own)) draft.title.offer(RANK.own, lineToText(el.text()));
      break;
    case 'link':
      readLink(draft, el);
      break;
    case 'guid':
      readGuid(draft, el);
      break;
    case 'description':
      if (draft.summary.wants(RANK.own)) draft.summary.offer(RANK.own, el.text());
      break;
    case 'pubdate':
      draft.offerDate('published', RANK.own, el.text());
      break;
    case 'date':
      draft.offerDate('published', RANK.makeshift, el.text());
      break;
    case 'lastbuilddate':
      draft.offerDate('updated', RANK.makeshift, el.text());
      break;
    case 'author':
      draft.addAuthor(readPerson(el));
      break;
    case 'creator':
      draft.addAuthor(personName(el.text()));
      break;
    case 'category':
    case 'subject':
      draft.addCategory(readCategory(el));
      break;
    case 'language':
      draft.offerLanguage(RANK.own, el.text());
      break;
    case 'summary':
      if (draft.summary.wants(RANK.foreign)) draft.summary.offer(RANK.foreign, el.text());
      break;
    case 'tags':
      for (const tag of el.text().split(',')) draft.addCategory(lineToText(tag));
      break;
    case 'fullitem':
    case 'content':
      if (draft.content.wants(RANK.foreign)) draft.content.offer(RANK.foreign, el.text());
      break;
    default:
      if (!readAtomEntry(draft, el, RANK.foreign)) readEntryModule(draft, el);
  }
}

/** RSS 1.0 §5.5: the item's address, "identical to the value of the link if possible". */
function readAbout(draft: EntryDraft, about: string | null): void {
  if (about === null) return;
  draft.id.offer(RANK.dublinCore, about);
  if (/^https?:/i.test(about)) draft.offerUrl(RANK.makeshift, about);
}

/** An empty `link` is an Atom link with `href`. */
function readLink(draft: EntryDraft, el: Scan): void {
  const text = el.text();
  if (text === '') readAtomEntry(draft, el, RANK.foreign);
  else draft.offerUrl(RANK.own, decodeHtmlAttribute(text));
}

/** A guid is an address unless `isPermaLink` is false (RSS 2.0, "guid"). */
function readGuid(draft: EntryDraft, el: Scan): void {
  const guid = el.text();
  draft.id.offer(RANK.own, guid);
  const permanent = el.attribute('ispermalink')?.trim().toLowerCase() !== 'false';
  if (permanent && /^https?:/i.test(guid)) draft.offerUrl(RANK.dublinCore, guid);
}

/** An element of the channel; Atom elements and modules are tried last. */
export function readRssFeed(draft: FeedDraft, el: Scan): void {
  switch (el.name) {
    case 'rss':
    case 'rdf:rdf':
      draft.offerLanguage(RANK.foreign, el.attribute('xml:lang'));
      draft.rebase(el.attribute('xml:base'));
      break;
    case 'channel':
      draft.offerLanguage(RANK.foreign + 0.5, el.attribute('xml:lang'));
      draft.rebase(el.attribute('xml:base'));
      draft.id.offer(RANK.dublinCore, el.attributeByLocal('about'));
      break;
    case 'title':
      if (draft.title.wants(RANK.own)) draft.title.offer(RANK.own, lineToText(el.text()));
      break;
    case 'description':
      if (draft.summary.wants(RANK.own)) draft.summary.offer(RANK.own, el.text());
      break;
    case 'link':
      readChannelLink(draft, el);
      break;
    case 'language':
      draft.offerLanguage(RANK.own, el.text());
      break;
    case 'author':
    case 'managingeditor':
      draft.addAuthor(readPerson(el));
      break;
    case 'category':
      draft.addCategory(readCategory(el));
      break;
    case 'pubdate':
      draft.offerDate('published', RANK.own, el.text());
      break;
    case 'lastbuilddate':
      draft.offerDate('updated', RANK.own, el.text());
      break;
    default:
      if (!readPace(draft, el) && !readAtomFeed(draft, el, RANK.foreign)) readFeedModule(draft, el);
  }
}

function readChannelLink(draft: FeedDraft, el: Scan): void {
  const text = el.text();
  if (text === '') readFeedLink(draft, el, RANK.foreign);
  else draft.offerUrl(RANK.own, decodeHtmlAttribute(text));
}

/** Names in skipDays; their index is the number of the weekday. */
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Polling hints of RSS 2.0. @returns false for all other elements */
function readPace(draft: FeedDraft, el: Scan): boolean {
  switch (el.name) {
    case 'ttl': {
      const minutes = Number.parseInt(el.text(), 10);
      if (minutes > 0) draft.ttlMs ??= minutes * MINUTE_MS;
      return true;
    }
    case 'skiphours':
      // RSS 0.91 counts from 1 to 24, RSS 2.0 from 0 to 23.
      draft.skipHours = valuesIn(el)
        .map((hour) => Number.parseInt(hour, 10) % 24)
        .filter((hour) => hour >= 0);
      return true;
    case 'skipdays':
      draft.skipDays = valuesIn(el)
        .map((day) => DAYS.indexOf(day.toLowerCase()))
        .filter((day) => day >= 0);
      return true;
    default:
      return false;
  }
}

/** Texts between tags; at most 24, the number of hours. */
function valuesIn(el: Scan): string[] {
  return (el.text().match(/[^<>\s]+(?=\s*<\/)/g) ?? []).slice(0, 24);
}
