/** Publishers on loopback: one port for each host, each request written down before it is answered. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificate } from './certificate.ts';
import type { Asked } from './log.ts';
import { type Answer, hostOf, type Scenario, type ScenarioFeed, type Visit } from './scenario.ts';

/** The replayed time, as the driver sets it. */
export interface Clock {
  tick: number;
  /** Real time at which the tick began. */
  realStart: number;
}

export const nowOf = (clock: Clock): number => clock.tick + Math.round(performance.now() - clock.realStart);

/** A loop of requests stops here. */
const REQUESTS_MAX = 5_000;

export class Publisher {
  readonly name: string;
  readonly asked: Asked[] = [];
  origin = '';
  readonly #feeds: readonly ScenarioFeed[];
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #secure: boolean;
  readonly #originOf: (host: string) => string;
  #inFlight = 0;
  #visits = 0;

  constructor(
    feeds: readonly ScenarioFeed[],
    {
      clock,
      certificate,
      originOf,
    }: { clock: Clock; certificate: Certificate; originOf: (host: string) => string },
  ) {
    this.#feeds = feeds;
    this.#originOf = originOf;
    this.name = hostOf(feeds[0] as ScenarioFeed);
    this.#clock = clock;
    this.#secure = feeds.some(({ https }) => https);
    const listener: RequestListener = (request, response) => void this.#serve(request, response);
    this.#server = this.#secure ? createSecureServer(certificate, listener) : createServer(listener);
  }

  async open(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const { port } = this.#server.address() as AddressInfo;
    this.origin = `${this.#secure ? 'https' : 'http'}://127.0.0.1:${port}`;
    return this;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight++;
    const asked = this.#note(request);
    const start = performance.now();
    response.once('close', () => {
      this.#inFlight--;
      asked.cut = !response.writableFinished;
      // The clock may have gone on to another tick: the time that went by is real.
      asked.endedAt = asked.at + Math.round(performance.now() - start);
    });
    const answer = this.#answer(asked);
    asked.status = answer.status;
    asked.answered = answer.headers ?? [];
    if (answer.delayMs !== undefined) await sleep(answer.delayMs);
    if (answer.ending !== 'headers') await this.#write(response, asked, answer);
  }

  #note(request: IncomingMessage): Asked {
    const raw = request.rawHeaders;
    const headers = raw.flatMap((name, i): [string, string][] =>
      i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : [],
    );
    const asked: Asked = {
      host: this.name,
      origin: this.origin,
      method: request.method ?? '',
      url: request.url ?? '',
      headers,
      tick: this.#clock.tick,
      at: nowOf(this.#clock),
      endedAt: null,
      inFlight: this.#inFlight,
      cut: false,
      bytes: 0,
      status: 0,
      answered: [],
    };
    this.asked.push(asked);
    return asked;
  }

  #answer(asked: Asked): Answer {
    if (this.asked.length > REQUESTS_MAX) return { status: 500 };
    const robots = asked.url === '/robots.txt';
    if (!robots) this.#visits++;
    const visit: Visit = {
      url: asked.url,
      header: (name) => asked.headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null,
      count: this.#visits,
      now: asked.at,
      origin: this.origin,
      originOf: this.#originOf,
    };
    const feed = this.#feeds.find(({ path }) => path === asked.url) ?? this.#feeds[0];
    if (robots) return feed?.robots?.(visit) ?? { status: 404 };
    return feed?.answer(visit) ?? { status: 404 };
  }

  async #write(response: ServerResponse, asked: Asked, answer: Answer): Promise<void> {
    const body = Buffer.from(answer.body ?? '');
    const headers = [...asked.answered];
    if (!headers.some(([name]) => name.toLowerCase() === 'date'))
      headers.push(['Date', new Date(nowOf(this.#clock)).toUTCString()]);
    response.sendDate = false;
    response.writeHead(answer.status, headers.flat());
    for (let at = 0; at < body.byteLength && !response.destroyed; at += CHUNK_BYTES) {
      const chunk = body.subarray(at, at + CHUNK_BYTES);
      if (!response.write(chunk)) await drained(response);
      asked.bytes += chunk.byteLength;
    }
    if (answer.ending === 'break') response.socket?.destroySoon();
    else if (answer.ending !== 'body') response.end();
  }
}

const CHUNK_BYTES = 65_536;

function drained(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const over = (): void => {
      response.off('drain', over).off('close', over);
      done();
    };
    response.on('drain', over).on('close', over);
  });
}

/** The publishers of one scenario, by name of host. */
export async function openPublishers(
  scenario: Scenario,
  clock: Clock,
  certificate: Certificate,
): Promise<Map<string, Publisher>> {
  const open = new Map<string, Publisher>();
  const originOf = (host: string): string => open.get(host)?.origin ?? '';
  for (const [host, feeds] of Map.groupBy(scenario.feeds, hostOf)) {
    open.set(host, await new Publisher(feeds, { clock, certificate, originOf }).open());
  }
  return open;
}
