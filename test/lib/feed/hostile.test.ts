/** No document takes more than linear work, however it is made, and none is an exception (ARCHITECTURE, invariant 4). */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../../lib/feed/parse.ts';
import {
  FEED_BODY_BYTES_MAX,
  FEED_ENTRIES_MAX,
  FEED_PROBLEMS_MAX,
  FIELD_UNITS_MAX,
} from '../../../lib/model/limits.ts';
import { htmlToText } from '../../../lib/text/html-text.ts';
import fc, { runsOr } from '../../property.ts';
import { HOSTILE } from './hostile.ts';

const OPTIONS = { contentType: null, url: 'https://example.org/feed' };

function work(bytes: Uint8Array): ReturnType<typeof parseFeed> {
  const feed = parseFeed(bytes, OPTIONS);
  expect(feed.entries.length).toBeLessThanOrEqual(FEED_ENTRIES_MAX);
  expect(feed.window.length).toBeLessThanOrEqual(FEED_ENTRIES_MAX);
  expect(feed.problems.length).toBeLessThanOrEqual(FEED_PROBLEMS_MAX);
  for (const { title, summary, content } of feed.entries.slice(0, 20)) {
    for (const text of [title, summary, content]) {
      expect((text ?? '').length).toBeLessThanOrEqual(FIELD_UNITS_MAX);
      htmlToText(text ?? '');
    }
  }
  return feed;
}

describe('at the body cap', () => {
  // Quadratic work on 5 MB takes minutes: the limit is far above the fifth of a second that the slowest takes.
  test.each([...HOSTILE])('%s', { timeout: 10_000 }, (_name, make) => {
    work(new TextEncoder().encode(make(FEED_BODY_BYTES_MAX)));
  });

  test('what lies behind it is not read', () => {
    const feed = work(new Uint8Array(FEED_BODY_BYTES_MAX + 10).fill(0x20));
    expect(feed.problems.map(({ code }) => code)).toContain('too-large');
  });
});

test('no element pollutes a prototype', () => {
  const inside =
    '<__proto__><polluted>x</polluted></__proto__><item><constructor>x</constructor><title>t</title></item>';
  const feed = work(new TextEncoder().encode(`<rss><channel>${inside}</channel></rss>`));
  expect(feed.entries[0]?.title).toBe('t');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const FOLDER = new URL('../../cases/feed/', import.meta.url);
const CORPUS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => new Uint8Array(readFileSync(new URL(name, FOLDER))));

/** Deletes, doubles or overwrites a stretch, or splices in a mark that means something to a parser. */
const mutation = fc.record({
  at: fc.nat(4_000),
  units: fc.nat(60),
  kind: fc.constantFrom('delete', 'double', 'splice'),
  splice: fc.constantFrom(
    ...[
      '<',
      '>',
      '&',
      ']]>',
      '<![CDATA[',
      '<!--',
      '-->',
      '"',
      '</item>',
      '<item>',
      '&#x110000;',
      '\0',
      '\xff',
      '{',
      '<!DOCTYPE',
    ],
  ),
});

function mutate(
  bytes: Uint8Array,
  { at, units, kind, splice }: { at: number; units: number; kind: string; splice: string },
) {
  const from = bytes.length === 0 ? 0 : at % bytes.length;
  const middle = kind === 'double' ? bytes.subarray(from, from + units) : new TextEncoder().encode(splice);
  const inserted = kind === 'delete' ? new Uint8Array() : middle;
  const rest = bytes.subarray(kind === 'delete' ? from + units : from);
  return Buffer.concat([bytes.subarray(0, from), inserted, rest]);
}

test('no mutation of a document is an exception', { timeout: 120_000 }, () => {
  const property = fc.property(
    fc.constantFrom(...CORPUS),
    fc.array(mutation, { minLength: 1, maxLength: 8 }),
    (bytes, mutations) => {
      work(mutations.reduce(mutate, bytes));
    },
  );
  fc.assert(property, { numRuns: runsOr(1_000) });
});

test('no bytes at all are an exception', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void work(bytes)));
});

describe('a known entry', () => {
  const bytes = new Uint8Array(readFileSync(new URL('rss-without-version.xml', FOLDER)));
  const whole = parseFeed(bytes, OPTIONS);

  test('is listed in the window and not read', () => {
    const known = new Set(whole.window.slice(1));
    const poll = parseFeed(bytes, { ...OPTIONS, known: (fingerprint) => known.has(fingerprint) });
    expect(poll.window).toEqual(whole.window);
    expect(poll.entries).toEqual(whole.entries.slice(0, 1));
    expect({ ...poll, entries: null }).toEqual({ ...whole, entries: null });
  });

  test.each(['<title>naïve 港 😀</title>', '<title>plain</title>', '<title><![CDATA[</items> é ]]></title>'])(
    'is known again behind any text: %s',
    (title) => {
      const feed = (head: string) =>
        `<rss><channel>${head}<item>${title}</item>\n<!-- é --><item >${title}2é</item ></channel></rss>`;
      const windowOf = (text: string) => parseFeed(new TextEncoder().encode(text), OPTIONS).window;
      const window = windowOf(feed(''));
      expect(new Set(window).size).toBe(2);
      for (const head of ['<title>x</title>', '<title>é港😀</title>', '\ufeff', '<items>é</items>']) {
        expect(windowOf(feed(head))).toEqual(window);
        expect(windowOf(`\ufeff${feed(head)}`)).toEqual(window);
      }
      expect(windowOf(feed('').replace('2é', '2è'))).not.toEqual(window);
    },
  );

  test('is known again whatever stands around it, in ASCII or beyond', () => {
    const moved = new TextDecoder()
      .decode(bytes)
      .replace('<channel>', '<channel><copyright>Café</copyright>');
    expect(parseFeed(new TextEncoder().encode(moved), OPTIONS).window).toEqual(whole.window);
  });
});
