/** The rules of the house (ARCHITECTURE.md, Invariants) as tests: layers, file length, file heads, purity. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const FILE_LINES_MAX = 400;
const ROOTS = ['lib', 'worker', 'cli', 'web'];
/** Lower rooms first: a file imports its own layer or a lower one. */
const LAYERS = [
  'lib/model',
  'lib/text',
  'lib/feed',
  'lib/poll',
  'lib/packs',
  'lib/rule',
  'lib/match',
  'lib/story',
  'lib/alert',
  'lib/deliver',
  'worker',
  'cli',
  'web',
];
/** What the pure core never names: clocks, chance, the platform, the network. */
const IMPURE = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bperformance\.now\b/,
  /\bconsole\./,
  /\bfetch\(/,
  /\bsetTimeout\b/,
  /\bcrypto\.(getRandomValues|randomUUID)\b/,
  /from '(node|cloudflare):/,
];

const files = ROOTS.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(root, name))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('web/dist')),
);
const layerOf = (file: string) => LAYERS.findIndex((layer) => file.startsWith(`${layer}/`));
const importsOf = (source: string) =>
  [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((m) => m[1] ?? '');

describe('every file', () => {
  test.each(files)('%s keeps the rules of the house', (file) => {
    const source = readFileSync(file, 'utf8');
    expect(layerOf(file), 'is in a named layer').toBeGreaterThanOrEqual(0);
    if (!file.endsWith('.gen.ts')) {
      expect(source.split('\n').length, 'file length').toBeLessThanOrEqual(FILE_LINES_MAX);
    }
    expect(source.replace(/^#!.*\n/, '').startsWith('/**'), 'opens by saying what it is for').toBe(true);
    for (const specifier of importsOf(source)) {
      const target = posix.join(posix.dirname(file), specifier);
      expect(layerOf(target), `${specifier}: imports go down`).toBeLessThanOrEqual(layerOf(file));
    }
    if (file.startsWith('lib/')) {
      const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      for (const name of IMPURE) expect(code, 'the core is pure').not.toMatch(name);
    }
  });
});

test('no file imports itself by way of others', () => {
  const targets = new Map(
    files.map((file) => [
      file,
      importsOf(readFileSync(file, 'utf8')).map((to) => posix.join(posix.dirname(file), to)),
    ]),
  );
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const target of targets.get(file) ?? []) {
      const circle = circleFrom(target, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  expect(files.map((file) => circleFrom(file, [])).filter((circle) => circle !== null)).toEqual([]);
});

describe('only the room named for it', () => {
  const worker = files
    .filter((file) => file.startsWith('worker/'))
    .map((file) => [file, readFileSync(file, 'utf8')]);
  const outside = (allowed: RegExp, pattern: RegExp) =>
    worker
      .filter(([file = '', source = '']) => !allowed.test(file) && pattern.test(source))
      .map(([file]) => file);

  test('worker/net calls out', () => {
    expect(outside(/^worker\/net\//, /(?<![.\w])fetch\(/)).toEqual([]);
  });
  test('worker/http knows hono', () => {
    expect(outside(/^worker\/http\//, /from 'hono/)).toEqual([]);
  });
  test('worker/settings.ts knows the names of variables', () => {
    expect(outside(/^worker\/settings\.ts$/, /'VIGIE_(?!TOKEN_SHA256')|\benv\[/)).toEqual([]);
  });
  test('worker/store knows KV', () => {
    expect(outside(/^worker\/(store\/|env\.ts)/, /KVNamespace|\.SEEN\.(get|put)/)).toEqual([]);
  });
});

describe('the pages', () => {
  const pages = files
    .filter((file) => file.startsWith('web/'))
    .map((file): [string, string] => [file, readFileSync(file, 'utf8')]);

  test.each(pages)('%s imports lib/ and web/ alone', (file, source) => {
    for (const specifier of importsOf(source)) {
      const target = posix.join(posix.dirname(file), specifier);
      expect(target, 'the API is the only way to the Worker').toMatch(/^(lib|web)\//);
      const page = /^web\/pages\/([^/]+)\//.exec(target)?.[1];
      const own = /^web\/pages\/([^/]+)\//.exec(file)?.[1];
      if (own !== undefined && page !== undefined) expect(page, 'a page is one folder').toBe(own);
    }
  });
  test('text never becomes markup', () => {
    const ways =
      /innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc/;
    expect(pages.filter(([, source]) => ways.test(source)).map(([file]) => file)).toEqual([]);
  });
  test('nothing secret is stored', () => {
    const stores = pages.filter(([, source]) =>
      /localStorage|sessionStorage|indexedDB|document\.cookie/.test(source),
    );
    // Preferences, a draft of the document (which holds names of secrets, not secrets), and a copy of the archive.
    expect(stores.map(([file]) => file).sort()).toEqual([
      'web/archive/forget.ts',
      'web/archive/store.ts',
      'web/parts/draft.ts',
      'web/parts/prefs.ts',
    ]);
  });
});

describe('the picture in ARCHITECTURE.md', () => {
  /** Everybody may use these: their arrows would hide the others. */
  const LEFT_OUT = ['lib/model', 'lib/text'];
  /** Pages are many and alike: one room. */
  const roomOf = (folder: string) => folder.replace(/^web\/pages\/.*/, 'web/pages');

  test('has just the arrows that the code has', () => {
    const arrows = new Set<string>();
    for (const file of files) {
      const from = roomOf(posix.dirname(file));
      for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
        const to = roomOf(posix.dirname(posix.join(posix.dirname(file), specifier)));
        if (to !== from && ![from, to].some((folder) => LEFT_OUT.includes(folder)))
          arrows.add(`${from} --> ${to}`);
      }
    }
    const picture = /```mermaid\n([\s\S]*?)```/.exec(readFileSync('ARCHITECTURE.md', 'utf8'))?.[1] ?? '';
    const drawn = picture
      .split('\n')
      .filter((line) => line.includes('-->'))
      .map((line) => line.trim());
    expect(drawn.sort()).toEqual([...arrows].sort());
  });
});

test('the version that publishers see is the package’s', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('worker/version.ts', 'utf8')).toContain(`'${version}'`);
});
