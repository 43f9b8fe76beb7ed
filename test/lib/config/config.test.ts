// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what the document holds
import { describe, expect, test } from 'vitest';
import { formatProblem, readConfig } from '../../../lib/config/document/config.ts';
import { compiled } from '../match/rules.ts';

const FEED = 'feeds: [{ url: "https://example.org/rss" }]';
const RULE = 'rules: [{ id: r, query: word }]';
const HEAD = `version: 1\n${FEED}\n`;

interface Case {
  readonly name: string;
  readonly source: string;
  readonly code: string;
  readonly path: string;
  /** What the problem underlines begins with this. */
  readonly at: string;
  readonly hint?: string;
}

const CASES: Case[] = [
  { name: 'YAML syntax', source: 'version: 1\nfeeds: [', code: 'E_YAML', path: '', at: '' },
  {
    name: 'a term with @ unquoted',
    source: `${HEAD}rules: [{ id: r, query: @x }]`,
    code: 'E_YAML',
    path: '',
    at: '@',
    hint: 'quote',
  },
  {
    name: 'a term with * unquoted',
    source: `${HEAD}rules: [{ id: r, query: *word }]`,
    code: 'E_YAML',
    path: 'rules[0].query',
    at: '*word',
    hint: 'quote',
  },
  {
    name: 'a second document',
    source: `${HEAD}${RULE}\n---\nversion: 1\n`,
    code: 'E_YAML',
    path: '',
    at: '---',
    hint: 'remove the line ---',
  },
  {
    name: 'no version',
    source: `${FEED}\n${RULE}`,
    code: 'E_MISSING_KEY',
    path: '',
    at: '',
    hint: 'write version: 1',
  },
  {
    name: 'a length of time without its unit',
    source: `${HEAD}rules: [{ id: r, query: word, notify: { repeat: 5 } }]`,
    code: 'E_TYPE',
    path: 'rules[0].notify.repeat',
    at: '5',
    hint: '5m',
  },
  {
    name: 'a key twice',
    source: `version: 1\nversion: 1\n${FEED}\n${RULE}`,
    code: 'E_DUPLICATE_KEY',
    path: 'version',
    at: 'version',
  },
  {
    name: 'an unknown key',
    source: `${HEAD}${RULE}\nfeed: []`,
    code: 'E_UNKNOWN_KEY',
    path: 'feed',
    at: 'feed',
    hint: 'did you mean feeds?',
  },
  {
    name: 'an unknown key of a rule',
    source: `${HEAD}rules: [{ id: r, qery: word }]`,
    code: 'E_UNKNOWN_KEY',
    path: 'rules[0].qery',
    at: 'qery',
    hint: 'did you mean query?',
  },
  {
    name: 'a key that was renamed',
    source: `${HEAD}rules: [{ id: r, query: word, rehearsal: true }]`,
    code: 'E_UNKNOWN_KEY',
    path: 'rules[0].rehearsal',
    at: 'rehearsal',
    hint: 'write test_mode',
  },
  {
    name: 'a key that is gone',
    source: `${HEAD}rules: [{ id: r, query: word, confirm: { sources: 2, same: rule } }]`,
    code: 'E_UNKNOWN_KEY',
    path: 'rules[0].confirm.same',
    at: 'same',
    hint: 'remove it: the reports of one story confirm each other',
  },
  {
    name: 'a value that is gone',
    source: `${HEAD}rules: [{ id: r, query: word, notify: { to: [], group_by: rule } }]`,
    code: 'E_VALUE',
    path: 'rules[0].notify.group_by',
    at: 'rule',
    hint: 'write group_by: story, which does the same',
  },
  {
    name: '__proto__',
    source: `${HEAD}${RULE}\n__proto__: {}`,
    code: 'E_UNKNOWN_KEY',
    path: '__proto__',
    at: '__proto__',
  },
  { name: 'a wrong type', source: `version: 1\nfeeds: 3\n${RULE}`, code: 'E_TYPE', path: 'feeds', at: '3' },
  {
    name: 'a missing key',
    source: `version: 1\nfeeds: [{ id: x }]\n${RULE}`,
    code: 'E_MISSING_KEY',
    path: 'feeds[0]',
    at: '{ id',
  },
  {
    name: 'a wrong version',
    source: `version: 2\n${FEED}\n${RULE}`,
    code: 'E_VALUE',
    path: 'version',
    at: '2',
  },
  {
    name: 'a feed that is no address',
    source: `version: 1\nfeeds: [{ url: example.org }]\n${RULE}`,
    code: 'E_VALUE',
    path: 'feeds[0].url',
    at: 'example.org',
  },
  {
    name: 'a bad duration',
    source: `version: 1\nfeeds: [{ url: "https://a.example/", every: 5 minutes }]\n${RULE}`,
    code: 'E_VALUE',
    path: 'feeds[0].every',
    at: '5 minutes',
    hint: '5m',
  },
  {
    name: 'polling below the floor',
    source: `version: 1\nfeeds: [{ url: "https://a.example/", every: 1m }]\n${RULE}`,
    code: 'E_VALUE',
    path: 'feeds[0].every',
    at: '1m',
  },
  {
    name: 'a mistyped severity',
    source: `${HEAD}rules: [{ id: r, query: word, severity: hihg }]`,
    code: 'E_VALUE',
    path: 'rules[0].severity',
    at: 'hihg',
    hint: 'high',
  },
  { name: 'no feed', source: `version: 1\n${RULE}`, code: 'E_NO_FEED', path: '', at: 'version' },
  { name: 'no rule', source: HEAD, code: 'E_NO_RULE', path: '', at: 'version' },
  { name: 'an empty document', source: '', code: 'E_MISSING_KEY', path: '', at: '' },
  {
    name: 'two rules of one id',
    source: `${HEAD}rules: [{ id: r, query: word }, { id: r, query: other }]`,
    code: 'E_DUPLICATE_ID',
    path: 'rules[1].id',
    at: 'r,',
  },
  {
    name: 'two feeds of one id',
    source: `version: 1\nfeeds: [{ url: "https://a.example/", id: x }, { url: "https://b.example/", id: x }]\n${RULE}`,
    code: 'E_DUPLICATE_ID',
    path: 'feeds[1].id',
    at: 'x }]',
  },
  {
    name: 'an entity and a concept of one id',
    source: `${HEAD}${RULE}\nentities: { x: { terms: [abc] } }\nconcepts: { x: { terms: [def] } }`,
    code: 'E_DUPLICATE_ID',
    path: 'concepts.x',
    at: '{ terms: [def]',
  },
  {
    name: 'the same feed twice',
    source: `version: 1\nfeeds: [{ url: "https://a.example/" }, { url: "https://a.example/" }]\n${RULE}`,
    code: 'W_DUP_FEED',
    path: 'feeds[1].url',
    at: '"https://a',
  },
  {
    name: 'an unknown pack',
    source: `${HEAD}use: [contries]\n${RULE}`,
    code: 'E_UNKNOWN_PACK',
    path: 'use[0]',
    at: 'contries',
    hint: 'countries',
  },
  {
    name: 'an unknown channel',
    source: `${HEAD}rules: [{ id: r, query: word, notify: { to: [desk] } }]\nchannels: { desks: { kind: console } }`,
    code: 'E_UNKNOWN_CHANNEL',
    path: 'rules[0].notify.to[0]',
    at: 'desk]',
    hint: 'desks',
  },
  {
    name: 'an unknown kind of channel',
    source: `${HEAD}${RULE}\nchannels: { x: { kind: pigeon } }`,
    code: 'E_VALUE',
    path: 'channels.x.kind',
    at: 'pigeon',
  },
  {
    name: 'a rule without a query',
    source: `${HEAD}rules: [{ id: r }]`,
    code: 'E_MISSING_KEY',
    path: 'rules[0]',
    at: '{ id',
  },
  {
    name: 'a variable outside channels',
    source: `${HEAD}rules: [{ id: r, query: "\${X}" }]`,
    code: 'E_TEMPLATE_PLACE',
    path: 'rules[0].query',
    at: '"${X}"',
  },
  {
    name: 'a variable that is not set',
    source: `${HEAD}${RULE}\nchannels: { x: { kind: slack, url: "\${HOOK}" } }`,
    code: 'E_MISSING_VARIABLE',
    path: 'channels.x.url',
    at: '"${HOOK}"',
  },
  {
    name: 'one of our own secrets',
    source: `${HEAD}${RULE}\nchannels: { x: { kind: slack, url: "\${VIGIE_TOKEN}" } }`,
    code: 'E_RESERVED_VARIABLE',
    path: 'channels.x.url',
    at: '"${VIGIE',
  },
  {
    name: 'a variable that is not closed',
    source: `${HEAD}${RULE}\nchannels: { x: { kind: slack, url: "\${HOOK" } }`,
    code: 'E_TEMPLATE',
    path: 'channels.x.url',
    at: '"${HOOK"',
  },
  {
    name: 'confirm',
    source: `${HEAD}rules: [{ id: r, query: word, confirm: { sources: 2, from: two } }]`,
    code: 'E_UNKNOWN_KEY',
    path: 'rules[0].confirm.from',
    at: 'from',
  },
  {
    name: 'quiet hours',
    source: `${HEAD}rules: [{ id: r, query: word, notify: { quiet: "22-6" } }]`,
    code: 'E_VALUE',
    path: 'rules[0].notify.quiet',
    at: '"22-6"',
  },
  {
    name: 'grouping',
    source: `${HEAD}rules: [{ id: r, query: word, notify: { group_by: stories } }]`,
    code: 'E_VALUE',
    path: 'rules[0].notify.group_by',
    at: 'stories',
  },
  {
    name: 'a development',
    source: `${HEAD}rules: [{ id: r, query: word, notify: { on: [figures] } }]`,
    code: 'E_VALUE',
    path: 'rules[0].notify.on[0]',
    at: 'figures',
  },
  {
    name: 'a planned channel',
    source: `${HEAD}${RULE}\nchannels: { x: { kind: pushover } }`,
    code: 'E_NOT_SUPPORTED',
    path: 'channels.x.kind',
    at: 'pushover',
    hint: 'template',
  },
  {
    name: 'a list too long',
    source: `${HEAD}${RULE}\nconcepts: { x: { terms: [${'ab, '.repeat(1500)}ab], exact: [${'cd, '.repeat(600)}cd] } }`,
    code: 'E_LIMIT',
    path: 'concepts.x',
    at: '{ terms',
  },
  {
    name: 'a list of one key too long',
    source: `${HEAD}${RULE}\nconcepts: { x: { terms: [${'ab, '.repeat(2100)}ab] } }`,
    code: 'E_LIMIT',
    path: 'concepts.x.terms',
    at: '[ab',
  },
  {
    name: 'more bytes than letters',
    source: `${HEAD}${RULE}\n# ${'파병'.repeat(900_000)}`,
    code: 'E_LIMIT',
    path: '',
    at: '',
  },
  {
    name: 'deep nesting',
    source: `${HEAD}${RULE}\nx: ${'['.repeat(300)}`,
    code: 'E_LIMIT',
    path: '',
    at: '[',
  },
  {
    name: 'an alias bomb',
    source: `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((id, at) => `${id}: &${id} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`).join('\n')}`,
    code: 'E_LIMIT',
    path: '',
    at: '',
  },
];

test('what is missing or too much is said in words of ours', () => {
  const said = (source: string) => readConfig(source, { hasVariable: null }).problems[0]?.message;
  expect([
    said(`${HEAD}${RULE}\n---\nversion: 1\n`),
    said(`${FEED}\n${RULE}`),
    said(`version: 2\n${FEED}\n${RULE}`),
    said(`${HEAD}rules: [{ id: r, query: word, confirm: { within: 24 } }]`),
    said(`${HEAD}rules: [{ id: r, query: word, severity: 5 }]`),
  ]).toEqual([
    'a second document begins here, but only one is read',
    "the key 'version' is missing",
    'expected 1',
    'expected a duration',
    'expected one of "info", "low", "medium", "high", "critical"',
  ]);
});

describe('a mistake has a code and a place', () => {
  test.each(CASES)('$name', ({ source, code, path, at, hint }) => {
    const { problems } = readConfig(source, { hasVariable: () => false });
    const found = problems.find((problem) => problem.code === code);
    expect(found, JSON.stringify(problems)).toBeDefined();
    if (path !== '') expect(found?.path).toBe(path);
    expect(source.slice(found?.offset).startsWith(at)).toBe(true);
    const lines = source.slice(0, found?.offset).split('\n');
    expect([found?.line, found?.column]).toEqual([lines.length, (lines.at(-1)?.length ?? 0) + 1]);
    if (hint !== undefined) expect(found?.hint ?? '').toContain(hint);
  });
});

/** Query (or lists), code, what is underlined. */
const RULES: readonly (readonly [string, string, string, string])[] = [
  ['@nowhere', '', 'E_UNKNOWN_ID', '@nowhere'],
  ['@a1', 'concepts: { a1: { terms: [abc], include: [b1] }, b1: { include: [a1] } }', 'E_CYCLE', 'b1]'],
  ['@a1', 'concepts: { a1: { include: [zz] } }', 'E_UNKNOWN_ID', 'zz]'],
  ['@a1', 'concepts: { a1: { terms: ["ab*"] } }', 'E_WILD_SHORT', 'ab*'],
  ['@a1', 'concepts: { a1: { langs: { ru: [солдат*3, "солд*ат"] } } }', 'E_SYNTAX', 'солд*ат'],
  ['@a1', 'concepts: { a1: { terms: [abc], not_in: ["@zz"] } }', 'E_UNKNOWN_ID', '"@zz"'],
  ['NOT word', '', 'E_NO_ANCHOR', '|'],
  ['lang:fr', '', 'E_NO_ANCHOR', '|'],
  ['word OR lang:fr', '', 'E_NO_ANCHOR', '|'],
  ['QTY > 3', '', 'E_NO_ANCHOR', '|'],
  ['x1x AND\n  (y1y OR z1z AND w1w)', '', 'E_MIXED_AND_OR', 'AND w1w'],
  ['the AND word', '', 'W_COMMON_TERM', 'the'],
  ['(and OR word)', '', 'W_LOWERCASE_OPERATOR', 'and'],
  ['word', 'concepts: { a1: { terms: [abc] } }', 'W_UNUSED_ID', '{ terms'],
  ['@a1', 'concepts: { a1: { terms: [Café, CAFE] } }', 'W_DUP_TERM', 'CAFE'],
  [
    '@a1 AND @b1',
    'concepts: { a1: { langs: { fr: [abc], de: [abd] } }, b1: { langs: { fr: [xyz] } } }',
    'W_LANG_GAP',
    '|',
  ],
  ['word NOT word', '', 'W_CONTRADICTION', 'NOT word'],
  ['(word NEAR/3 other) AND NOT (film OR other)', '', 'W_CONTRADICTION', 'NOT (film'],
  [
    'x1x AND @a1 AND NOT @b1',
    'concepts: { a1: { terms: [abc] }, b1: { terms: [xyz], include: [a1] } }',
    'W_CONTRADICTION',
    'NOT @b1',
  ],
  ['word AND re:"a.c"', '', 'W_NO_LITERAL', 're:"a.c"'],
  ['word AND re:"(abc"', '', 'E_REGEX', 're:"(abc"'],
  ['word AND re:"a*"', '', 'E_REGEX', 're:"a*"'],
  ['word AND re:"((a{1,30}){1,30}b){1}(a{1,30}){1,30}"', '', 'E_LIMIT', 're:"(('],
];

/** Rules that say what a warning is near to, and mean it. */
const QUIET: readonly (readonly [string, string, string])[] = [
  ['word NOT title:word', '', 'W_CONTRADICTION'],
  ['(word OR other) NOT word', '', 'W_CONTRADICTION'],
  ['word NOT (word NEAR/3 film)', '', 'W_CONTRADICTION'],
  ['word AND re:"abc|def"', '', 'W_NO_LITERAL'],
  [
    '(@a1 AND @b1) OR @a1',
    'concepts: { a1: { langs: { fr: [abc], de: [abd] } }, b1: { langs: { fr: [xyz] } } }',
    'W_LANG_GAP',
  ],
  [
    '@a1 NOT @b1',
    'concepts: { a1: { langs: { fr: [abc], de: [abd] } }, b1: { langs: { fr: [xyz] } } }',
    'W_LANG_GAP',
  ],
  ['@a1 AND @b1', 'concepts: { a1: { langs: { fr: [abc] } }, b1: { terms: [xyz] } }', 'W_LANG_GAP'],
];

test.each(QUIET)('%s %s is no %s', (query, lists, code) => {
  const { problems } = compiled(`${HEAD}${lists}\nrules:\n  - { id: r, query: ${JSON.stringify(query)} }\n`);
  expect(problems.map((problem) => problem.code)).not.toContain(code);
});

test('a language gap names the list that lacks it, on the way that lacks fewest', () => {
  const lists =
    'concepts: { a1: { langs: { fr: [abc], de: [abd], ko: [한국] } }, b1: { langs: { fr: [xyz] } }, c1: { langs: { fr: [uvw], de: [uvx] } } }';
  const { problems } = compiled(
    `${HEAD}${lists}\nrules:\n  - { id: r, query: "(@a1 AND @b1) OR (@a1 AND @c1)" }\n`,
  );
  const gap = problems.find(({ code }) => code === 'W_LANG_GAP');
  expect(gap?.message).toContain('@b1 lacks ko');
  expect(gap?.message).not.toContain('de');
});

test.each([
  ['an unknown key', 'serverity: high', 'E_UNKNOWN_KEY'],
  ['an unknown channel', 'notify: { to: [none] }', 'E_UNKNOWN_CHANNEL'],
])('a mistake in an expression is reported together with %s', (_name, line, code) => {
  const source = `${HEAD}rules:\n  - id: r\n    query: storm or rain\n    ${line}\n`;
  const { problems } = readConfig(source, { hasVariable: null });
  expect(problems.map((problem) => [problem.code, problem.path])).toEqual([
    ['E_MISSING_OPERATOR', 'rules[0].query'],
    [code, expect.stringContaining('rules[0]')],
  ]);
});

test('a weak secret is told without being shown', () => {
  const source = `${HEAD}rules: [{ id: r, query: word, notify: { to: [hook] } }]\nchannels:\n  hook: { kind: webhook, url: "https://example.org/h", secret: "hunter2hunter2", colour: red }\n`;
  const { problems } = readConfig(source, { hasVariable: null });
  const shown = problems.map((problem) => formatProblem(problem, source, 'c.yaml')).join('\n');
  expect(shown).toContain('E_UNKNOWN_KEY');
  expect(shown).not.toContain('hunter2');
  const weak = readConfig(source.replace(', colour: red', ''), { hasVariable: null });
  expect(weak.problems.map(({ code }) => code)).toEqual(['W_WEAK_SECRET', 'W_LITERAL_SECRET']);
  const strong = source.replace('hunter2hunter2', 'x'.repeat(24)).replace(', colour: red', '');
  expect(readConfig(strong, { hasVariable: null }).problems.map(({ code }) => code)).toEqual([
    'W_LITERAL_SECRET',
  ]);
});

describe('a mistake in a rule has its place in the document', () => {
  test.each(RULES)('%s %s: %s', (query, lists, code, at) => {
    const source = `${HEAD}${lists}\nrules:\n  - id: r\n    query: |\n${query.replace(/^/gmu, '      ')}\n`;
    const { problems } = compiled(source);
    const found = problems.find((problem) => problem.code === code);
    expect(found, JSON.stringify(problems)).toBeDefined();
    expect(source.slice(found?.offset).startsWith(at)).toBe(true);
  });
  test('a failing test is an error at the test', () => {
    const source = `${HEAD}rules:\n  - id: r\n    query: word\n    tests: { match: [other], no_match: [a word] }\n`;
    const { binary, problems } = compiled(source);
    expect(binary).toBeNull();
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['E_TEST_FAILED', 'rules[0].tests.match[0]'],
      ['E_TEST_FAILED', 'rules[0].tests.no_match[0]'],
    ]);
    expect(source.slice(problems[0]?.offset).startsWith('other')).toBe(true);
  });
});

test('a document says what is meant where it is silent', () => {
  const { config, problems } = readConfig(
    `version: 1
feeds:
  - { url: https://a.example/rss, every: 5m, tags: korea, auth: { bearer: "\${TOKEN}" } }
  - { url: https://a.example/rss, tags: [asia] }
rules:
  - { id: r, query: word, backfill: 24h }
channels: { log: { kind: console } }
`,
    { hasVariable: null },
  );
  expect(problems.map((problem) => problem.code)).toEqual(['W_DUP_FEED', 'W_NO_CHANNEL']);
  expect(config?.feeds).toEqual([
    expect.objectContaining({
      id: 'a.example/rss',
      everyMs: 300_000,
      tags: ['korea', 'asia'],
      paused: false,
    }),
  ]);
  expect(config?.rules[0]).toMatchObject({
    title: 'r',
    severity: 'medium',
    notify: { to: [], on: ['first'] },
    backfillMs: 86_400_000,
  });
});

describe('more polls than ticks can make', () => {
  const of = (count: number, more: string, from = 0) =>
    Array.from({ length: count }, (_, at) => `  - { url: "https://a.example/${from + at}"${more} }\n`).join(
      '',
    );
  const told = (feeds: string, floorMs = 300_000) =>
    readConfig(`version: 1\nfeeds:\n${feeds}${RULE}`, { hasVariable: null, floorMs }).problems.filter(
      ({ code }) => code === 'W_TOO_MANY_POLLS',
    );

  test.each([
    ['just as many', of(200, ', every: 5m')],
    ['many that rarely ask', of(2_000, ', every: 1h')],
    ['feeds without every adapt', of(2_000, '')],
    ['paused ones', of(150, ', every: 5m') + of(200, ', every: 5m, paused: true', 150)],
    ['one feed listed twice', of(150, ', every: 5m') + of(150, ', every: 5m')],
    ['no sum of fractions', of(280, ', every: 7m')],
  ])('%s: none', (_name, feeds) => expect(told(feeds)).toEqual([]));

  test.each([
    [
      'one more',
      of(201, ', every: 5m'),
      '201 feeds',
      '40.2 polls',
      'every: 5m will be polled every 5.1 minutes',
    ],
    [
      'a crowd',
      of(2_000, ', every: 5m'),
      '2000 feeds',
      '400 polls',
      'every: 5m will be polled every 50 minutes',
    ],
    [
      'a paid plan',
      of(80, ', every: 90s'),
      '80 feeds',
      '53.4 polls',
      'every: 90s will be polled every 2 minutes',
    ],
    [
      'quick and slow',
      of(300, ', every: 5m') + of(600, ', every: 1h', 300),
      '900 feeds',
      '70 polls',
      'every: 5m will be polled every 9.8 minutes',
    ],
  ])('%s: how many, and what becomes of it', (_name, feeds, ...parts) => {
    const problems = told(feeds, 60_000);
    expect(problems).toMatchObject([{ level: 'warning', path: 'feeds' }]);
    for (const part of [...parts, '40 are made']) expect(problems[0]?.message).toContain(part);
  });
});

test('language no stays a text', () => {
  const { config } = readConfig(`version: 1\nfeeds: [{ url: "https://a.example/", lang: no }]\n${RULE}`, {
    hasVariable: null,
  });
  expect(config?.feeds[0]?.lang).toBe('no');
});

test('a problem is shown with its line, a caret and a hint', () => {
  const source = `${HEAD}rules:\n  - id: r\n    query: 북한군 병력\n`;
  const [problem] = compiled(source).problems;
  expect(formatProblem(problem!, source, 'watch.yaml')).toBe(
    [
      "watch.yaml:5:16: error E_MISSING_OPERATOR: an operator is missing before '병력'",
      '      query: 북한군 병력',
      '                    ^^^^',
      '  hint: quote the phrase, "북한군 병력", or write AND between the words',
    ].join('\n'),
  );
});

test.each([
  ['its old name', 'rehearsal: true', true],
  ['its new name', 'test_mode: true', true],
  ['both names: the new one counts', 'rehearsal: true, test_mode: false', false],
  ['no name', 'title: r', false],
])('in a document that was in force under an older release, a key has %s', (_name, key, testMode) => {
  const source = `${HEAD}rules: [{ id: r, query: word, ${key} }]`;
  const { config, problems } = readConfig(source, { hasVariable: null, isStored: true });
  expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
  expect(config?.rules[0]?.testMode).toBe(testMode);
});

test('in a document that was in force under an older release, options that are gone count as what did the same', () => {
  const source = `${HEAD}rules: [{ id: r, query: word, confirm: { sources: 3, same: rule }, notify: { group_by: rule } }]`;
  const { config, problems } = readConfig(source, { hasVariable: null, isStored: true });
  expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
  expect(config?.rules[0]).toMatchObject({ confirm: { sources: 3 }, notify: { groupBy: 'story' } });
});
