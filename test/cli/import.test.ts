/** `vigie import` as a user runs it: what is kept, what is told, and that the result passes `vigie check`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { vigie } from './vigie.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function imported(from: string, name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { code, out, err } = await vigie(['import', '--from', from, file]);
  const document = parse(out) as {
    feeds: unknown[];
    rules: { id: string; query: string; where?: unknown }[];
  };
  const remarks = err.replaceAll(file, 'FILE').trim().split('\n').filter(Boolean);
  return { code, document, remarks, out };
}

async function checked(document: string): Promise<number> {
  const file = join(folder, 'result.yaml');
  writeFileSync(file, document);
  const { code, out } = await vigie(['check', file]);
  expect(out).not.toContain(': error ');
  return code;
}

const MINIFLUX = `<?xml version="1.0"?>
<opml version="2.0" xmlns:miniflux="https://miniflux.app/opml">
  <body><outline text="Asia">
    <outline title="Example Wire" xmlUrl="https://wire.example.org/rss"
      miniflux:keepFilterEntryRules="EntryTitle=(?i)\\bsanctions?\\b&#10;EntryTitle=(?i)\\b(tanker|cargo ship)\\b&#10;EntryTitle=\\bUS\\b&#10;EntryContent=(?i)embargo&#10;EntryTag=^asia$&#10;EntryURL=(?i)/live/"
      miniflux:blockFilterEntryRules="EntryTitle=(?i)horoscope&#10;EntryDate=max-age:30d&#10;EntryAuthor=Ann Example"/>
    <outline title="Only Blocks" xmlUrl="https://blocks.example.net/rss" miniflux:blocklistRules="(?i)advert"/>
    <outline title="Plain" xmlUrl="https://plain.example.com/rss" miniflux:disabled="true"/>
  </outline></body>
</opml>`;

describe('Miniflux', () => {
  test('OPML with rules of feeds', async () => {
    const { code, document, remarks, out } = await imported('miniflux', 'miniflux.opml', MINIFLUX);
    expect(code).toBe(0);
    expect(await checked(out)).toBe(0);
    expect(document.feeds).toEqual([
      { url: 'https://wire.example.org/rss', publisher: 'Example Wire', tags: ['Asia'] },
      { url: 'https://blocks.example.net/rss', publisher: 'Only Blocks', tags: ['Asia'] },
      { url: 'https://plain.example.com/rss', publisher: 'Plain', tags: ['Asia'], paused: true },
    ]);
    expect(document.rules).toEqual([
      {
        id: 'example-wire',
        title: 'Example Wire',
        query:
          'feed:"wire.example.org/rss" AND (title:re:"(?i)\\bsanctions?\\b" OR title:(tanker OR "cargo ship") OR title:="US" OR summary:*embargo*) AND NOT (title:*horoscope* OR author:"Ann Example")',
        where: { max_age: '30d' },
        notify: { to: ['log'] },
      },
    ]);
    expect(remarks.map((line) => line.replace(/^FILE:\d+: /u, ''))).toEqual([
      'EntryTag=^asia$: left out: a rule must contain a word; this can only narrow a rule',
      'EntryContent=(?i)embargo: now searches the summary, and the content only if the entry has no summary',
      'EntryURL=(?i)/live/: left out: only the host of an address can be compared (domain:)',
      'EntryAuthor=Ann Example: author: now compares the whole value instead of a part',
      '(?i)advert: left out: blocks entries, but no rule keeps entries; add it to the NOT of a rule',
    ]);
  });

  test('JSON of the feeds, and of the user', async () => {
    const feeds = [
      {
        id: 1,
        feed_url: 'https://a.example.org/rss',
        title: 'A',
        category: { title: 'News' },
        keeplist_rules: '(?i)(quake|flood)',
        block_filter_entry_rules: '',
      },
    ];
    const { document, out } = await imported('miniflux', 'feeds.json', JSON.stringify(feeds));
    expect(document.rules[0]?.query).toBe('feed:"a.example.org/rss" AND title:(*quake* OR *flood*)');
    expect(await checked(out)).toBe(0);
    const user = { id: 1, keep_filter_entry_rules: 'EntryTitle=(?i)quake\nEntryTitle=(?=x)y\nnonsense' };
    const own = await imported('miniflux', 'me.json', JSON.stringify(user, null, 2));
    // One pattern that the engine refuses costs the rule: said, not hidden.
    expect(own.remarks.some((line) => line.includes('invalid or unsupported'))).toBe(true);
    expect(own.remarks).toContain(
      'FILE:1: nonsense: left out: is not a rule of the form Name=pattern'.replace(':1:', ':3:'),
    );
  });

  test('a plain list of rules', async () => {
    const { document, remarks } = await imported(
      'miniflux',
      'rules.txt',
      'EntryTitle=(?i)north korea\nEntryDate=future\n',
    );
    expect(document.rules.map(({ query }) => query)).toEqual(['title:"*north korea*"']);
    expect(remarks).toContain(
      'FILE:2: EntryDate=future: left out: only max-age of dates can be converted (where: max_age)',
    );
    expect(remarks).toContain('FILE:1: -: the file contains no feed: add feeds under feeds:');
  });
});

describe('FreshRSS', () => {
  /** A search, and the query that comes of it or why none does. */
  const SEARCHES: readonly (readonly [string, string])[] = [
    ['korea', '*korea*'],
    ['"north korea" -film', '"*north korea*" AND NOT *film*'],
    ['intitle:quake OR intitle:flood', 'title:*quake* OR title:*flood*'],
    ["intitle:'two words' !author:Ann", 'title:"*two words*" AND NOT author:"Ann"'],
    ['(quake OR flood) chile', '(*quake* OR *flood*) AND *chile*'],
    ['quake chile OR flood', '(*quake* AND *chile*) OR *flood*'],
    ['/\\bquake(s)?\\b/i', 're:"(?i)\\bquake(s)?\\b"'],
    ['intitle:/^Live: "x"/', 'title:re:"^Live: \\"x\\""'],
    ['#asia+pacific korea', 'tag:"asia pacific" AND *korea*'],
    ['inurl:example.org storm', 'domain:"example.org" AND *storm*'],
    ['EU summit', 'EU AND *summit*'],
    ['!(quake OR flood) storm', 'NOT (*quake* OR *flood*) AND *storm*'],
    ['북한', '*북한*'],
    ['f:12 quake', 'left out: f: refers to a feed number of FreshRSS: use feed: instead'],
    ['date:P1W quake', 'left out: dates cannot be searched: use where: max_age to limit the age'],
    ['inurl:live', 'left out: only the host of an address can be compared (domain:)'],
    ['(quake', "left out: a '(' is not closed"],
    ['-quake', 'left out: this rule needs no word to match: it would match every entry'],
    ['/(?<!a)b/', 'left out: this is not a valid pattern'],
  ];

  test('searches, one a line', async () => {
    const { document, remarks } = await imported(
      'freshrss',
      'searches.txt',
      SEARCHES.map(([search]) => search).join('\n'),
    );
    const made = SEARCHES.filter(([, result]) => !result.startsWith('left out'));
    expect(document.rules.map(({ query }) => query)).toEqual(made.map(([, query]) => query));
    for (const [at, [search, result]] of SEARCHES.entries()) {
      if (!result.startsWith('left out')) continue;
      expect(
        remarks.some((line) => line.startsWith(`FILE:${at + 1}: ${search}: ${result}`)),
        search,
      ).toBe(true);
    }
  });

  test('saved queries, and what is marked as read', async () => {
    const queries = {
      queries: [
        { name: 'Séismes', search: 'quake' },
        { name: 'Séismes', url: './?search=intitle%3Aflood+chile' },
      ],
    };
    const { document } = await imported('freshrss', 'queries.json', JSON.stringify(queries));
    expect(document.rules.map(({ id, query }) => [id, query])).toEqual([
      ['se-ismes', '*quake*'],
      ['se-ismes-2', 'title:*flood* AND *chile*'],
    ]);
    const opml =
      '<opml><body><outline text="A" xmlUrl="https://a.example.org/rss" frss:filtersActionRead="intitle:horoscope&#10;advert"/></body></opml>';
    const { remarks } = await imported('freshrss', 'read.opml', opml);
    expect(remarks.filter((line) => line.includes('marks entries as read'))).toHaveLength(2);
  });
});

test('a wrong file and a wrong command line', async () => {
  expect((await imported('freshrss', 'bad.json', '{"queries": 1}')).code).toBe(1);
  expect((await imported('miniflux', 'empty.txt', ' ')).code).toBe(1);
  expect((await vigie(['import', 'x'])).code).toBe(2);
  expect((await vigie(['import', '--from', 'other', 'x'])).code).toBe(2);
  expect((await vigie(['import', '--from', 'miniflux', join(folder, 'none')])).code).toBe(1);
});
