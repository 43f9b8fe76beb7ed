/** Edits of the document: what was meant is there, and everything else is as it was, to the byte. */

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  addFeeds,
  addRule,
  addTest,
  EditError,
  removeFeed,
  removeRule,
  setPaused,
  setQuery,
  setRuleKey,
  setTestMode,
} from '../../../lib/config/edit/edit.ts';
import fc from '../../property.ts';

const DOCUMENT = `# What we watch.
version: 1
feeds:
  # English
  - { url: "https://harbour.example.org/rss", lang: en, publisher: Harbour Wire } # slow at night
  - url: https://quai.example.org/flux
    lang: fr # since 2019
    paused: true

  # Korean
  - { url: 'https://namsan.example.org/rss', tags: [korea,  asia] }
use: [countries, military] # packs
rules:
  # The first one.
  - id: floods
    title: Floods   # and storms
    severity: high
    query: flood*2 OR "storm surge"   # keep it broad
    notify: { to: [log], on: [first] }
  - id: nk
    query: | # see docs
      @north-korea NEAR/8 @soldiers
      AND COUNT(@soldiers, 4) >= 1000

    tests:
      match:
        - "North Korea sends 1,500 soldiers" # the first
      no_match: []
# The end.
channels:
  log: { kind: console }
`;

/** Lines that went and came, so that a test names all that changed. */
function changed(after: string, before = DOCUMENT): { gone: string[]; come: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail))
    tail++;
  return { gone: old.slice(head, old.length - tail), come: now.slice(head, now.length - tail) };
}

const CASES: { name: string; edit: (source: string) => string; gone: string[]; come: string[] }[] = [
  {
    name: 'a plain query is replaced in its line, its comment stays',
    edit: (source) => setQuery(source, 'floods', 'flood*2 OR inondation*1'),
    gone: ['    query: flood*2 OR "storm surge"   # keep it broad'],
    come: ['    query: flood*2 OR inondation*1   # keep it broad'],
  },
  {
    name: 'a query in a block keeps its head',
    edit: (source) => setQuery(source, 'nk', '@north-korea NEAR/4 @soldiers\nAND Russia'),
    gone: ['      @north-korea NEAR/8 @soldiers', '      AND COUNT(@soldiers, 4) >= 1000'],
    come: ['      @north-korea NEAR/4 @soldiers', '      AND Russia'],
  },
  {
    name: 'a query that needs quotes gets them',
    edit: (source) => setQuery(source, 'floods', '@nk AND "a: b # c"'),
    gone: ['    query: flood*2 OR "storm surge"   # keep it broad'],
    come: [`    query: '@nk AND "a: b # c"'   # keep it broad`],
  },
  {
    name: 'a key in a mapping on one line',
    edit: (source) => setRuleKey(source, 'floods', 'notify.to', ['log', 'desk']),
    gone: ['    notify: { to: [log], on: [first] }'],
    come: ['    notify: { to: [log, desk], on: [first] }'],
  },
  {
    name: 'a key that was not there',
    edit: (source) => setRuleKey(source, 'nk', 'severity', 'critical'),
    gone: [],
    come: ['    severity: critical'],
  },
  {
    name: 'a mapping that was not there',
    edit: (source) => setRuleKey(source, 'nk', 'notify.to', ['log']),
    gone: [],
    come: ['    notify: { to: [log] }'],
  },
  {
    name: 'test mode begins',
    edit: (source) => setTestMode(source, 'floods', true),
    gone: [],
    come: ['    test_mode: true'],
  },
  {
    name: 'a test joins the others',
    edit: (source) =>
      addTest(source, 'nk', 'match', { title: '북한군 1만2천명 파병', summary: '', lang: null }),
    gone: [],
    come: ['        - 북한군 1만2천명 파병'],
  },
  {
    name: 'a test in an empty list',
    edit: (source) =>
      addTest(source, 'nk', 'no_match', { title: 'Veterans recall: the war', summary: '', lang: null }),
    gone: ['      no_match: []'],
    come: ['      no_match:', '        - "Veterans recall: the war"'],
  },
  {
    name: 'the first test of a rule, with its summary and language',
    edit: (source) =>
      addTest(source, 'floods', 'match', { title: 'Crue', summary: 'La Seine monte.', lang: 'fr' }),
    gone: [],
    come: ['    tests:', '      match:', '        - { title: Crue, summary: La Seine monte., lang: fr }'],
  },
  {
    name: 'a feed pauses, in a mapping on one line',
    edit: (source) => setPaused(source, 'https://harbour.example.org/rss', true),
    gone: [
      '  - { url: "https://harbour.example.org/rss", lang: en, publisher: Harbour Wire } # slow at night',
    ],
    come: [
      '  - { url: "https://harbour.example.org/rss", lang: en, publisher: Harbour Wire, paused: true } # slow at night',
    ],
  },
  {
    name: 'a feed is resumed: the key goes',
    edit: (source) => setPaused(source, 'https://quai.example.org/flux', false),
    gone: ['    paused: true'],
    come: [],
  },
  {
    name: 'a feed is removed, the comment of its neighbours stays',
    edit: (source) => removeFeed(source, 'https://namsan.example.org/rss'),
    gone: ["  - { url: 'https://namsan.example.org/rss', tags: [korea,  asia] }"],
    come: [],
  },
  {
    name: 'feeds are added, known ones are not',
    edit: (source) =>
      addFeeds(source, [
        { url: 'https://HARBOUR.example.org/rss#top', publisher: null, lang: null, country: null, tags: [] },
        {
          url: 'https://faro.example.org/rss',
          publisher: 'El Faro',
          lang: 'es',
          country: 'ES',
          tags: ['europe'],
        },
      ]),
    gone: [],
    come: [
      '  - { url: https://faro.example.org/rss, publisher: El Faro, lang: es, country: ES, tags: [europe] }',
    ],
  },
  {
    name: 'a rule is added behind the last, before the comment that belongs to what follows',
    edit: (source) =>
      addRule(source, {
        id: 'cables',
        title: 'Cable damage, Baltic',
        severity: 'medium',
        query: 'cable*1 NEAR/8 Baltic',
        channels: ['log'],
        on: ['first'],
        testMode: true,
      }),
    gone: [],
    come: [
      '  - id: cables',
      '    title: Cable damage, Baltic',
      '    severity: medium',
      '    query: cable*1 NEAR/8 Baltic',
      '    notify: { to: [log], on: [first] }',
      '    test_mode: true',
    ],
  },
  {
    name: 'a rule is removed',
    edit: (source) => removeRule(source, 'floods'),
    gone: [
      '  - id: floods',
      '    title: Floods   # and storms',
      '    severity: high',
      '    query: flood*2 OR "storm surge"   # keep it broad',
      '    notify: { to: [log], on: [first] }',
    ],
    come: [],
  },
];

describe('an edit changes just these lines', () => {
  test.each(CASES)('$name', ({ edit, gone, come }) => {
    expect(changed(edit(DOCUMENT))).toEqual({ gone, come });
  });
});

describe('an edit of an unusual document', () => {
  test.each([
    ['a document of JSON', '{"version": 1, "feeds": [{"url": "https://a.example.org/"}], "rules": []}'],
    ['no feeds at all', 'version: 1\nrules: []\n'],
    ['an empty key', 'version: 1\nfeeds:\nrules: []\n'],
    ['no break at the end', 'version: 1\nfeeds:\n- url: https://a.example.org/'],
    ['lines that end with CR LF', 'version: 1\r\nfeeds:\r\n  - url: https://a.example.org/\r\nrules: []\r\n'],
  ])('%s', (_, source) => {
    const feed = { url: 'https://b.example.org/rss', publisher: 'B: C', lang: null, country: null, tags: [] };
    const before = (parse(source) as { feeds?: unknown[] }).feeds ?? [];
    const after = parse(addFeeds(source, [feed])) as { feeds: unknown[] };
    expect(after.feeds).toEqual([...before, { url: feed.url, publisher: 'B: C' }]);
  });

  test('the last feed leaves an empty list', () => {
    const source = 'feeds:\n  - url: https://a.example.org/\nrules: []\n';
    expect(parse(removeFeed(source, 'https://a.example.org/'))).toEqual({ feeds: [], rules: [] });
  });

  test('a document that cannot be read is not touched', () => {
    expect(() => setQuery('rules: [', 'a', 'b')).toThrow(EditError);
    expect(() => setQuery(DOCUMENT, 'nothing', 'b')).toThrow("the document has no rule 'nothing'");
    expect(() =>
      addRule(DOCUMENT, {
        id: 'nk',
        title: '',
        severity: 'low',
        query: 'a',
        channels: [],
        on: [],
        testMode: false,
      }),
    ).toThrow(EditError);
  });
});

describe('whatever is written', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((one) => one.isWellFormed());
  const lines = fc
    .array(text, { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('\n').replaceAll('\r', ' '));

  test('is read again as it was, and the rest of the document too', () => {
    fc.assert(
      fc.property(
        lines,
        text,
        fc.constantFrom('floods', 'nk'),
        fc.constantFrom('match', 'no_match'),
        (query, title, rule, side) => {
          const edited = addTest(setQuery(DOCUMENT, rule, query), rule, side as 'match', {
            title,
            summary: query,
            lang: 'fr',
          });
          const [before, after] = [parse(DOCUMENT), parse(edited)];
          const at = rule === 'floods' ? 0 : 1;
          expect(after.rules[at].query.replace(/\n$/, '')).toBe(query.replace(/\n$/, ''));
          expect(after.rules[at].tests[side].at(-1)).toEqual({ title, summary: query, lang: 'fr' });
          for (const document of [before, after]) {
            delete document.rules[at].query;
            delete document.rules[at].tests;
          }
          expect(after).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('comments survive every edit', () => {
    const comments = [...DOCUMENT.matchAll(/#.*$/gm)].map(([comment]) => comment);
    for (const { edit, gone } of CASES) {
      const after = edit(DOCUMENT);
      for (const comment of comments)
        if (!gone.some((line) => line.includes(comment)) || edit.toString().includes('setQuery'))
          expect(after).toContain(comment);
    }
  });
});
