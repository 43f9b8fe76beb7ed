/** `npm start` from outside, for one test: a folder, feeds and a receiver of its own, so that tests can run side by side. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test as base, expect } from 'vitest';

export const SECRET = 'canary-secret-5f1c';
export const ADDRESS_CANARY = 'canary-path-77aa';

export interface Launched {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

export interface Running extends Launched {
  readonly url: string;
  readonly token: string;
}

export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'vigie-start-'));
  readonly config = join(this.folder, 'watch.yaml');
  /** What its receiver was sent; every answer is 500 and holds the secret. */
  readonly posts: { path: string; body: string }[] = [];
  feedUrl = '';
  readonly #launched: Launched[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (request.method === 'POST') {
        this.posts.push({ path: request.url ?? '', body });
        response.writeHead(500).end(`told ${SECRET}`);
        return;
      }
      const item = request.url?.includes('quiet')
        ? ''
        : `<item><title>storm ${Date.now()}</title><guid>${Math.random()}</guid></item>`;
      response.end(`<rss version="2.0"><channel><title>t</title>${item}</channel></rss>`);
    });
  }

  static async open(): Promise<Place> {
    const place = new Place();
    await new Promise<void>((done) => place.#server.listen(0, '127.0.0.1', done));
    place.feedUrl = `http://127.0.0.1:${(place.#server.address() as AddressInfo).port}`;
    return place;
  }

  launch(args: readonly string[] = [], by: 'us' | 'npm' = 'us'): Launched {
    const all = [
      'cli/start.ts',
      '--port',
      '0',
      '--allow-loopback',
      '--config',
      this.config,
      '--state',
      join(this.folder, 'state'),
      ...args,
    ];
    const asNpm = `require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' })`;
    const child = spawn(process.execPath, by === 'npm' ? ['-e', asNpm, '--', ...all] : all, {
      env: {
        ...process.env,
        ...(by === 'npm' ? { npm_lifecycle_event: 'start' } : {}),
        HOOK_SECRET: SECRET,
        HOOK_URL: `${this.feedUrl}/${ADDRESS_CANARY}`,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const launched = {
      process: child,
      output: () => output,
      // 'exit' comes before the last lines may have been read.
      exited: new Promise<number | null>((done) => child.once('close', (code) => done(code))),
    };
    this.#launched.push(launched);
    return launched;
  }

  async start(args: readonly string[] = []): Promise<Running> {
    const child = this.launch(args);
    const ready = /^ready (\S+)\/#token=(\S+)\n/m;
    await until(() => ready.test(child.output()) || child.process.exitCode !== null);
    const [, url = '', token = ''] = ready.exec(child.output()) ?? [];
    if (url === '') throw new Error(`not ready: ${child.output()}`);
    return { ...child, url, token };
  }

  document(change: { feed?: string; rules?: string; more?: string } = {}): string {
    return `version: 1
feeds:
  - { id: flow, url: "${change.feed ?? `${this.feedUrl}/feed`}", every: 5m }
rules:
${change.rules ?? '  - { id: storms, title: Storms, severity: high, query: storm*, notify: { to: [hook], group_by: none } }'}
channels:
  hook: { kind: webhook, url: "\${HOOK_URL}", secret: "\${HOOK_SECRET}" }
${change.more ?? ''}`;
  }

  /** A document that differs from others by its name alone. */
  version(name: string): string {
    return this.document({ more: `# ${name}\n` });
  }

  async close(): Promise<void> {
    for (const { process } of this.#launched) process.kill('SIGTERM');
    await Promise.all(this.#launched.map(({ exited }) => exited));
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const test = base.extend<{ place: Place }>({
  place: async ({ task: _ }, use) => {
    const place = await Place.open();
    await use(place);
    await place.close();
  },
});

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition()) && Date.now() < end) await sleep(50);
  expect(await condition()).toBe(true);
}

export async function isUnreachable(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/healthz`);
    return false;
  } catch {
    return true;
  }
}

export async function readiness(url: string) {
  const answer = await fetch(`${url}/readyz`);
  return {
    status: answer.status,
    body: (await answer.json()) as { ready: boolean; reasons: string[]; rejected: string | null },
  };
}

export async function inForce({ url, token }: Running): Promise<string> {
  return await (await fetch(`${url}/api/config`, { headers: { authorization: `Bearer ${token}` } })).text();
}

export function save({ url, token }: Running, body: string): Promise<Response> {
  return fetch(`${url}/api/config`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body });
}

export async function stop(service: Running): Promise<void> {
  service.process.kill('SIGTERM');
  await service.exited;
}
