/** The rules of the house (ARCHITECTURE.md, Invariants) as tests: layers, file length, file heads, purity. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVERYBODY, FOLDER_IMPORTS } from './house-imports.ts';

const FILE_LINES_MAX = 400;
const FOLDER_FILES_MAX = 18;
const ROOTS = ['lib', 'worker', 'cli', 'web'];
/** Lower layers first: a file imports its own layer or a lower one. */
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
  'lib/config',
  'lib/api',
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
  // Not the file of the channel of that name.
  /\bconsole\.(?!ts')/,
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

describe('only the folder named for it', () => {
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
  test('take types alone from the schemas of the API: zod stays out of their scripts', () => {
    const values = pages.flatMap(([file, source]) =>
      [...source.matchAll(/^import (?!type )[^;]*? from '([^']*\/lib\/api\/[^']*)'/gm)].map(
        ([, from]) => `${file}: ${posix.basename(from ?? '')}`,
      ),
    );
    // The archive of the browser reads and writes lines of the API; this file has no schema.
    expect(new Set(values.map((value) => value.replace(/^web\/archive-worker\/.*: /, '')))).toEqual(
      new Set(['archive-line.ts']),
    );
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
      'web/archive-worker/forget.ts',
      'web/archive-worker/store.ts',
      'web/state/draft.ts',
      'web/state/prefs.ts',
    ]);
  });
});

describe('folders', () => {
  /** A page is a folder of its own kind: pages never import each other. */
  const folderOf = (file: string) => posix.dirname(file).replace(/^web\/pages\/.*/, 'web/pages');
  /** Files at the top of worker/ that everything below may use; `index.ts` is the only one above the folders. */
  const BASE = /^worker\/(env|settings|log|version)\.ts$/;

  test('import only what is listed here', () => {
    const imports = new Map<string, Set<string>>();
    for (const file of files) {
      // A type costs nothing at run time: the bindings name the class of the desk.
      const source = readFileSync(file, 'utf8');
      for (const specifier of importsOf(
        BASE.test(file) ? source.replace(/^import type .*$/gm, '') : source,
      )) {
        const target = posix.join(posix.dirname(file), specifier);
        const [from, to] = [file, target].map((one) => (BASE.test(one) ? 'worker (base)' : folderOf(one)));
        if (from === undefined || to === undefined || from === to || EVERYBODY.has(to)) continue;
        imports.set(from, (imports.get(from) ?? new Set()).add(to));
      }
    }
    const found = Object.fromEntries(
      [...imports].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, to]) => [from, [...to].sort()]),
    );
    expect(found).toEqual(FOLDER_IMPORTS);
  });

  test('do not import each other in a circle', () => {
    const open = new Map(Object.entries(FOLDER_IMPORTS).map(([from, to]) => [from, new Set<string>(to)]));
    // Folders whose imports are all resolved are taken away until none is left; a circle stays behind.
    for (let before = -1; before !== open.size; ) {
      before = open.size;
      for (const [from, to] of open) if ([...to].every((one) => !open.has(one))) open.delete(from);
    }
    expect([...open.keys()]).toEqual([]);
  });

  test('hold at most 18 files', () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(posix.dirname(file), (counts.get(posix.dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > FOLDER_FILES_MAX)).toEqual([]);
  });
});

describe('documents', () => {
  const COLUMNS_MAX = 120;
  /** Cannot be wrapped. */
  const ONE_LINK = /^\s*(?:[-*] |\d+\. )?!?\[[^\]]*\]\([^)]*\)\S?$/;
  /** A path of the repository, not part of an address or a longer name; a placeholder may follow. */
  const PATH =
    /(?<![\w./@<>-])(?:\.\.\/)*((?:lib|worker|web|cli|scripts|test|demo|bench|docs|config|\.ci|\.github)\/[\w./-]*[\w/])([<*{…])?/g;
  /** Built, or written by a command that the document shows. */
  const MADE = new Set(['web/dist', 'config/imported.yaml']);
  const tracked = (...patterns: string[]) =>
    execFileSync('git', ['ls-files', ...patterns], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  const documents = tracked('*.md').map((file): [string, string] => [file, readFileSync(file, 'utf8')]);

  /** A vitest filter such as `test/worker/outbox` names a test file by its beginning. */
  const exists = (path: string) => existsSync(path) || existsSync(`${path}.test.ts`) || MADE.has(path);
  const missingIn = (text: string) =>
    [...text.matchAll(PATH)]
      .flatMap(([, path = '', placeholder]) => (placeholder === undefined ? [path.replace(/\/$/, '')] : []))
      .filter((path) => !exists(path));
  /** As GitHub names headings in addresses. */
  const headingsOf = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replace(/[^\p{L}\p{N}_-]/gu, (mark) => (mark === ' ' ? '-' : '')),
    );

  test.each(documents)('%s is wrapped at 120 characters', (_file, text) => {
    const prose = text.replace(/^ *```[\s\S]*?^ *```$|^\s*\|.*$|^#.*$/gm, '');
    const long = prose.split('\n').filter((line) => line.length > COLUMNS_MAX && !ONE_LINK.test(line));
    expect(long).toEqual([]);
  });
  test.each(documents)('%s names files and headings that exist', (file, text) => {
    if (file !== 'CHANGELOG.md') expect(missingIn(text)).toEqual([]); // It names files as they were.
    const links = [...text.matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    const broken = links.filter(([, path = '', heading]) => {
      const target = path === '' ? file : posix.join(posix.dirname(file), path);
      if (!existsSync(target)) return true;
      return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
  test('comments name files that exist', () => {
    const sources = tracked('lib', 'worker', 'web', 'cli', 'scripts').filter((file) => /\.tsx?$/.test(file));
    const missing = sources.map((file) => {
      const comments = readFileSync(file, 'utf8').match(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm) ?? [];
      return `${file}: ${missingIn(comments.join('\n')).join(' ')}`;
    });
    expect(missing.filter((line) => !line.endsWith(': '))).toEqual([]);
  });

  test('docs/decisions/dependencies.md lists the packages of package.json, and no others', () => {
    const text = readFileSync('docs/decisions/dependencies.md', 'utf8');
    const listed = [...text.matchAll(/^\| (?!package|-)([^|]+?) *\|/gm)].flatMap(([, names = '']) =>
      names.split(/[,;] /),
    );
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    expect([...new Set(listed)].sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
  });
});

describe('words', () => {
  /** Retired: ARCHITECTURE.md, Words, has the term for each. Identifiers are read word by word. */
  const RETIRED =
    /\b(nobody|somebody|whoever|any more|fares|hears|tongues|leftover|told|lookout|rehears\w*)\b|\b(is|are|was|were) no (?!longer)[a-z]/i;
  /** What a release wrote, and the tagline. */
  const ALLOWED = [
    /^worker\/desk\/table\/schema\.ts: /,
    /^lib\/(config\/document\/old-keys|match\/compile\/bundle)\.ts: .*rehearsal/,
    /^README\.md: _Vigie_ \(French: the lookout/,
  ];
  const sources = execFileSync(
    'git',
    [
      'ls-files',
      'lib',
      'worker',
      'web',
      'cli',
      'scripts',
      'docs',
      'README.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'RELEASE.md',
    ],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((file) => /\.(tsx?|md|css|html)$/.test(file) && !file.endsWith('.gen.ts'));

  test('that were retired are gone from code and documents', () => {
    const found = sources.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => RETIRED.test(line.replace(/([a-z])([A-Z])/g, '$1 $2')))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found.filter((line) => !ALLOWED.some((one) => one.test(line)))).toEqual([]);
  });
});

test('the version that publishers see is the package’s', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('worker/version.ts', 'utf8')).toContain(`'${version}'`);
});
