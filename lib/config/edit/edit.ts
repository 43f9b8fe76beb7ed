/**
 * What the pages change in a configuration document: a rule's query, keys and tests, feeds. Text in, text out; everything
 * that is not changed stays as its author wrote it.
 */
import { isMap, isSeq } from 'yaml';
import type { Severity } from '../../model/config.ts';
import { appendTo, deleteAt, EditError, openDocument, type Path, type Plain, setAt } from './splice.ts';

export { EditError } from './splice.ts';

export interface NewRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly query: string;
  readonly channels: readonly string[];
  readonly on: readonly string[];
  readonly testMode: boolean;
}

export interface NewTest {
  readonly title: string;
  readonly summary: string;
  readonly lang: string | null;
}

/** What of a feed is known when it is added; null: nothing is written. */
export interface NewFeed {
  readonly url: string;
  readonly publisher: string | null;
  readonly lang: string | null;
  readonly country: string | null;
  readonly tags: readonly string[];
}

/** @param key a key of a rule, or of one of its mappings: `notify.to`. @param value undefined: the key goes */
export function setRuleKey(source: string, rule: string, key: string, value: Plain | undefined): string {
  const path = [...rulePath(source, rule), ...key.split('.')];
  return value === undefined ? deleteAt(source, path) : setAt(source, path, value);
}

/** Throws EditError, as all here do where the document does not allow it. */
export function setQuery(source: string, rule: string, query: string): string {
  const path = [...rulePath(source, rule), 'query'];
  const old = openDocument(source).getIn(path);
  // A block of lines ends with a break, which means nothing to the query.
  const isBlock = typeof old === 'string' && old.endsWith('\n');
  return setAt(source, path, isBlock ? `${query}\n` : query);
}

/** @param on true: matches are recorded, nothing is sent */
export function setTestMode(source: string, rule: string, on: boolean): string {
  return setRuleKey(source, rule, 'test_mode', on ? true : undefined);
}

export function addTest(source: string, rule: string, side: 'match' | 'no_match', test: NewTest): string {
  const path = [...rulePath(source, rule), 'tests', side];
  return appendTo(source, path, [testValue(test)], 'flow');
}

function testValue({ title, summary, lang }: NewTest): Plain {
  if (summary === '' && lang === null) return title;
  return { title, ...(summary === '' ? {} : { summary }), ...(lang === null ? {} : { lang }) };
}

export function addRule(source: string, rule: NewRule): string {
  if (ruleIndex(source, rule.id) !== null) throw new EditError(`there is a rule '${rule.id}' already`);
  const value: Plain = {
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    query: rule.query,
    ...(rule.channels.length === 0 ? {} : { notify: { to: rule.channels, on: rule.on } }),
    ...(rule.testMode ? { test_mode: true } : {}),
  };
  return appendTo(source, ['rules'], [value], 'block');
}

export function removeRule(source: string, rule: string): string {
  return deleteAt(source, rulePath(source, rule));
}

/** Those whose address the document does not have yet. */
export function addFeeds(source: string, feeds: readonly NewFeed[]): string {
  const known = new Set(feedUrls(source).map(addressOf));
  const fresh = feeds.filter(({ url }) => !known.has(addressOf(url)));
  return fresh.length === 0 ? source : appendTo(source, ['feeds'], fresh.map(feedValue), 'flow');
}

function feedValue({ url, publisher, lang, country, tags }: NewFeed): Plain {
  return {
    url,
    ...(publisher === null ? {} : { publisher }),
    ...(lang === null ? {} : { lang }),
    ...(country === null ? {} : { country }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** Every row with the address: one feed may be listed twice. */
export function removeFeed(source: string, url: string): string {
  let text = source;
  for (;;) {
    const at = feedUrls(text).findIndex((one) => addressOf(one) === addressOf(url));
    if (at < 0) return text;
    text = deleteAt(text, ['feeds', at]);
  }
}

export function setPaused(source: string, url: string, paused: boolean): string {
  const at = feedUrls(source).findIndex((one) => addressOf(one) === addressOf(url));
  if (at < 0) throw new EditError('the document has no such feed');
  const path: Path = ['feeds', at, 'paused'];
  return paused ? setAt(source, path, true) : deleteAt(source, path);
}

function feedUrls(source: string): string[] {
  const feeds = openDocument(source).get('feeds', true);
  return isSeq(feeds) ? feeds.items.map((feed) => (isMap(feed) ? String(feed.get('url')) : '')) : [];
}

/** Two spellings of one address are one feed. */
function addressOf(url: string): string {
  const address = URL.parse(url.trim());
  if (address === null) return url;
  address.hash = '';
  return address.href;
}

function rulePath(source: string, rule: string): Path {
  const at = ruleIndex(source, rule);
  if (at === null) throw new EditError(`there is no rule '${rule}' in the document`);
  return ['rules', at];
}

function ruleIndex(source: string, rule: string): number | null {
  const rules = openDocument(source).get('rules', true);
  if (!isSeq(rules)) return null;
  const at = rules.items.findIndex((item) => isMap(item) && String(item.get('id')) === rule);
  return at < 0 ? null : at;
}
