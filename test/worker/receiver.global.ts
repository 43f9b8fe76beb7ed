/** A receiver on loopback for tests in workerd: answers as the path says, and tells what it was sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';

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
    const [, name = '', verb, value] = url.pathname.split('/');
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
    if (verb === 'drop') {
      request.socket.destroy();
      return;
    }
    const retryAfter = url.searchParams.get('retry-after');
    const location = url.searchParams.get('location');
    response.writeHead(Number(value ?? 204), {
      ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
      ...(location === null ? {} : { location }),
    });
    response.end('said');
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
