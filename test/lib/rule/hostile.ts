/** Generates hostile expressions and configurations from a seed: deep, cyclic, huge, polluting, misleading. */

/** Small and repeatable. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Hostile {
  readonly name: string;
  readonly source: string;
}

/** A canary: what stands beside a secret key must never come back in a problem that is shown. */
export const CANARY = 'canary-4f1d9b';
const HEAD = 'version: 1\nfeeds: [{ url: https://example.org/rss }]\n';
const WORDS = [
  'word',
  '북한',
  '朝鲜',
  'ทหาร',
  'قوات',
  'a',
  '',
  '*',
  'ab*',
  '*x*',
  'é',
  'İ',
  '\u202eevil',
  '\u200b',
  '\ud800',
  '𠮷',
  '\0',
  '"',
  '\\',
  '@nk',
  '@',
  '=',
  '="US"',
  're:"a+"',
  're:"("',
  're:"(a{1,99}){1,99}"',
  '__proto__',
  'constructor',
  '1e999',
  '999999999999999999999999',
  '-1',
  'NaN',
  'NEAR/5',
  'AND',
  'OR',
  'NOT',
  '(',
  ')',
  ',',
  'ANY/2(',
  'COUNT(',
  ') >= 1000',
  'ATLEAST/9',
  'title:',
  'lang:fr',
  'SENTENCE',
  'QTY > 1',
  '\t',
  '\n',
];
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'rules',
  'feeds',
  'url',
  'id',
  'query',
  'terms',
  'include',
  'langs',
  'secret',
  'no',
  'null',
  '~',
  'true',
  '1',
  '',
  ' ',
  '한국',
  '\u202e',
];
const VALUES = [
  'null',
  '~',
  'true',
  '1',
  '-1',
  '1e400',
  '.inf',
  '.nan',
  '0x10',
  '0o17',
  '""',
  '[]',
  '{}',
  '[[[]]]',
  '!!binary aGk=',
  '!!js/function x',
  '2024-10-18',
  "'x'",
  '|\n  x',
  '&a [*a]',
  '*a',
  '<<',
  '"\\u0000"',
  '"\\ud800"',
  `\${HOME}`,
  `\${VIGIE_TOKEN}`,
  'https://[::1]/',
  'javascript:alert(1)',
  '999999999999999999999999',
];

type Make = (next: () => number) => string;

const pickFrom = <T>(next: () => number, list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
const upTo = (next: () => number, most: number): number => Math.floor(next() * most);
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

function ruleOf(query: string, more = ''): string {
  return `${HEAD}${more}rules: [{ id: r, query: ${JSON.stringify(query)} }]\n`;
}

const KINDS: Readonly<Record<string, Make>> = {
  'soup of operators': (next) => ruleOf(times(1 + upTo(next, 60), () => pickFrom(next, WORDS)).join(' ')),
  'units of any kind': (next) =>
    ruleOf(times(upTo(next, 200), () => String.fromCharCode(upTo(next, 0x10000))).join('')),
  'deep brackets': (next) => ruleOf(`${'('.repeat(upTo(next, 4_000))}word${')'.repeat(upTo(next, 4_000))}`),
  'deep NOT': (next) => ruleOf(`word AND ${'NOT '.repeat(upTo(next, 2_000))}word`),
  'long NEAR chain': (next) =>
    ruleOf(times(2 + upTo(next, 400), () => 'word').join(` NEAR/${upTo(next, 60)} `)),
  'wide OR': (next) => ruleOf(times(2 + upTo(next, 900), (at) => `w${at}x`).join(' OR ')),
  'unclosed quote': (next) => ruleOf(`word AND "${'x '.repeat(upTo(next, 3_000))}`),
  'giant number': (next) =>
    ruleOf(`COUNT(word, ${'9'.repeat(upTo(next, 40))}) >= ${'9'.repeat(upTo(next, 60))}M`),
  'pattern that attacks': (next) =>
    ruleOf(
      `re:"${pickFrom(next, ['(a+)+$', '(a|aa)+$', '([a-z]+)*!', '(.*a){30}', '((((a?)?)?)?)?b', '(?i)(x+x+)+y', '\\\\p{L}{1,500}', '(?=a)', '(\\\\1)', '[[:foo:]]', '(?P<a'])}${'a'.repeat(upTo(next, 1_200))}"`,
    ),
  'cycle of includes': (next) => {
    const count = 2 + upTo(next, 200);
    const lists = times(
      count,
      (at) => `  c${at}: { terms: [word${at}x], include: [c${(at + 1) % count}, c${upTo(next, count)}] }`,
    );
    return `${HEAD}concepts:\n${lists.join('\n')}\nrules: [{ id: r, query: "@c0" }]\n`;
  },
  'shadows of shadows': (next) => {
    const count = 2 + upTo(next, 60);
    const lists = times(
      count,
      (at) => `  c${at}: { terms: [word${at}x], not_in: ["@c${upTo(next, count)}"] }`,
    );
    return `${HEAD}concepts:\n${lists.join('\n')}\nrules: [{ id: r, query: "@c0 AND @c1" }]\n`;
  },
  'huge list': (next) => {
    const terms = times(upTo(next, 2_500), (at) => `w${at}${pickFrom(next, ['x', 'y*', 'ß', ' z'])}`);
    return `${HEAD}concepts: { c: { terms: ${JSON.stringify(terms)} } }\nrules: [{ id: r, query: "@c" }]\n`;
  },
  'polluting keys': (next) => {
    const inner = times(
      1 + upTo(next, 6),
      () => `${JSON.stringify(pickFrom(next, KEYS))}: { polluted: yes, terms: [word] }`,
    );
    return `${HEAD}concepts: { ${inner.join(', ')} }\n${JSON.stringify(pickFrom(next, KEYS))}: { polluted: yes }\nrules: [{ id: r, query: word }]\n`;
  },
  'values of other kinds': (next) => {
    const fields = [
      'id',
      'title',
      'severity',
      'query',
      'score',
      'where',
      'quantity',
      'notify',
      'tests',
      'backfill',
    ];
    const rows = times(4, () => `    ${pickFrom(next, fields)}: ${pickFrom(next, VALUES)}`);
    return `${HEAD}rules:\n  - id: r\n${rows.join('\n')}\n`;
  },
  'feeds and channels of other kinds': (next) =>
    `version: ${pickFrom(next, VALUES)}\nfeeds: [{ url: ${pickFrom(next, VALUES)}, every: ${pickFrom(next, VALUES)} }]\nrules: [{ id: r, query: word }]\nchannels: { hook: { kind: webhook, url: ${pickFrom(next, VALUES)}, secret: ${CANARY}, ${JSON.stringify(pickFrom(next, KEYS))}: 1 } }\n`,
  'alias bomb': (next) => {
    const levels = 2 + upTo(next, 12);
    const lines = times(
      levels,
      (at) => `a${at}: &a${at} [${times(9, () => (at === 0 ? 'x' : `*a${at - 1}`)).join(', ')}]`,
    );
    return `${lines.join('\n')}\nrules: *a${levels - 1}\n`;
  },
  'deep values': (next) => {
    const depth = upTo(next, 3_000);
    return `${HEAD}rules: ${pickFrom(next, ['[', '{ a: ', '- ']).repeat(depth)}x\n`;
  },
  'many rules with one id': (next) =>
    `${HEAD}rules: [${times(upTo(next, 300), () => '{ id: r, query: word }').join(', ')}]\n`,
  'broken text': (next) => {
    const whole = ruleOf(
      'word NEAR/3 other',
      'concepts: { c: { terms: [abc, "d e"] } }\nchannels: { hook: { kind: webhook, url: "https://example.org/", secret: "canary-4f1d9b" } }\n',
    );
    const at = upTo(next, whole.length);
    return `${whole.slice(0, at)}${pickFrom(next, WORDS)}${whole.slice(at + upTo(next, 20))}`;
  },
  'tests that ask for much': (next) => {
    const title = pickFrom(next, [
      'a'.repeat(1_999),
      '中'.repeat(1_999),
      'word '.repeat(399),
      '1'.repeat(1_999),
      '1,'.repeat(999),
      'million '.repeat(249),
    ]);
    return `${HEAD}rules: [{ id: r, query: ${JSON.stringify(pickFrom(next, ['word NEAR/5 word', '中 AND (中中 OR 中中中)', 'COUNT(word) >= 1', 'ATLEAST/9 (中 NEAR/3 中)', 're:"(a|aa)+$"']))}, tests: { match: [${JSON.stringify(title)}] } }]\n`;
  },
};

/** @returns `count` documents, every kind in turn */
export function hostileDocuments(seed: number, count: number): Hostile[] {
  const next = numbers(seed);
  const kinds = Object.entries(KINDS);
  return times(count, (at) => {
    const [name, make] = kinds[at % kinds.length]!;
    return { name, source: make(next) };
  });
}
