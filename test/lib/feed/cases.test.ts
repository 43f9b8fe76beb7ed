/** Feeds with a fault or a rarity, one a file: `<fault>.xml` or `.json`, and what must be read of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../../lib/feed/parse.ts';

interface Expected {
  readonly why: string;
  readonly contentType?: string;
  readonly url?: string;
  /** The facts under test; `entries` lists every entry, `problems` the codes that must be among the problems. */
  readonly expect: { readonly entries: readonly object[]; readonly problems?: readonly string[] };
}

const FOLDER = new URL('../../cases/feed/', import.meta.url);
const names = readdirSync(FOLDER);
const faults = names
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

const documentOf = (fault: string) =>
  names.find((name) => name === `${fault}.xml` || name === `${fault}.json`) ?? fault;

describe('a feed with a fault', () => {
  test.each(faults)('%s', (fault) => {
    const expected = JSON.parse(readFileSync(new URL(`${fault}.expected.json`, FOLDER), 'utf8')) as Expected;
    const { contentType = null, url = null, why } = expected;
    const { problems = [], entries, ...facts } = expected.expect;
    const feed = parseFeed(readFileSync(new URL(documentOf(fault), FOLDER)), { contentType, url });
    expect(feed, why).toMatchObject(facts);
    expect(feed.entries, why).toMatchObject(entries);
    expect(feed.entries).toHaveLength(entries.length);
    expect(feed.problems.map(({ code }) => code)).toEqual(expect.arrayContaining([...problems]));
  });
});
