/** The fakes on loopback: `/<name of a channel>/…` is answered as its platform would, and remembered. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fake } from './fake.ts';

export interface Played {
  readonly name: string;
  readonly status: number;
  readonly answer: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Platforms {
  readonly url: string;
  readonly played: readonly Played[];
  stop(): void;
}

/** Everything else (`GET /feed`) is answered by `otherwise`. */
export async function startPlatforms(
  fakes: ReadonlyMap<string, Fake>,
  otherwise: (path: string) => string,
): Promise<Platforms> {
  const played: Played[] = [];
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://platforms');
    const [, name = '', ...rest] = url.pathname.split('/');
    const fake = fakes.get(name);
    if (fake === undefined) {
      response.end(otherwise(url.pathname));
      return;
    }
    const body = await textOf(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
    );
    const path = `/${rest.join('/')}`;
    const answer = fake({ method: request.method ?? '', path, query: url.searchParams, headers, body });
    played.push({ name, status: answer.status, answer: answer.body, body, headers });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    played,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
