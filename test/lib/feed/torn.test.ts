/** A document that breaks off anywhere: what is believed of it are entries of the whole one, never a torn copy. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFeed, wholeEntries } from '../../../lib/feed/parse.ts';

const NEWS = [1, 2, 3].map((n) => ({
  title: `Ferry ${n} sails`,
  link: `https://westmoor.example/news/${n}`,
}));

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Westmoor</title>${NEWS.map(
  ({ title, link }) => `<item><title>${title}</title><link>${link}</link><guid>${link}</guid></item>`,
).join('\n')}</channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Westmoor</title>${NEWS.map(
  ({ title, link }) => `<entry><title>${title}</title><link href="${link}"/><id>${link}</id></entry>`,
).join('')}</feed>`;
const PREFIXED = RSS.replaceAll('<item>', '<rss:item>')
  .replaceAll('</item>', '</rss:item >')
  .replace('<rss v', '<rss xmlns:rss="http://purl.org/rss/1.0/" v');
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Westmoor',
  items: NEWS.map(({ title, link }) => ({ id: link, url: link, title })),
});

const read = (text: string) => parseFeed(new TextEncoder().encode(text), { contentType: null, url: null });

describe.each([
  ['RSS', RSS],
  ['Atom', ATOM],
  ['RSS with prefixes', PREFIXED],
  ['JSON Feed', JSON_FEED],
])('%s', (_, text) => {
  const whole = read(text);
  test('is whole as it stands', () => {
    expect(whole.entries).toHaveLength(3);
    expect(wholeEntries(whole)).toEqual({ entries: whole.entries, window: whole.window });
  });
  test('cut at any place tells of no entry that it does not have when it is whole', () => {
    for (let at = 0; at < text.length; at++) {
      const { entries, window } = wholeEntries(read(text.slice(0, at)));
      expect(entries, `cut at ${at}`).toEqual(whole.entries.slice(0, entries.length));
      expect(window, `cut at ${at}`).toEqual(whole.window.slice(0, entries.length));
    }
  });
  test('cut right behind an entry keeps it', () => {
    const end = Math.max(
      text.lastIndexOf('</item>') + 7,
      text.lastIndexOf('</entry>') + 8,
      text.lastIndexOf('</rss:item >') + 12,
    );
    if (end <= 12) return;
    expect(wholeEntries(read(text.slice(0, end))).entries).toHaveLength(3);
  });
});

test.each(['truncated-in-last-item', 'truncated-in-cdata', 'truncated-in-tag'])(
  '%s: two entries are whole',
  (name) => {
    const bytes = readFileSync(new URL(`../../cases/feed/${name}.xml`, import.meta.url));
    expect(wholeEntries(parseFeed(bytes, { contentType: null, url: null })).entries).toHaveLength(2);
  },
);
