/** `vigie poll`, `discover` and `opml` as a user runs them, against a server on loopback. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { vigie } from './vigie.ts';

let server: Server;
let origin: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-cli-'));
  server = createServer((request, response) => {
    if (request.url === '/site') {
      response.setHeader('content-type', 'text/html');
      response.end(
        '<html><link rel="alternate" type="application/rss+xml" title="News" href="/feed"></html>',
      );
    } else if (request.headers['if-none-match'] === '"v1"') response.writeHead(304, { etag: '"v1"' }).end();
    else if (request.url === '/feed') {
      response.setHeader('etag', '"v1"');
      response.end(
        '<rss version="2.0"><channel><title>News</title><item><title>Storm</title><link>https://example.org/1</link></item></channel></rss>',
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('poll', () => {
  test('prints what the server said and what the document holds', async () => {
    const { code, out } = await vigie(['poll', '--allow-loopback', `${origin}/feed`]);
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { status: 200, format: 'rss20', validators: { etag: '"v1"' }, entries: [{ title: 'Storm' }] },
    ]);
  });
  test('sends the validators it is given', async () => {
    const { code, out } = await vigie(['poll', '--allow-loopback', '--etag', '"v1"', `${origin}/feed`]);
    expect([code, JSON.parse(out)]).toMatchObject([0, { status: 304 }]);
  });
  test('of something else says what it is, with 1', async () => {
    const { code, out } = await vigie(['poll', '--allow-loopback', `${origin}/nothing`]);
    expect([code, JSON.parse(out)]).toMatchObject([1, { status: 404 }]);
  });
  test('does not ask loopback unless told to', async () => {
    const { code, out } = await vigie(['poll', `${origin}/feed`]);
    expect([code, JSON.parse(out)]).toMatchObject([1, { failed: 'refused-address', requests: 0 }]);
  });
});

describe('discover', () => {
  test.each(['/site', '/feed'])('%s', async (path) => {
    const { code, out } = await vigie(['discover', '--allow-loopback', origin + path]);
    expect([code, JSON.parse(out)]).toEqual([0, { url: `${origin}/feed`, title: 'News' }]);
  });
  test('a page that announces none', async () => {
    expect(await vigie(['discover', '--allow-loopback', `${origin}/nothing`])).toMatchObject({
      code: 1,
      out: '',
    });
  });
});

describe('opml', () => {
  const OPML =
    '<opml version="2.0"><body><outline text="Asia"><outline type="rss" text="A" xmlUrl="https://a.example.org/rss"/></outline></body></opml>';
  const CONFIG =
    '# mine\nversion: 1\nfeeds:\n  - { url: "https://b.example.org/rss" } # the other\nrules: [{ id: word, query: storm }]\n';

  test('import adds what is not there, and keeps comments', async () => {
    const [opml, config] = [join(folder, 'in.opml'), join(folder, 'watch.yaml')];
    writeFileSync(opml, OPML);
    writeFileSync(config, CONFIG);
    expect(await vigie(['opml', 'import', opml, '--config', config])).toMatchObject({ code: 0 });
    expect(await vigie(['opml', 'import', opml, '--config', config])).toMatchObject({ code: 0 });
    const written = readFileSync(config, 'utf8');
    expect(written.match(/a\.example\.org/g)).toHaveLength(1);
    expect(written).toContain('# the other');
    const { out } = await vigie(['opml', 'export', '--config', config]);
    expect(out).toMatch(/xmlUrl="https:\/\/b\.example\.org\/rss"/);
    expect(out).toMatch(/text="Asia"/);
  });
  test.each([
    [
      'sections of one site are of one publisher',
      '<outline text="Asia" xmlUrl="https://a.example.org/rss"/><outline text="EU" xmlUrl="https://example.org/eu"/><outline text="Post" xmlUrl="https://example.net/rss"/>',
      ['https://a.example.org/rss', 'https://example.org/eu', 'https://example.net/rss Post'],
    ],
    [
      'an address is no publisher',
      '<outline text="https://a.example.org/rss" xmlUrl="https://a.example.org/rss"/>',
      ['https://a.example.org/rss'],
    ],
  ])('import: %s', async (_name, outlines, feeds) => {
    const file = join(folder, 'sections.opml');
    writeFileSync(file, `<opml version="2.0"><body>${outlines}</body></opml>`);
    const { out } = await vigie(['opml', 'import', file]);
    const read = parse(out) as { feeds: { url: string; publisher?: string }[] };
    expect(read.feeds.map(({ url, publisher }) => (publisher ? `${url} ${publisher}` : url))).toEqual(feeds);
  });
  test('import after export invents no publisher', async () => {
    const [opml, config] = [join(folder, 'out.opml'), join(folder, 'own.yaml')];
    const more =
      '  - { url: "https://example.org/eu" }\n  - { url: "https://example.net/rss", publisher: Post }\n';
    writeFileSync(config, CONFIG.replace('rules:', `${more}rules:`));
    writeFileSync(opml, (await vigie(['opml', 'export', '--config', config])).out);
    const { out } = await vigie(['opml', 'import', opml]);
    expect(parse(out)).toEqual({
      feeds: [
        { url: 'https://b.example.org/rss' },
        { url: 'https://example.org/eu' },
        { url: 'https://example.net/rss', publisher: 'Post' },
      ],
    });
  });
  test('usage', async () => {
    expect(await vigie(['opml', 'export'])).toMatchObject({ code: 2 });
  });
});
