/** The watched file while the service is not there: what was edited meanwhile is put in force once it is back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigSync } from '../../cli/local/config-sync.ts';
import { type Service, startService } from '../../demo/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-keeper-'));
const config = join(folder, 'watch.yaml');
const document = (word: string): string =>
  `version: 1\nfeeds: [{ url: "https://a.example.org/feed" }]\nrules: [{ id: r, query: ${word}, notify: { to: [log] } }]\nchannels: { log: { kind: console } }\n`;

let service: Service;
/** Stands before the service: how it fails just now, and how often it was asked meanwhile. */
let trouble: 'none' | '503' | 'hangs up' = 'none';
let asked = 0;
let before: Server;

beforeAll(async () => {
  writeFileSync(config, document('first'));
  const started = join(folder, 'started.yaml');
  writeFileSync(started, document('first'));
  service = await startService({ config: started, state: join(folder, 'state'), variables: {} });
  before = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (trouble !== 'none') asked++;
    if (trouble === 'hangs up') return void request.socket.destroy();
    if (trouble === '503') return void response.writeHead(503).end('{}');
    const { authorization, 'if-match': ifMatch, 'content-type': type } = request.headers;
    const answer = await fetch(`${service.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        authorization: authorization ?? '',
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const etag = answer.headers.get('etag');
    response.writeHead(answer.status, etag === null ? {} : { etag });
    response.end(await answer.text());
  });
  await new Promise<void>((done) => before.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(before.address() as AddressInfo).port}`;
  const keeper = new ConfigSync(
    { url, setVariables: () => Promise.resolve(), stop: () => Promise.resolve() },
    { config, state: folder, everySeconds: 0, pass: [], allowLoopback: true },
    { token: service.token, bound: [] },
  );
  expect(await keeper.begin({ kind: 'read', document: document('first') })).toBe(true);
  keeper.watch();
});
afterAll(async () => {
  before.closeAllConnections();
  before.close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const headers = () => ({ authorization: `Bearer ${service.token}` });
const inForce = async () => (await fetch(`${service.url}/api/config`, { headers: headers() })).text();

test.each(['503', 'hangs up'] as const)('%s: an edit waits, and is put in force', async (kind) => {
  trouble = kind;
  asked = 0;
  writeFileSync(config, document(`after${kind.length}`));
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(1);
  trouble = 'none';
  await expect.poll(inForce, { timeout: 30_000 }).toBe(document(`after${kind.length}`));
});

test('what was saved on a page meanwhile is not written over', async () => {
  trouble = '503';
  asked = 0;
  writeFileSync(config, document('file'));
  await fetch(`${service.url}/api/config`, { method: 'PUT', headers: headers(), body: document('page') });
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(1);
  trouble = 'none';
  const rejected = async () =>
    ((await (await fetch(`${service.url}/readyz`)).json()) as { rejected: string | null }).rejected;
  await expect.poll(rejected, { timeout: 30_000 }).toMatch(/both edited/);
  expect(await inForce()).toBe(document('page'));
});
