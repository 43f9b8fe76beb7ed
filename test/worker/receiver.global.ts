/** A receiver on loopback for tests in workerd: answers as the path says, and tells what it was sent. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { TestProject } from 'vitest/node';
import { fakeOf } from '../fakes/table.ts';
import { type PostedKind, testChannel } from '../fixtures/channels.ts';

interface Sent {
  readonly id: string;
  readonly signature: string;
  readonly type: string;
}

/** `POST /<name>/status/503?retry-after=7` is answered so; `GET /<name>` lists what came below that name. */
export default async function setup(project: TestProject): Promise<() => void> {
  const log = new Map<string, Sent[]>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://receiver');
    if (url.pathname.startsWith('/misbehave/')) {
      misbehave(url.pathname.slice('/misbehave/'.length), request, response);
      return;
    }
    const [, name = '', verb, value] = url.pathname.split('/');
    if (name === 'fake') {
      await playPlatform(request, response, url);
      return;
    }
    if (name === 'heart') {
      noteBeat(url, response);
      return;
    }
    if (request.method === 'GET') {
      response.end(JSON.stringify(log.get(name) ?? []));
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const { type } = JSON.parse(body) as { type: string };
    const sent = {
      id: String(request.headers['webhook-id']),
      signature: String(request.headers['webhook-signature'] ?? ''),
      type,
    };
    log.set(name, [...(log.get(name) ?? []), sent]);
    if (verb === 'echo')
      response.writeHead(500).end(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
    else if (verb === 'drop') request.socket.destroy();
    else if (verb !== 'hang') answerAs(value, url.searchParams, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  project.provide('receiver', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    receiver: string;
  }
}

function answerAs(status: string | undefined, query: URLSearchParams, response: ServerResponse): void {
  const retryAfter = query.get('retry-after');
  const location = query.get('location');
  response.writeHead(Number(status ?? 204), {
    ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
    ...(location === null ? {} : { location }),
  });
  response.end('said');
}

const hearts = new Map<string, string[]>();

/** `/heart/<name>/…` notes what follows the name; `?list` tells it. */
function noteBeat(url: URL, response: ServerResponse): void {
  const [, , name = '', ...rest] = url.pathname.split('/');
  const beats = hearts.get(name) ?? [];
  const isAsked = url.searchParams.has('list');
  if (!isAsked) hearts.set(name, [...beats, rest.join('/')]);
  response.end(isAsked ? JSON.stringify(beats) : 'OK');
}

const played = new Map<string, { path: string; status: number; body: string }[]>();

/** `/fake/<name>/<kind>/…` is answered by the fake of the platform; `GET /fake/<name>` tells what it was asked. */
async function playPlatform(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const [, , name = '', kind = '', ...rest] = url.pathname.split('/');
  if (request.method === 'GET') {
    response.end(JSON.stringify(played.get(name) ?? []));
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const fake = fakeOf(testChannel(kind as PostedKind));
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
  );
  const path = `/${rest.join('/')}`;
  const answer = fake({ method: request.method ?? '', path, query: url.searchParams, headers, body });
  played.set(name, [...(played.get(name) ?? []), { path, status: answer.status, body }]);
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** What servers do to those who fetch from them. */
function misbehave(kind: string, request: IncomingMessage, response: ServerResponse): void {
  const [name = '', count = '0'] = kind.split('/');
  const answers: Record<string, () => void> = {
    plain: () => void response.end('plain'),
    gzip: () => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')),
    br: () => void response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('packed')),
    zstd: () => void response.writeHead(200, { 'content-encoding': 'zstd' }).end('?'),
    'not-gzip': () => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain text'),
    bomb: () => {
      const packed = gzipSync(Buffer.alloc(4_000_000, 32));
      response
        .writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.byteLength })
        .end(packed);
    },
    endless: () => {
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(65_536, 97), more);
      };
      more();
    },
    short: () => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('only this');
      setTimeout(() => request.socket.destroy(), 20);
    },
    reset: () => void request.socket.destroy(),
    chain: () => {
      const left = Number(count);
      if (left === 0) response.end('arrived');
      else response.writeHead(302, { location: `/misbehave/chain/${left - 1}` }).end();
    },
    loop: () => void response.writeHead(301, { location: '/misbehave/loop' }).end(),
    inside: () => void response.writeHead(302, { location: 'http://192.168.0.1/' }).end(),
    file: () => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    headers: () => void response.end(JSON.stringify(request.rawHeaders)),
  };
  answers[name]?.();
}
