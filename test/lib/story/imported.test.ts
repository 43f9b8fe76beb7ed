/** Feeds of another reader's list: a title is a publisher only where nothing else of its site bears another. */
import { describe, expect, test } from 'vitest';
import { readOpml, writeOpml } from '../../../lib/feed/format/opml.ts';
import { publishersOfListed } from '../../../lib/story/imported.ts';

describe('the publisher of a listed feed', () => {
  const row = (url: string, title: string | null, site: string | null = null) => ({
    url: `https://${url}`,
    title,
    site: site === null ? null : `https://${site}`,
  });
  test.each([
    ['a title', [row('a.example.org/f', ' Post ')], [], ['Post']],
    ['no title', [row('a.example.org/f', null), row('b.example.net/f', ' ')], [], [null, null]],
    ['a title of signs alone', [row('a.example.org/f', '—')], [], [null]],
    ['its own address', [row('a.example.org/f?x=1', 'https://a.example.org/f?x=1')], [], [null]],
    ['its own address, abridged', [row('a.example.org/f', 'A.example.org/f/')], [], [null]],
    ['another address', [row('a.example.org/f', 'http://example.org/')], [], [null]],
    ['a colon makes no address', [row('a.example.org/f', 'Post: World')], [], ['Post: World']],
    [
      'sections of a site',
      [row('example.org/asia', 'Asia'), row('m.example.org/eu', 'EU')],
      [],
      [null, null],
    ],
    ['one of them without', [row('example.org/asia', 'Post'), row('example.org/eu', null)], [], [null, null]],
    [
      'one title, two spellings',
      [row('example.org/asia', 'Post'), row('m.example.org/eu', 'POST')],
      [],
      ['Post', 'POST'],
    ],
    ['two sites', [row('example.org/f', 'Post'), row('example.net/f', 'Tribune')], [], ['Post', 'Tribune']],
    ['two blogs of a host', [row('a.blogspot.com/f', 'A'), row('b.blogspot.com/f', 'B')], [], ['A', 'B']],
    ['no domain, one host', [row('192.0.2.1/a', 'A'), row('192.0.2.1:81/b', 'B')], [], [null, null]],
    ['no domain, two hosts', [row('192.0.2.1/a', 'A'), row('192.0.2.2/b', 'B')], [], ['A', 'B']],
    [
      'a site that lives elsewhere',
      [row('pipes.example.net/1', 'Asia', 'example.org'), row('example.org/eu', 'EU')],
      [],
      [null, null],
    ],
    [
      'what two connect through a third',
      [
        row('pipes.example.net/2', 'Other'),
        row('example.org/eu', 'Post'),
        row('pipes.example.net/1', 'Post', 'example.org'),
      ],
      [],
      [null, null, null],
    ],
    ['the document names it so', [row('example.org/a', 'Post')], [row('example.org/b', 'post')], ['Post']],
    ['… otherwise', [row('example.org/a', 'Post')], [row('example.org/b', 'Tribune')], [null]],
    ['… not at all', [row('example.org/a', 'Post')], [row('example.org/b', null)], [null]],
    [
      'what is there already',
      [row('example.org/a', 'Post - Asia'), row('example.org/b', 'Post')],
      [row('example.org/a', 'Post')],
      ['Post - Asia', 'Post'],
    ],
    ['no address', [{ url: '', title: 'A', site: null }], [{ url: 'undefined', title: null }], ['A']],
  ])('%s', (_name, listed, known, publishers) => {
    expect(publishersOfListed(listed, known)).toEqual(publishers);
  });

  test('an export brought back in names nobody who was not named', () => {
    const feeds = [
      { ...row('example.org/asia', null), tags: [] },
      { ...row('example.org/eu?a=1&b=2', null), tags: ['eu'] },
      { ...row('example.net/f', 'Tribune & Co'), tags: [] },
      { ...row('example.com/f', null), tags: [] },
    ];
    expect(publishersOfListed(readOpml(writeOpml('Feeds', feeds)).feeds)).toEqual([
      null,
      'Tribune & Co',
      null,
      null,
    ]);
  });
});
