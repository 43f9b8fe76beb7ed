/** `npm start` from outside: its lines, its health, its API, and what never leaves it. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRuntimeNoise } from '../../cli/local/runtime.ts';

const SECRET = 'canary-secret-5f1c';
const ADDRESS_CANARY = 'canary-path-77aa';

let folder: string;
let config: string;
let feeds: Server;
let feedUrl: string;
let posts: { path: string; body: string }[] = [];
let running: Running | null = null;

interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

beforeAll(async () => {
  feeds = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method === 'POST') {
      posts.push({ path: request.url ?? '', body });
      response.writeHead(500).end(`told ${SECRET}`);
      return;
    }
    const item = request.url?.includes('quiet')
      ? ''
      : `<item><title>storm ${Date.now()}</title><guid>${Math.random()}</guid></item>`;
    response.end(`<rss version="2.0"><channel><title>t</title>${item}</channel></rss>`);
  });
  await new Promise<void>((done) => feeds.listen(0, '127.0.0.1', done));
  feedUrl = `http://127.0.0.1:${(feeds.address() as AddressInfo).port}`;
});
afterAll(() => {
  feeds.closeAllConnections();
  feeds.close();
});
beforeEach(() => {
  posts = [];
  folder = mkdtempSync(join(tmpdir(), 'vigie-start-'));
  config = join(folder, 'watch.yaml');
});
afterEach(async () => {
  running?.process.kill('SIGTERM');
  await running?.exited;
  running = null;
  rmSync(folder, { recursive: true, force: true });
});

function launch(
  args: readonly string[] = [],
  by: 'us' | 'npm' = 'us',
): {
  process: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
} {
  const all = [
    'cli/start.ts',
    '--port',
    '0',
    '--allow-loopback',
    '--config',
    config,
    '--state',
    join(folder, 'state'),
    ...args,
  ];
  const asNpm = `require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' })`;
  const child = spawn(process.execPath, by === 'npm' ? ['-e', asNpm, '--', ...all] : all, {
    env: {
      ...process.env,
      ...(by === 'npm' ? { npm_lifecycle_event: 'start' } : {}),
      HOOK_SECRET: SECRET,
      HOOK_URL: `${feedUrl}/${ADDRESS_CANARY}`,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return {
    process: child,
    output: () => output,
    // 'exit' comes before the last lines may have been read.
    exited: new Promise((done) => child.once('close', (code) => done(code))),
  };
}

async function start(args: readonly string[] = []): Promise<Running> {
  const child = launch(args);
  const ready = /^ready (\S+)\/#token=(\S+)\n/m;
  await until(() => ready.test(child.output()) || child.process.exitCode !== null);
  const [, url = '', token = ''] = ready.exec(child.output()) ?? [];
  if (url === '') throw new Error(`not ready: ${child.output()}`);
  running = { ...child, url, token };
  return running;
}

async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition()) && Date.now() < end) await sleep(50);
  expect(await condition()).toBe(true);
}

async function isUnreachable(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/healthz`);
    return false;
  } catch {
    return true;
  }
}

function document(change: { feed?: string; rules?: string; more?: string } = {}): string {
  return `version: 1
feeds:
  - { id: flow, url: "${change.feed ?? `${feedUrl}/feed`}", every: 5m }
rules:
${change.rules ?? '  - { id: storms, title: Storms, severity: high, query: storm*, notify: { to: [hook], group_by: none } }'}
channels:
  hook: { kind: webhook, url: "\${HOOK_URL}", secret: "\${HOOK_SECRET}" }
${change.more ?? ''}`;
}

const readiness = async (url: string) => {
  const answer = await fetch(`${url}/readyz`);
  return {
    status: answer.status,
    body: (await answer.json()) as { ready: boolean; reasons: string[]; rejected: string | null },
  };
};

describe('health', () => {
  test('is ready once ticks come', async () => {
    writeFileSync(config, document());
    const { url } = await start(['--every', '1']);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await until(async () => (await readiness(url)).status === 200);
  });

  test('a bad edit leaves the last good document in force, and says so', async () => {
    writeFileSync(config, document());
    const { url, output, token } = await start(['--every', '0']);
    writeFileSync(config, document({ rules: '  - { id: storms, qurey: storm* }' }));
    await until(async () => (await readiness(url)).body.rejected !== null);
    const { body } = await readiness(url);
    expect(body.rejected).toMatch(/^5:\d+: E_/);
    await until(() => /watch\.yaml:5:\d+: error E_/.test(output()));
    const inForce = await fetch(`${url}/api/config`, { headers: { authorization: `Bearer ${token}` } });
    expect(await inForce.text()).toBe(document());
    writeFileSync(config, document({ more: '# mended\n' }));
    await until(async () => (await readiness(url)).body.rejected === null);
  });

  test('the newest reason is told: a mistake, no file, a folder, a link to itself, too large, not UTF-8; none once it is as before', async () => {
    writeFileSync(config, document());
    const { url } = await start(['--every', '0']);
    const isTold = (reason: RegExp) =>
      until(async () => reason.test((await readiness(url)).body.rejected ?? 'nothing'));
    writeFileSync(config, document({ rules: '  - { id: storms, qurey: storm* }' }));
    await isTold(/^5:\d+: E_/);
    rmSync(config);
    await isTold(/^cannot be read \(ENOENT\)$/);
    mkdirSync(config);
    await isTold(/^cannot be read \(EISDIR\)$/);
    rmdirSync(config);
    symlinkSync(config, config);
    await isTold(/^cannot be read \(ELOOP\)$/);
    rmSync(config);
    writeFileSync(config, document({ more: `#${' '.repeat(5 * 1024 * 1024)}\n` }));
    await isTold(/at most \d+ bytes$/);
    writeFileSync(config, Buffer.from(document({ more: '# caf\xe9\n' }), 'latin1'));
    await isTold(/^8:6: E_ENCODING/);
    writeFileSync(config, document());
    await isTold(/^nothing$/);
  }, 60_000);
});

describe('a bad start', () => {
  test.each([
    ['no such file', null, /watch\.yaml: cannot be read \(ENOENT\)/],
    ['a mistake', 'version: 1\nfeeds: []\nrules: []\n', /watch\.yaml:\d+:\d+: error E_NO_FEED/],
    [
      'a variable that is not set',
      document({ more: `  other: { kind: slack, url: "\${NOT_SET_ANYWHERE}" }\n` }),
      /NOT_SET_ANYWHERE/,
    ],
  ])('%s ends with 1 and says where', async (_, source, message) => {
    if (source !== null) writeFileSync(config, source);
    const { output, exited } = launch();
    expect(await exited).toBe(1);
    expect(output()).toMatch(message);
    expect(output()).not.toContain('ready ');
  });

  test('a state folder that another service uses ends with 1; after kill -9 it is free, and its runtime ended', async () => {
    writeFileSync(config, document());
    const first = await start(['--every', '0']);
    const second = launch(['--every', '0']);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain('another service uses it');
    first.process.kill('SIGKILL');
    await first.exited;
    await start(['--every', '0']);
    await until(() => isUnreachable(first.url));
  });

  test('npm stopped by its number: the service stops too', async () => {
    writeFileSync(config, document());
    const npm = launch(['--every', '0'], 'npm');
    const ready = /^ready (\S+)\/#\S+\n/m;
    await until(() => ready.test(npm.output()));
    const [, url = ''] = ready.exec(npm.output()) ?? [];
    npm.process.kill('SIGKILL');
    await until(() => isUnreachable(url));
    // The service has its output: nobody writes to the folder any more.
    await npm.exited;
  });

  test('a port that is taken ends with 1, in one line', async () => {
    writeFileSync(config, document());
    const { output, exited } = launch(['--every', '0', '--port', new URL(feedUrl).port]);
    expect(await exited).toBe(1);
    expect(output()).toMatch(/^start: port \d+ on 127\.0\.0\.1 is in use; give another --port\n$/);
  });

  test('a wrong option ends with 2', async () => {
    const { output, exited } = launch(['--prot', '1']);
    expect(await exited).toBe(2);
    expect(output()).toContain('usage:');
  });
});

describe('the API', () => {
  test('wants the token, and takes a document by it', async () => {
    writeFileSync(config, document());
    const { url, token } = await start(['--every', '0']);
    const put = (headers: Record<string, string>, body: string) =>
      fetch(`${url}/api/config`, { method: 'PUT', headers, body });
    const authorization = `Bearer ${token}`;
    expect((await put({}, document())).status).toBe(401);
    expect((await put({ authorization: 'Bearer guess' }, document())).status).toBe(401);
    const bad = await put({ authorization }, 'version: 1\nfeeds: []\n');
    expect([bad.status, bad.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    expect(((await bad.json()) as { problems: { line: number }[] }).problems[0]).toHaveProperty('line');
    expect((await put({ authorization }, document({ more: '# v2\n' }))).status).toBe(200);
    expect((await fetch(`${url}/api/nothing`, { headers: { authorization } })).status).toBe(404);
  });
});

test('a document by API takes variables that the file names, and those of --pass, no others', async () => {
  const passed = 'HOOK_SECRET';
  const kept = 'HOME';
  const plain = document().replace(`, secret: "\${HOOK_SECRET}"`, '');
  writeFileSync(config, plain);
  const { url, token } = await start(['--every', '0', '--pass', passed]);
  const save = (name: string) =>
    fetch(`${url}/api/config`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: plain.replace(`url: "\${HOOK_URL}"`, `url: "\${HOOK_URL}", secret: "\${${name}}"`),
    });
  expect((await save(passed)).status).toBe(200);
  const refused = await save(kept);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain(`--pass ${kept}`);
});

test.each([
  ['VIGIE_TOKEN', 'our own'],
  ['NOT_SET_ANYWHERE', 'NOT_SET_ANYWHERE'],
  ['a b', 'names of variables'],
])('--pass %s ends with 2', async (name, message) => {
  const { output, exited } = launch(['--pass', name]);
  expect(await exited).toBe(2);
  expect(output()).toContain(message);
});

const inForce = async ({ url, token }: Running): Promise<string> =>
  await (await fetch(`${url}/api/config`, { headers: { authorization: `Bearer ${token}` } })).text();
const save = ({ url, token }: Running, body: string): Promise<Response> =>
  fetch(`${url}/api/config`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body });
const stop = async (service: Running): Promise<void> => {
  service.process.kill('SIGTERM');
  await service.exited;
};
const version = (name: string): string => document({ more: `# ${name}\n` });

describe('a file beside the pages', () => {
  test.each([
    {
      name: 'left alone, does not undo what was saved there',
      file: 'one',
      said: 'saved on the pages',
      wins: 'page',
    },
    { name: 'edited too, does not either, and says so', file: 'two', said: 'were both edited', wins: 'page' },
    { name: 'that pulled it, is in step again', file: 'page', said: 'ready', wins: 'page' },
  ])('$name: over a restart', async ({ file, said, wins }) => {
    writeFileSync(config, version('one'));
    const first = await start(['--every', '0']);
    expect((await save(first, version('page'))).status).toBe(200);
    await stop(first);
    writeFileSync(config, version(file));
    const second = await start(['--every', '0']);
    expect(await inForce(second)).toBe(version(wins));
    await until(() => second.output().includes(said));
  });

  test.each([
    { name: 'gone', change: () => rmSync(config), said: /ENOENT/ },
    {
      name: 'a folder',
      change: () => {
        rmSync(config);
        mkdirSync(config);
      },
      said: /EISDIR/,
    },
    { name: 'too large', change: () => writeFileSync(config, ' '.repeat(5_000_001)), said: /at most/ },
    {
      name: 'not UTF-8',
      change: () => writeFileSync(config, Buffer.from('# caf\xe9\n', 'latin1')),
      said: /E_ENCODING/,
    },
  ])(
    '$name at a restart: the last good one stays in force, until the file is good again',
    async ({ change, said }) => {
      writeFileSync(config, version('one'));
      await stop(await start(['--every', '0']));
      change();
      const second = await start(['--every', '0']);
      expect(await inForce(second)).toBe(version('one'));
      expect((await readiness(second.url)).body.rejected).toMatch(said);
      await until(() => said.test(second.output()) && second.output().includes('going on with'));
      rmSync(config, { recursive: true, force: true });
      writeFileSync(config, version('two'));
      await until(async () => (await inForce(second)) === version('two'));
    },
  );

  test.each(['at once', 'over a restart'])(
    'refused, then put in force by somebody else, is in step again: its next edit is in force %s',
    async (when) => {
      writeFileSync(config, version('one'));
      let service = await start(['--every', '0']);
      await save(service, version('page'));
      writeFileSync(config, version('both'));
      await until(async () => (await readiness(service.url)).body.rejected !== null);
      await save(service, version('both'));
      if (when === 'over a restart') await stop(service);
      writeFileSync(config, version('next'));
      if (when === 'over a restart') service = await start(['--every', '0']);
      await until(async () => (await inForce(service)) === version('next'));
    },
  );

  test('edited alone, is in force: at once and over a restart', async () => {
    writeFileSync(config, version('one'));
    const first = await start(['--every', '0']);
    writeFileSync(config, version('two'));
    await until(async () => (await inForce(first)) === version('two'));
    await stop(first);
    writeFileSync(config, version('three'));
    expect(await inForce(await start(['--every', '0']))).toBe(version('three'));
  });

  test('edited while the service runs on what the pages saved: that stays, and the file is said to differ', async () => {
    writeFileSync(config, version('one'));
    const service = await start(['--every', '0']);
    await save(service, version('page'));
    writeFileSync(config, version('two'));
    await until(() => service.output().includes('were both edited'));
    expect(await inForce(service)).toBe(version('page'));
    writeFileSync(config, version('page'));
    await until(() => service.output().includes('watch.yaml: in force'));
    writeFileSync(config, version('three'));
    await until(async () => (await inForce(service)) === version('three'));
  });
});

describe('a document that takes a variable away', () => {
  test('and is refused: the one in force keeps its variables', async () => {
    writeFileSync(config, document());
    const { url, output } = await start(['--every', '0']);
    await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now()}`);
    writeFileSync(config, document().replace('HOOK_URL', 'NOT_SET_ANYWHERE'));
    await until(() => output().includes('not taken'));
    await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now() + 20 * 60_000}`);
    await until(() => posts.length > 0);
  });
});

test.each([
  ['An RPC stub was not disposed properly. You must call dispose() on all stubs in order to …', true],
  ['connection failed; wdErrId = abc', true],
  ['feed a: An RPC stub was not disposed properly, says its title', false],
  ['tick: 3 feeds', false],
])('of the runtime’s own lines only ours are printed: %s', (line, left) => {
  expect(isRuntimeNoise(line)).toBe(left);
});

describe('feeds and channels that fail', () => {
  test('cost one line each; no secret and no address of a channel is told anywhere', async () => {
    writeFileSync(config, document());
    const { url, token, output } = await start(['--every', '0']);
    for (let i = 1; i <= 3; i++)
      await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now() + i * 20 * 60_000}`);
    await until(() => posts.length > 0);
    await until(() => /channel hook: attempt 1 of msg_\w+: failed \(HTTP 500/.test(output()));
    const told = [
      output(),
      await (await fetch(`${url}/readyz`)).text(),
      await (await fetch(`${url}/api/config`, { headers: { authorization: `Bearer ${token}` } })).text(),
      ...filesBelow(join(folder, 'state')),
      ...posts.map(({ body }) => body),
    ].join('\n');
    expect(told).not.toContain(ADDRESS_CANARY);
    expect(told).not.toContain(SECRET);
  });

  test('an unreachable feed is one line, and the tick ends', async () => {
    writeFileSync(config, document({ feed: 'http://127.0.0.1:9/feed' }));
    const { url, output, token } = await start(['--every', '0']);
    expect((await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now()}`)).status).toBe(200);
    const { feeds } = (await (
      await fetch(`${url}/api/feeds`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as { feeds: object[] };
    expect(feeds).toMatchObject([{ id: 'flow', state: 'new', failures: 1 }]);
    expect(output().match(/feed flow: failed \(network: \w+[^)]*\)/g)).toHaveLength(1);
  });
});

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
