/** Lists of feeds: what other readers export is read, and what is written is read back. */

import { describe, expect, test } from 'vitest';
import { discoverFeeds } from '../../../lib/feed/format/discover.ts';
import { readOpml, writeOpml } from '../../../lib/feed/format/opml.ts';
import fc from '../../property.ts';

const opml = (body: string) =>
  `<?xml version="1.0"?>\n<opml version="1.0"><head><title>My &amp; list</title></head><body>${body}</body></opml>`;

describe('readOpml', () => {
  test('takes folders as tags, each address once', () => {
    const list = readOpml(
      opml(`<outline text="Ports"><outline text="North &lt;1&gt;"><outline type="rss" text="A" title="A &amp; B" xmlUrl="https://a.example/f?x=1&amp;y=2" htmlUrl="https://a.example/"/></outline>
        <outline text="B" xmlUrl="https://b.example/f" category="/sea,wind"/></outline><outline text="again" xmlUrl="https://b.example/f"/>`),
    );
    expect(list).toEqual({
      title: 'My & list',
      feeds: [
        {
          url: 'https://a.example/f?x=1&y=2',
          title: 'A & B',
          site: 'https://a.example/',
          tags: ['Ports', 'North <1>'],
        },
        { url: 'https://b.example/f', title: 'again', site: null, tags: ['Ports', 'sea', 'wind'] },
      ],
      problems: [],
    });
  });

  test.each([
    ['any case', '<OPML><BODY><OUTLINE TEXT="A" XMLURL="https://a.example/f"/></BODY></OPML>', 1, []],
    ['an address that is none', opml('<outline xmlUrl="ftp://a.example/f"/>'), 0, ['bad-address']],
    ['no body', '<opml/>', 0, ['not-opml']],
    ['a feed', '<rss><channel/></rss>', 0, ['not-opml']],
    ['nothing', '', 0, ['not-opml']],
    [
      'an entity',
      `<!DOCTYPE opml [<!ENTITY x "y">]>${opml('<outline text="&x;" xmlUrl="https://a.example/f"/>')}`,
      1,
      [],
    ],
    ['too deep', opml('<outline text="x">'.repeat(5_000)), 0, ['not-opml']],
  ])('%s', (_name, text, count, problems) => {
    const list = readOpml(text);
    expect(list.feeds).toHaveLength(count);
    expect(list.problems.map(({ code }) => code)).toEqual(problems);
  });
});

test('what is written is read back', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((text) => text.replace(/[\s,\p{C}]+/gu, 'x').replace(/^\/+/, '_'));
  const feed = fc.record({
    url: fc.nat().map((n) => `https://a.example/f?a=${n}&b=1`),
    title: word,
    site: fc.constant(null),
    tags: fc.uniqueArray(word, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(feed, { maxLength: 5, selector: ({ url }) => url }), (feeds) => {
      const read = readOpml(writeOpml('List', feeds)).feeds;
      const byUrl = new Map(read.map((each) => [each.url, each]));
      for (const each of feeds) expect(byUrl.get(each.url)?.tags).toEqual(each.tags);
      expect(read).toHaveLength(feeds.length);
    }),
  );
});

describe('discoverFeeds', () => {
  const page = 'https://a.example/news/index.html';
  test.each([
    ['<link rel=alternate type=application/rss+xml href=/f.xml>', ['https://a.example/f.xml']],
    ['<LINK REL="Alternate" TYPE="application/atom+xml" HREF="f.xml">', ['https://a.example/news/f.xml']],
    [
      '<link href="f.json" type="application/feed+json; charset=utf-8" rel="alternate home">',
      ['https://a.example/news/f.json'],
    ],
    ['<base href="https://b.example/"><link rel="feed" href="f">', ['https://b.example/f']],
    [
      '<link rel="alternate" type="application/rss+xml" href="/f?a=1&amp;copy=2"><link rel="alternate" type="application/rss+xml" href="/f?a=1&copy=2">',
      ['https://a.example/f?a=1&copy=2'],
    ],
    ['<link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" type="text/css" href="/s">', []],
    ['<!-- <link rel="feed" href="/old"> --><script>"<link rel=feed href=/s>"</script>', []],
    ['<link rel="feed" href="javascript:x">', []],
  ])('%s', (html, urls) => expect(discoverFeeds(html, page).map(({ url }) => url)).toEqual(urls));
});
