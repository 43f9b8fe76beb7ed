/** The API from outside the Worker: who is let in, what it says of itself, how two editors do not lose each other's work. */
import { runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Operation } from '../../lib/api/operation.ts';
import { OPERATIONS } from '../../lib/api/operations.ts';
import { readBundleHead } from '../../lib/match/compile/bundle.ts';
import { NO_RECORD } from '../../lib/poll/record.ts';
import { FeedsRpc } from '../../worker/desk/rpc/feeds.ts';
import { headHash, readBundle } from '../../worker/desk/table/configs.ts';
import { Ledger } from '../../worker/desk/table/ledger.ts';
import { app } from '../../worker/http/app.ts';
import { secretHash } from '../../worker/http/middleware/secret.ts';
import { settingsOf } from '../../worker/settings.ts';
import { query, wipeDesk } from './desk.ts';
import { desk, Newsroom, publish, TestSeen, testConfig, tick } from './newsroom.ts';

const TOKEN = 'an-admin-token-of-more-than-128-bits';
const HOME = 'https://vigie.example.org';
const bindings = env as unknown as Record<string, unknown>;

async function call(path: string, init: RequestInit & { as?: string | null } = {}): Promise<Response> {
  const { as = TOKEN, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (as !== null) headers.set('authorization', `Bearer ${as}`);
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  return await app.fetch(new Request(`${HOME}${path}`, { ...rest, headers }), with_(), context as never);
}

/** The test's bindings with a token: plain objects cannot be changed in workerd. */
async function tokenHash(): Promise<string> {
  return await secretHash(TOKEN);
}
let hash = '';
const with_ = () => ({ ...bindings, VIGIE_TOKEN_SHA256: hash }) as never;

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

beforeEach(async () => {
  hash = await tokenHash();
  await wipeDesk();
  await publish(testConfig([{ id: 'a' }]));
});

describe('the door', () => {
  test('is shut where nothing is configured', async () => {
    hash = '';
    expect((await call('/api/feeds')).status).toBe(503);
    expect((await call('/healthz', { as: null })).status).toBe(200);
  });

  test.each([
    ['no token', null, 401],
    ['a wrong token', 'another-token-of-more-than-128-bits', 401],
    ['the token', TOKEN, 200],
  ])('%s: %s', async (_, as, status) => {
    expect((await call('/api/feeds', { as })).status).toBe(status);
  });

  test('a session opens it, and is over on our side when it is over', async () => {
    const signedIn = await call('/api/session', { ...post({ token: TOKEN }), as: null });
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-vigie=[\w-]{43}; .*HttpOnly; Secure; SameSite=Strict/u);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect((await call('/api/feeds', { as: null, headers })).status).toBe(200);
    await call('/api/session', { method: 'DELETE', as: null, headers });
    expect((await call('/api/feeds', { as: null, headers })).status).toBe(401);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('what a browser sends from %s changes nothing', async (_, more) => {
    const signedIn = await call('/api/session', { ...post({ token: TOKEN }), as: null });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const asked = post({ scope: 'rule', target: 'keyword', until: '2030-01-01T00:00:00Z' });
    const headers = { ...(asked.headers as Record<string, string>), cookie, ...more };
    expect((await call('/api/mutes', { ...asked, headers, as: null })).status).toBe(403);
  });

  test('a thousand guesses get ten answers', async () => {
    const answers = new Map<number, number>();
    for (let n = 0; n < 1_000; n++) {
      const { status } = await call('/api/session', {
        ...post({ token: `guess-${n}-`.padEnd(30, 'x') }),
        as: null,
      });
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    expect(answers.get(401)).toBeLessThanOrEqual(10);
    expect(answers.get(200)).toBeUndefined();
    expect((await call('/api/session', { ...post({ token: TOKEN }), as: null })).status).toBe(429);
  });

  test('a token that may only read cannot write, and ends when it is removed', async () => {
    const made = await call('/api/tokens', post({ name: 'wall', scope: 'read', days: 1 }));
    const { token } = (await made.json()) as { token: string };
    expect((await call('/api/stories', { as: token })).status).toBe(200);
    const mute = post({ scope: 'rule', target: 'keyword', until: '2030-01-01T00:00:00Z' });
    expect((await call('/api/mutes', { ...mute, as: token })).status).toBe(403);
    await call('/api/tokens/wall', { method: 'DELETE' });
    expect((await call('/api/stories', { as: token })).status).toBe(401);
  });

  test.each([
    ['no signature', { alg: 'none' }],
    ['a shared secret', { alg: 'HS256' }],
  ])('a token of Access with %s is none', async (_, header) => {
    const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/u, '');
    const claims = { iss: 'https://team.cloudflareaccess.com', aud: 'tag', exp: 4e9, iat: 1, email: 'a@b' };
    const assertion = `${part({ ...header, kid: 'k' })}.${part(claims)}.c2ln`;
    bindings['VIGIE_ACCESS_TEAM'] = 'team';
    bindings['VIGIE_ACCESS_AUD'] = 'tag';
    const answer = await call('/api/feeds', { as: null, headers: { 'cf-access-jwt-assertion': assertion } });
    delete bindings['VIGIE_ACCESS_TEAM'];
    expect(answer.status).toBe(401);
  });

  test('every answer, also a refusal, runs and frames nothing', async () => {
    const answer = await call('/api/feeds', { as: null });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });
});

test.each([
  ['PUT', '/api/feeds', 'GET, HEAD'],
  ['DELETE', '/api/config', 'GET, HEAD, PUT'],
  ['POST', '/api/stories/s_1', 'GET, HEAD'],
  ['PATCH', '/api/mutes', 'GET, HEAD, POST, DELETE'],
])('%s %s: 405, and what is allowed', async (method, path, allowed) => {
  const answer = await call(path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await call(path, { method, as: null })).status).toBe(401);
  expect((await call('/api/nothing', { method })).status).toBe(404);
  expect((await call('/api/stories/none')).status).toBe(404);
});

describe('further tokens', () => {
  test('only the admin, or a session of the admin, makes and ends tokens', async () => {
    const made = await call('/api/tokens', post({ name: 'bot', scope: 'write', days: 1 }));
    const { token } = (await made.json()) as { token: string };
    const cookieOf = async (of: string) => {
      const signedIn = await call('/api/session', { ...post({ token: of }), as: null });
      return (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    };
    const forever = post({ name: 'forever', scope: 'write', days: null });
    const by = async (cookie: string) => {
      const headers = { ...(forever.headers as Record<string, string>), cookie };
      return (await call('/api/tokens', { ...forever, headers, as: null })).status;
    };
    const refused = await call('/api/tokens', { ...forever, as: token });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect((await call('/api/tokens/bot', { method: 'DELETE', as: token })).status).toBe(403);
    expect(await by(await cookieOf(token))).toBe(403);
    expect(await by(await cookieOf(TOKEN))).toBe(201);
  });

  test('a session ends with the token that it was opened with', async () => {
    const made = await call('/api/tokens', post({ name: 'guest', scope: 'read', days: 1 }));
    const { token } = (await made.json()) as { token: string };
    const short = Date.now() + 60_000;
    await query('UPDATE token SET expires = ? WHERE name = ?', short, 'guest');
    const signedIn = await call('/api/session', { ...post({ token }), as: null });
    const { expires } = (await signedIn.clone().json()) as { expires: string };
    expect(Date.parse(expires)).toBe(short);
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const visit = async () => (await call('/api/stories', { as: null, headers: { cookie } })).status;
    expect(await visit()).toBe(200);
    await call('/api/tokens/guest', { method: 'DELETE' });
    expect(await visit()).toBe(401);
  });
});

const OF_PAGES = new Set([
  'GET /assets/*',
  'GET /config.schema.json',
  'POST /csp-reports',
  ...['/', '/stories/:id', '/rules', '/rules/:id', '/feeds', '/trace', '/channels', '/search', '/status'].map(
    (path) => `GET ${path}`,
  ),
]);

describe('the description', () => {
  test('names every route but those of the pages, and no other', () => {
    const served = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !OF_PAGES.has(route));
    const described = Object.values<Operation>(OPERATIONS).map(
      ({ method, path }) => `${method.toUpperCase()} ${path}`,
    );
    expect([...new Set(described)].sort()).toEqual([...new Set(served)].sort());
  });
});

describe('two people editing at once', () => {
  test('the second is shown what the first saved, and nothing is lost', async () => {
    const opened = await call('/api/config');
    const etag = opened.headers.get('etag') ?? '';
    const mine = testConfig([{ id: 'a' }, { id: 'b' }]);
    const theirs = testConfig([{ id: 'a' }, { id: 'c' }]);
    const save = (body: string) =>
      call('/api/config', { method: 'PUT', body, headers: { 'if-match': etag } });
    expect((await save(mine)).status).toBe(200);
    const conflict = await save(theirs);
    expect(conflict.status).toBe(412);
    expect(await conflict.json()).toMatchObject({ source: mine });
    expect(await (await call('/api/config')).text()).toBe(mine);
  });

  test('If-Match takes a list, of which one must be in force', async () => {
    const etag = (await call('/api/config')).headers.get('etag') ?? '';
    const save = (list: string) =>
      call('/api/config', { method: 'PUT', body: testConfig([{ id: 'b' }]), headers: { 'if-match': list } });
    expect((await save('"a", "b"')).status).toBe(412);
    expect((await save(`"a", ${etag}`)).status).toBe(200);
    const now = (await call('/api/config')).headers.get('etag') ?? '';
    const seen = await call('/api/config', { headers: { 'if-none-match': `"a", W/${now}` } });
    expect(seen.status).toBe(304);
  });

  test('a rollback is a version of its own', async () => {
    const first = await (await call('/api/config')).text();
    await call('/api/config?reason=two feeds', {
      method: 'PUT',
      body: testConfig([{ id: 'a' }, { id: 'b' }]),
    });
    const { versions } = (await (await call('/api/config/versions')).json()) as {
      versions: { hash: string; author: string | null; reason: string | null }[];
    };
    expect(versions.map(({ author, reason }) => [author, reason])).toEqual([
      ['admin', 'two feeds'],
      [null, null],
    ]);
    const old = await (await call(`/api/config/versions/${versions[1]?.hash}`)).text();
    expect(old).toBe(first);
    await call('/api/config', { method: 'PUT', body: old });
    expect(await (await call('/api/config')).text()).toBe(first);
  });
});

describe('a document that is refused', () => {
  const readiness = async () => {
    const answer = await call('/readyz', { as: null });
    return (await answer.json()) as { ready: boolean; reasons: string[]; rejected: string | null };
  };

  test.each([
    { name: 'is told to whoever sent it, and to nobody else', query: '', rejected: null },
    {
      name: 'from a watched file is told until a good one comes',
      query: '?watched=true',
      rejected: /^1:1: E_/u,
    },
  ])('$name', async ({ query, rejected }) => {
    const before = await readiness();
    const refused = await call(`/api/config${query}`, { method: 'PUT', body: 'version: 1\n' });
    expect(refused.status).toBe(422);
    const after = await readiness();
    expect(after.rejected).toEqual(rejected === null ? null : expect.stringMatching(rejected));
    expect([after.ready, after.reasons]).toEqual([before.ready, before.reasons]);
    await call('/api/config', { method: 'PUT', body: testConfig([{ id: 'a' }]) });
    expect((await readiness()).rejected).toBeNull();
  });

  test('because it is not UTF-8: with its place', async () => {
    const body = new Uint8Array([...new TextEncoder().encode('version: 1\n# caf'), 0xe9, 0x0a]);
    const refused = await call('/api/config', { method: 'PUT', body });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ problems: [{ code: 'E_ENCODING', line: 2, column: 6 }] });
  });
});

describe('a rule whose own test fails', () => {
  const red = testConfig([{ id: 'a' }], 'query: storm*\n    tests: { match: [calm, "a storm", quiet] }');
  const put = (body: string, reason = '') =>
    call(`/api/config${reason === '' ? '' : `?reason=${reason}`}`, { method: 'PUT', body });
  const redRules = async () =>
    ((await (await call('/api/status')).json()) as { redRules: object[] }).redRules;

  test('is named by the status while it is in force with a reason, and no longer', async () => {
    expect((await put(red)).status).toBe(422);
    expect(await redRules()).toEqual([]);
    expect((await put(red, 'later')).status).toBe(200);
    expect(await redRules()).toEqual([{ rule: 'keyword', title: 'Storms', tests: 2 }]);
    expect(await (await call('/readyz', { as: null })).text()).not.toContain('keyword');
    await put(testConfig([{ id: 'a' }]));
    expect(await redRules()).toEqual([]);
  });
});

test('rows that the desk writes are counted: few for a tick without news, more for one with', async () => {
  const newsroom = new Newsroom();
  const seen = new TestSeen();
  const written = async (): Promise<number> =>
    ((await (await call('/api/status')).json()) as { rowsWritten: { today: number } }).rowsWritten.today;
  const at = Date.UTC(2026, 9, 15, 12);
  newsroom.list('a');
  await tick(at, newsroom, seen);
  const before = await written();
  await tick(at + 60_000, newsroom, seen);
  const quiet = (await written()) - before;
  newsroom.list('a', { guid: 'g1', title: 'A storm' });
  await tick(at + 3_600_000, newsroom, seen);
  const news = (await written()) - before - quiet;
  expect(quiet).toBeGreaterThan(0);
  // 1,440 ticks a day, of a free plan's 100,000 rows.
  expect(quiet).toBeLessThanOrEqual(20);
  expect(news).toBeGreaterThan(quiet + 3);
});

test('a poll is asked for by the time it is now, not by that of the last tick', async () => {
  await publish(testConfig([{ id: 'a' }]).replace('every: 5m', 'every: 1h'));
  const polled = Date.now() - 5 * 60_000;
  await tick(polled, new Newsroom(), new TestSeen());
  const asked = (after: number) =>
    runInDurableObject(desk(), (_, state) => {
      const { storage } = state;
      const record = JSON.stringify({ ...NO_RECORD, last: { at: Date.now() - after } });
      storage.sql.exec('UPDATE record SET data = ?', `{"a":${record}}`);
      const ledger = new Ledger(storage);
      const { sql } = ledger;
      const hash = headHash(sql) ?? '';
      const wording = { names: new Map(), home: null };
      const value = readBundleHead(readBundle(sql, hash)!).config;
      const feeds = new FeedsRpc({
        ledger,
        sql,
        settings: { ...settingsOf(with_()), tickSeconds: 60 },
        config: () => ({ hash, value, wording }),
        tickTime: () => polled,
        wordingOf: () => wording,
        remember: () => {},
        changed: () => {},
        setAlarm: async () => {},
      });
      return feeds.pollNow('a');
    });
  const early = await asked(4 * 60_000);
  expect(early.kind === 'wait' ? Math.round(early.waitMs / 1000) : early.kind).toBe(60);
  expect(await asked(5 * 60_000 + 1_000)).toEqual({ kind: 'due' });
});

describe('what was seen', () => {
  test('is in the archive, found again, explained and in its rule’s feed', async () => {
    const newsroom = new Newsroom();
    const seen = new TestSeen();
    const at = Date.UTC(2026, 9, 15, 12);
    newsroom.list('a');
    await tick(at, newsroom, seen);
    newsroom.list('a', { guid: 'g1', title: 'A storm & more', link: 'https://news.example.org/one' });
    newsroom.list('a', { guid: 'g2', title: '=cmd calm', link: 'https://news.example.org/two' });
    await tick(at + 3_600_000, newsroom, seen);
    const lines = await (await call('/api/archive')).text();
    expect(lines.trim().split('\n')).toHaveLength(2);

    const found = (await (
      await call(`/api/trace?q=${encodeURIComponent('https://news.example.org/two')}`)
    ).json()) as { entries: { id: string }[] };
    const trace = await (await call(`/api/trace/${found.entries[0]?.id}`)).json();
    expect(trace).toMatchObject({
      rules: [{ id: 'keyword', matched: false, failed: 0 }],
      developments: [],
      deliveries: [],
    });

    const csv = await (await call('/api/search?q=calm&format=csv')).text();
    expect(csv).toContain("'=cmd calm");
    expect((await call('/api/search?q=calm AND')).status).toBe(422);

    const { feeds } = (await (await call('/api/alert-feeds')).json()) as {
      feeds: { atom: string; json: string }[];
    };
    const path = new URL(feeds[0]?.atom ?? '').pathname;
    expect(await (await call(path, { as: null })).text()).toContain('A storm &amp; more');
    expect((await call(path.replace(/[0-9a-f]{8}/u, '00000000'), { as: null })).status).toBe(404);
  });

  describe('is found by what was pasted', () => {
    beforeEach(async () => {
      const newsroom = new Newsroom();
      const seen = new TestSeen();
      const at = Date.UTC(2026, 9, 15, 12);
      newsroom.list('a');
      await tick(at, newsroom, seen);
      newsroom.list('a', {
        guid: 'bidi',
        title: '\u200fإعصار \u202aStorm Nadia\u202c يقترب\u200f من\u00a0الساحل',
        link: 'https://news.example.org/nadia',
      });
      await tick(at + 3_600_000, newsroom, seen);
    });

    test.each([
      ['as it stands in the feed', '\u200fإعصار \u202aStorm Nadia\u202c يقترب\u200f من\u00a0الساحل', 1],
      ['as a page lets it be copied', 'إعصار Storm Nadia يقترب من الساحل', 1],
      ['with isolates that a mail program put around it', '\u2068STORM NADIA\u2069', 1],
      ['over a line break', 'Storm\nNadia يقترب', 1],
      ['an address with a mark before it', '\u200ehttps://news.example.org/nadia\u200e', 1],
      ['other words', 'Storm Nadir', 0],
    ])('%s', async (_, pasted, found) => {
      const answer = await call(`/api/trace?q=${encodeURIComponent(pasted)}`);
      expect(((await answer.json()) as { entries: object[] }).entries).toHaveLength(found);
    });
  });

  test('a feed is polled at once only where manners allow it', async () => {
    const newsroom = new Newsroom();
    await tick(Date.UTC(2026, 9, 15, 12), newsroom, new TestSeen());
    const answer = await call('/api/feeds/poll', post({ id: 'a' }));
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await call('/api/feeds/poll', post({ id: 'nobody' }))).status).toBe(404);
  });

  test('metrics are for whoever holds a token', async () => {
    expect((await call('/metrics', { as: null })).status).toBe(401);
    expect(await (await call('/metrics')).text()).toMatch(/^vigie_feeds\{state="new"\} 1$/mu);
  });
});

test.each([
  { name: 'of a story', scope: 'story', status: 204 },
  { name: 'of a rule: it has no figures', scope: 'rule', status: 422 },
])('a mute until a larger figure, $name', async ({ scope, status }) => {
  const asked = post({ scope, target: 's_1', until: '2030-01-01T00:00:00Z', endsOn: 'figure' });
  expect((await call('/api/mutes', asked)).status).toBe(status);
});

test.each([
  { name: 'without an end, until a figure', body: { scope: 'story', endsOn: 'figure' }, status: 204 },
  { name: 'without an end', body: { scope: 'story' }, status: 422 },
  { name: 'that is past', body: { scope: 'story', until: '2020-01-01T00:00:00Z' }, status: 422 },
])('a mute $name: $status', async ({ body, status }) => {
  await call('/api/mutes', { ...post({ scope: 'story', target: 's_2' }), method: 'DELETE' });
  const answer = await call('/api/mutes', post({ ...body, target: 's_2' }));
  expect(answer.status).toBe(status);
  if (status === 422)
    expect(await answer.json()).toMatchObject({ problems: [{ path: 'until', pointer: '#/until' }] });
  const { mutes } = (await (await call('/api/mutes')).json()) as {
    mutes: { target: string; until: string }[];
  };
  const ends = mutes.filter(({ target }) => target === 's_2').map(({ until }) => Date.parse(until));
  const [row] = await query<{ at: number }>("SELECT at FROM mute WHERE target = 's_2'");
  expect(ends).toEqual(status === 204 ? [(row?.at ?? 0) + 30 * 24 * 3_600_000] : []);
});

test('a list of one story says how many are open, of all of them', async () => {
  await publish(testConfig([{ id: 'a' }, { id: 'b' }]).replace('group_by: none', 'group_by: story'));
  const newsroom = new Newsroom();
  const seen = new TestSeen();
  const at = Date.UTC(2026, 9, 15, 12);
  for (const id of ['a', 'b']) newsroom.list(id);
  await tick(at, newsroom, seen);
  const towns = ['Antwerp harbour', 'Bergen railway', 'Cadiz orchard', 'Dakar stadium', 'Esbjerg vineyard'];
  newsroom.list('a', ...towns.map((town, n) => ({ guid: `s${n}`, title: `Storm ruins ${town}` })));
  await tick(at + 3_600_000, newsroom, seen);
  const list = async (query: string) =>
    (await (await call(`/api/stories?${query}`)).json()) as { open: number; stories: { id: string }[] };
  const { open, stories } = await list('limit=1');
  expect([open, stories.length]).toEqual([5, 1]);
  const ids = (await list('')).stories.map(({ id }) => id);
  await call(`/api/stories/${ids[0]}/acknowledge`, post({ inHand: true }));
  const mute = (scope: string, target: string, until: string) =>
    call('/api/mutes', post({ scope, target, until }));
  await mute('story', ids[1] ?? '', '2030-01-01T00:00:00Z');
  await query("INSERT INTO mute (scope, target, until, at) VALUES ('story', ?, 1, 0)", ids[2] ?? '');
  expect((await list('lang=xx&limit=1')).open).toBe(3);
  await mute('rule', 'keyword', '2030-01-01T00:00:00Z');
  expect((await list('')).open).toBe(0);
});

describe('what changed in all stories', () => {
  interface Answer {
    readonly developments: readonly { readonly kind: string; readonly lang: string | null; story: string }[];
    readonly next: string | null;
  }
  const ask = async (query: string) => (await (await call(`/api/developments?${query}`)).json()) as Answer;

  test('comes page by page, the newest first, each once, with its reason and what says it in words', async () => {
    await publish(testConfig([{ id: 'a', more: ', lang: en, publisher: Anchor' }]));
    const newsroom = new Newsroom();
    const seen = new TestSeen();
    const at = Date.UTC(2026, 9, 15, 12);
    newsroom.list('a');
    await tick(at, newsroom, seen);
    for (const n of [1, 2, 3]) {
      newsroom.list('a', { guid: `g${n}`, title: `Storm number ${n} of the season` });
      await tick(at + n * 3_600_000, newsroom, seen);
    }
    const all = await ask('');
    expect(all.developments.filter(({ kind }) => kind === 'first')).toHaveLength(3);
    expect(all.developments[0]).toMatchObject({
      rule: 'keyword',
      ruleTitle: 'Storms',
      decision: 'send',
      lang: 'en',
      independent: 1,
      figure: null,
      channels: ['log'],
    });
    const paged: Answer['developments'][number][] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page = await ask(`limit=2&cursor=${next}`);
      paged.push(...page.developments);
      next = page.next;
    }
    expect(paged).toEqual(all.developments);
    expect((await ask('rule=another')).developments).toEqual([]);
    expect((await call('/api/developments?cursor=nonsense')).status).toBe(400);
    expect((await call('/api/developments?limit=1000')).status).toBe(400);
  });
});

test('the Worker itself answers', async () => {
  const worker = (exports as unknown as { default: { fetch(url: string): Promise<Response> } }).default;
  expect((await worker.fetch(`${HOME}/healthz`)).status).toBe(200);
});
