/**
 * A state folder of release 0.1 under today's code: nothing is lost, nothing is alerted twice, what waited is sent. The
 * fixture holds an alert that was sent, one that waits for its digest, a delivery that failed once, and a rule in test
 * mode under its old key.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Service, startService } from '../../demo/service.ts';

const FIXTURE = new URL('../fixtures/state-0.1.sql', import.meta.url);
/** The object's name in the folder: made of its class and `idFromName('desk')`, the same on every machine. */
const DESK = '9124a6a74000293750694482bc07dd62ff2c1adbbdca7202ff9c66f7127b1c11.sqlite';
/** Wall time at which the fixture was written; the last tick was scheduled for LAST_TICK. */
const WRITTEN = 1_795_982_287_000;
const LAST_TICK = Date.UTC(2026, 10, 20, 12, 18);
const MINUTE_MS = 60_000;
/** The delivery that waits for its second attempt, with its `webhook-id`. */
const WAITING = 'msg_14apj2rod1t1kuprtb5kgv';

const LISTED = [
  'storm hits the coast of Norway',
  'flood in the valley',
  'quake shakes the capital',
  'fire in the old port',
];

let folder: string;
let config: string;
let server: Server;
let service: Service;
const errors: string[] = [];
const received: { path: string; id: string; type: string; titles: string[] }[] = [];
const feeds: Record<string, { guid: string; title: string; at: number }[]> = {
  '/a': LISTED.map((title, i) => ({ guid: `a-g${i + 1}`, title, at: LAST_TICK - 9 * MINUTE_MS })),
  '/b': [],
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method !== 'POST') return void response.end(rss(feeds[request.url ?? ''] ?? []));
    const { type, data } = JSON.parse(body);
    const entries = [data, ...(data.alerts ?? [])].flatMap((alert) => alert.entries ?? []);
    const titles = entries.map(({ title }: { title: string }) => title);
    received.push({ path: request.url ?? '', id: String(request.headers['webhook-id']), type, titles });
    response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  folder = mkdtempSync(join(tmpdir(), 'vigie-upgrade-'));
  config = join(folder, 'watch.yaml');
  restore(join(folder, 'state', 'do', 'vigie-Desk'), (server.address() as AddressInfo).port);
  const state = join(folder, 'state');
  service = await startService({ config, state, variables: {}, onError: (text) => errors.push(text) });
});
afterAll(async () => {
  await service?.stop();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes the fixture as release 0.1 left it, as if that had been a moment ago; and its watched file beside it. */
function restore(into: string, port: number): void {
  mkdirSync(into, { recursive: true });
  const database = new DatabaseSync(join(into, DESK));
  const later = Date.now() - WRITTEN;
  database.exec(readFileSync(FIXTURE, 'utf8').replaceAll('@PORT@', String(port)));
  database.exec(`UPDATE outbox SET created = created + ${later}, due = due + ${later}, settled = settled + ${later};
    UPDATE attempt SET at = at + ${later};
    UPDATE channel SET rest_until = rest_until + ${later}, last_success = last_success + ${later};`);
  const row = database.prepare("SELECT data FROM config_part WHERE kind = 'source'").get();
  writeFileSync(config, Buffer.from(row?.['data'] as Uint8Array));
  database.close();
}

function rss(items: readonly { guid: string; title: string; at: number }[]): string {
  const item = items.map(
    ({ guid, title, at }) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>f</title>${item.join('')}</channel></rss>`;
}

const api = async (path: string): Promise<Record<string, never[]> & Record<string, unknown>> =>
  (await (
    await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${service.token}` } })
  ).json()) as never;
const titlesAt = (path: string): string[] =>
  received.filter((one) => one.path === path).flatMap(({ titles }) => titles);

test('the document in force stays in force; the watched file is refused with the new name of its key', async () => {
  const [version] = (await api('/api/config/versions'))['versions'] as unknown as { hash: string }[];
  expect(version?.hash).toMatch(/^f29c8515/);
  await vi.waitFor(() => expect(errors.join('')).toContain("'rehearsal' is now called 'test_mode'"));
});

test('a delivery that waited is sent under the id that it had', async () => {
  await service.tick(LAST_TICK + 6 * MINUTE_MS);
  await vi.waitFor(
    () => expect(received.map(({ path, id }) => [path, id])).toEqual([['/down', WAITING]]),
    10_000,
  );
});

test('what was alerted is not alerted again; a reprint joins the story that release 0.1 began', async () => {
  feeds['/b']?.push({ guid: 'b-g1', title: LISTED[0]!, at: LAST_TICK + 10 * MINUTE_MS });
  feeds['/a']?.push({ guid: 'a-g5', title: 'flood reaches the valley', at: LAST_TICK + 10 * MINUTE_MS });
  await service.tick(LAST_TICK + 15 * MINUTE_MS);
  const { stories } = (await api('/api/stories')) as unknown as {
    stories: { rule: string; reports: number }[];
  };
  expect(stories.filter(({ rule }) => rule === 'storms').map(({ reports }) => reports)).toEqual([2, 1]);
  expect(received.filter(({ path }) => path === '/hook')).toEqual([]);
});

test('the alert that waited for its digest comes with it; the rule in test mode sent nothing', async () => {
  await service.tick(Date.UTC(2026, 10, 21, 7, 5));
  await vi.waitFor(() => expect(titlesAt('/hook')).toContain('quake shakes the capital'), 10_000);
  expect(titlesAt('/hook').filter((title) => title.startsWith('flood'))).toEqual([]);
});

test('an entry of before leads to its story, and the story to its deliveries', async () => {
  const trace = (await api('/api/trace/e_1897c7bt67m')) as unknown as { stories: { id: string }[] };
  expect(trace.stories.map(({ id }) => id)).toEqual(['s_1rgjk2u73in1frhplqjwo1']);
  const [story] = trace.stories;
  const { deliveries } = (await api(`/api/stories/${story?.id}`)) as unknown as {
    deliveries: { id: string }[];
  };
  expect(deliveries.map(({ id }) => id)).toEqual(['msg_17lfqchv03g043oviflckm']);
  const found = (await api('/api/trace?q=storm%20hits')) as unknown as { entries: { id: string }[] };
  expect(found.entries.map(({ id }) => id)).toContain('e_1897c7bt67m');
});

test('decisions of before read as those of today', async () => {
  const { developments } = (await api('/api/developments')) as unknown as {
    developments: { rule: string; decision: string }[];
  };
  const decisions = new Map(developments.toReversed().map(({ rule, decision }) => [rule, decision]));
  expect(Object.fromEntries(decisions)).toMatchObject({
    quakes: 'queued:digest',
    floods: 'test-mode',
    fires: 'send',
  });
});

test('the file with the new key is taken', async () => {
  writeFileSync(config, readFileSync(config, 'utf8').replace('rehearsal:', 'test_mode:'));
  await vi.waitFor(
    async () => expect((await api('/api/config/versions'))['versions']).toHaveLength(2),
    10_000,
  );
});
