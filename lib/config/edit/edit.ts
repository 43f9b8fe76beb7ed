/**
 * Edits of a configuration document that the pages make: a rule's query, keys and tests; feeds. Text in, text out; all
 * other parts of the text stay byte for byte. Every function throws EditError when the document does not allow the edit.
 */
import { isMap, isSeq } from 'yaml';
import type { Severity } from '../../model/config.ts';
import { appendTo, deleteAt, EditError, openDocument, type Path, type Plain, setAt } from './splice.ts';

export { EditError } from './splice.ts';

/** Values of a new rule. */
export interface NewRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly query: string;
  readonly channels: readonly string[];
  readonly on: readonly string[];
  readonly testMode: boolean;
}

/** One example entry of a rule's tests. */
export interface NewTest {
  readonly title: string;
  readonly summary: string;
  readonly lang: string | null;
}

/** Known values of a feed to be added; null values are not written. */
export interface NewFeed {
  readonly url: string;
  readonly publisher: string | null;
  readonly lang: string | null;
  readonly country: string | null;
  readonly tags: readonly string[];
}

/** @param key a key of a rule or of one of its mappings: `notify.to`. @param value undefined: remove the key */
export function setRuleKey(source: string, rule: string, key: string, value: Plain | undefined): string {
  const path = [...rulePath(source, rule), ...key.split('.')];
  return value === undefined ? deleteAt(source, path) : setAt(source, path, value);
}

/** Keeps the style of the old query: quoted, plain or block. */
export function setQuery(source: string, rule: string, query: string): string {
  const path = [...rulePath(source, rule), 'query'];
  const old = openDocument(source).getIn(path);
  // The final line break of a block scalar does not belong to the query.
  const isBlock = typeof old === 'string' && old.endsWith('\n');
  return setAt(source, path, isBlock ? `${query}\n` : query);
}

/** @param on true: matches are recorded and no alerts are sent */
export function setTestMode(source: string, rule: string, on: boolean): string {
  return setRuleKey(source, rule, 'test_mode', on ? true : undefined);
}

/** Appends a test; its entry is written as a plain text when it has only a title. */
export function addTest(source: string, rule: string, side: 'match' | 'no_match', test: NewTest): string {
  const path = [...rulePath(source, rule), 'tests', side];
  return appendTo(source, path, [testValue(test)], 'flow');
}

/** A plain text if the test has only a title. */
function testValue({ title, summary, lang }: NewTest): Plain {
  if (summary === '' && lang === null) return title;
  return { title, ...(summary === '' ? {} : { summary }), ...(lang === null ? {} : { lang }) };
}

/** Appends a rule in block style. */
export function addRule(source: string, rule: NewRule): string {
  if (ruleIndex(source, rule.id) !== null)
    throw new EditError(`the id '${rule.id}' is already used by another rule`);
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

/** Removes a rule with all its keys and tests. */
export function removeRule(source: string, rule: string): string {
  return deleteAt(source, rulePath(source, rule));
}

/** Appends the feeds whose address the document does not contain yet. */
export function addFeeds(source: string, feeds: readonly NewFeed[]): string {
  const known = new Set(feedUrls(source).map(addressOf));
  const fresh = feeds.filter(({ url }) => !known.has(addressOf(url)));
  return fresh.length === 0 ? source : appendTo(source, ['feeds'], fresh.map(feedValue), 'flow');
}

/** Leaves out what is unknown. */
function feedValue({ url, publisher, lang, country, tags }: NewFeed): Plain {
  return {
    url,
    ...(publisher === null ? {} : { publisher }),
    ...(lang === null ? {} : { lang }),
    ...(country === null ? {} : { country }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** Removes every row with the address: a feed may be listed twice. */
export function removeFeed(source: string, url: string): string {
  let text = source;
  for (;;) {
    const at = feedUrls(text).findIndex((one) => addressOf(one) === addressOf(url));
    if (at < 0) return text;
    text = deleteAt(text, ['feeds', at]);
  }
}

/** Sets `paused: true`, or removes the key. */
export function setPaused(source: string, url: string, paused: boolean): string {
  const at = feedUrls(source).findIndex((one) => addressOf(one) === addressOf(url));
  if (at < 0) throw new EditError(`the document has no feed with the address ${url}`);
  const path: Path = ['feeds', at, 'paused'];
  return paused ? setAt(source, path, true) : deleteAt(source, path);
}

/** Addresses of all feeds, in the order of the document. */
function feedUrls(source: string): string[] {
  const feeds = openDocument(source).get('feeds', true);
  return isSeq(feeds) ? feeds.items.map((feed) => (isMap(feed) ? String(feed.get('url')) : '')) : [];
}

/** Two spellings of one address are the same feed. */
function addressOf(url: string): string {
  const address = URL.parse(url.trim());
  if (address === null) return url;
  address.hash = '';
  return address.href;
}

/** @throws EditError for an unknown rule */
function rulePath(source: string, rule: string): Path {
  const at = ruleIndex(source, rule);
  if (at === null) throw new EditError(`the document has no rule '${rule}'`);
  return ['rules', at];
}

/** null: the document has no such rule. */
function ruleIndex(source: string, rule: string): number | null {
  const rules = openDocument(source).get('rules', true);
  if (!isSeq(rules)) return null;
  const at = rules.items.findIndex((item) => isMap(item) && String(item.get('id')) === rule);
  return at < 0 ? null : at;
}
