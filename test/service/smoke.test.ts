/** The shortest proof that `npm start` works: it is ready, takes an edit, polls, delivers, and keeps its secrets. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { ADDRESS_CANARY, readiness, SECRET, test, until } from './start.ts';

describe.concurrent('health', () => {
  test('is ready once ticks come', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const { url } = await place.start(['--every', '1']);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await until(async () => (await readiness(url)).status === 200);
  });

  test('a bad edit leaves the last good document in force, and says so', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const { url, output, token } = await place.start(['--every', '0']);
    writeFileSync(place.config, place.document({ rules: '  - { id: storms, qurey: storm* }' }));
    await until(async () => (await readiness(url)).body.rejected !== null);
    const { body } = await readiness(url);
    expect(body.rejected).toMatch(/^5:\d+: E_/);
    await until(() => /watch\.yaml:5:\d+: error E_/.test(output()));
    const inForce = await fetch(`${url}/api/config`, { headers: { authorization: `Bearer ${token}` } });
    expect(await inForce.text()).toBe(place.document());
    writeFileSync(place.config, place.document({ more: '# mended\n' }));
    await until(async () => (await readiness(url)).body.rejected === null);
  });
});

describe.concurrent('the API', () => {
  test('wants the token, and takes a document by it', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const { url, token } = await place.start(['--every', '0']);
    const put = (headers: Record<string, string>, body: string) =>
      fetch(`${url}/api/config`, { method: 'PUT', headers, body });
    const authorization = `Bearer ${token}`;
    expect((await put({}, place.document())).status).toBe(401);
    expect((await put({ authorization: 'Bearer guess' }, place.document())).status).toBe(401);
    const bad = await put({ authorization }, 'version: 1\nfeeds: []\n');
    expect([bad.status, bad.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    expect(((await bad.json()) as { problems: { line: number }[] }).problems[0]).toHaveProperty('line');
    expect((await put({ authorization }, place.document({ more: '# v2\n' }))).status).toBe(200);
    expect((await fetch(`${url}/api/nothing`, { headers: { authorization } })).status).toBe(404);
  });
});

describe.concurrent('feeds and channels that fail', () => {
  test('cost one line each; no secret and no address of a channel is told anywhere', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const { url, token, output } = await place.start(['--every', '0']);
    for (let i = 1; i <= 3; i++)
      await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now() + i * 20 * 60_000}`);
    await until(() => place.posts.length > 0);
    await until(() => /delivery msg_\w+ to hook failed at attempt 1: HTTP 500/.test(output()));
    const told = [
      output(),
      await (await fetch(`${url}/readyz`)).text(),
      await (await fetch(`${url}/api/config`, { headers: { authorization: `Bearer ${token}` } })).text(),
      ...filesBelow(join(place.folder, 'state')),
      ...place.posts.map(({ body }) => body),
    ].join('\n');
    expect(told).not.toContain(ADDRESS_CANARY);
    expect(told).not.toContain(SECRET);
  });

  test('an unreachable feed is one line, and the tick ends', async ({ place }) => {
    writeFileSync(place.config, place.document({ feed: 'http://127.0.0.1:9/feed' }));
    const { url, output, token } = await place.start(['--every', '0']);
    expect((await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now()}`)).status).toBe(200);
    const { feeds } = (await (
      await fetch(`${url}/api/feeds`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as { feeds: object[] };
    expect(feeds).toMatchObject([{ id: 'flow', state: 'new', failures: 1 }]);
    expect(output().match(/feed flow failed \(network\): \w+/g)).toHaveLength(1);
  });
});

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
