/**
 * Scores lib/feed against cases translated from feedparser's corpus: `node test/conformance/feedparser.ts PATH`. The cases
 * are read from PATH and never kept here. Not part of `npm test`.
 */
import { readFileSync } from 'node:fs';
import { readDate } from '../../lib/feed/date/date.ts';
import { parseFeed } from '../../lib/feed/parse.ts';
import type { ParsedFeed } from '../../lib/model/feed.ts';
import { htmlToText } from '../../lib/text/html-text.ts';

interface Check {
  readonly field: string;
  readonly op: 'eq' | 'in' | 'has' | 'instant' | 'absent' | 'count';
  readonly value: unknown;
}
interface Case {
  readonly id: string;
  readonly group: string;
  readonly contentType: string | null;
  readonly contentLocation: string | null;
  readonly checks: readonly Check[];
  readonly bytes: string;
}
interface Corpus {
  readonly cases: readonly Case[];
  readonly dates: readonly { readonly input: string; readonly value: number | null }[];
}

const [path = ''] = process.argv.slice(2);
const corpus = JSON.parse(readFileSync(path, 'utf8')) as Corpus;

const text = (value: unknown) => (typeof value === 'string' ? htmlToText(value) : value);
const canonicalLabel = (label: unknown) => {
  const name = String(label).toLowerCase();
  return URL.canParse(`x:${name}`) && !/^utf-?32/.test(name)
    ? new TextDecoder(name).encoding
    : name.replace('utf32', 'utf-32');
};

/** What the feed says in a field of the cases' vocabulary; a list where several values may satisfy. */
function valuesOf(feed: ParsedFeed, field: string): unknown {
  const [, index, own] = /^entries\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  if (index !== undefined) {
    const entry = feed.entries[Number(index)];
    switch (own) {
      case 'body':
        return [entry?.summary, entry?.content];
      case 'link':
        return entry?.url;
      case 'author':
        return entry?.authors;
      case 'category':
        return entry?.categories;
      default:
        return entry?.[own as 'title'];
    }
  }
  switch (field) {
    case 'encoding':
      return feed.encoding;
    case 'entries.length':
      return feed.entries.length;
    case 'feed.author':
      return feed.authors;
    case 'feed.category':
      return feed.categories;
    default:
      return feed[field.slice('feed.'.length) as 'title'];
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
/** The cases' values are HTML in some fields and plain in others; ours are one or the other by field. */
const same = (a: unknown, b: unknown) => text(a) === text(b) || a === text(b) || text(a) === b;

function passes(feed: ParsedFeed, { field, op, value }: Check): boolean {
  const actual = valuesOf(feed, field);
  switch (op) {
    case 'eq':
      if (field === 'encoding') return canonicalLabel(actual) === canonicalLabel(value);
      if (field.endsWith('language')) return String(actual).toLowerCase() === String(value).toLowerCase();
      return list(actual).some((each) => same(each ?? '', value));
    case 'in':
      return list(value).some((each) => same(actual, each));
    case 'has':
      return list(actual).some((each) => same(each, value));
    case 'instant':
      return typeof actual === 'number' && Math.floor(actual / 1000) === Math.floor(Number(value) / 1000);
    case 'absent':
      return list(actual).every((each) => each === null || each === undefined || each === '');
    case 'count':
      return list(actual).length === value;
  }
}

function missesOf({ contentType, contentLocation, checks, bytes }: Case): string[] {
  const feed = parseFeed(Buffer.from(bytes, 'base64'), { contentType, contentLocation, url: null });
  return checks
    .filter((check) => !passes(feed, check))
    .map(
      ({ field, op, value }) =>
        `${field} ${op} ${JSON.stringify(value)}, is ${JSON.stringify(valuesOf(feed, field))}`,
    );
}

const sheetOf = ({ group, checks }: Case) => {
  if (group === 'entities' || group === 'encodings-rfc3023') return group;
  return checks.every(({ field }) => field === 'encoding') ? 'encodings' : 'core';
};

const scores = new Map<string, { ok: number; of: number }>();
const score = (sheet: string, misses: readonly string[], id: string) => {
  const before = scores.get(sheet) ?? { ok: 0, of: 0 };
  scores.set(sheet, { ok: before.ok + (misses.length === 0 ? 1 : 0), of: before.of + 1 });
  for (const miss of misses) console.log(`${sheet}  ${id}: ${miss}`);
};

for (const each of corpus.cases) score(sheetOf(each), missesOf(each), each.id);
for (const { input, value } of corpus.dates) {
  const instant = readDate(input);
  const whole = instant === null ? null : Math.floor(instant / 1000) * 1000;
  score('dates', whole === value ? [] : [`is ${whole}, not ${value}`], JSON.stringify(input));
}
for (const [sheet, { ok, of }] of scores) console.log(`${sheet}: ${ok} of ${of}`);
