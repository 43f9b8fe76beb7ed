/**
 * Sixteen small newsrooms on loopback, each on a port of its own. Logs what was served, so that the demo is judged from
 * this log and the receiver's, and not from what the service reports.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { contentTypeOf, feedDocument, type Published } from './documents.ts';
import { encodeText } from './encode.ts';
import { FEEDS, type Line, type StagedFeed } from './script.ts';

/** How far the story has come. */
export type Stage = 'before' | 'first' | 'second';

/** One item of a feed, with how often it was served. */
export interface StagedEntry {
  readonly feed: StagedFeed;
  readonly line: Line;
  readonly url: string;
  readonly stage: Stage;
  /** Complete answers that contained it. */
  served: number;
}

export interface Newsroom {
  readonly entries: readonly StagedEntry[];
  /** Address by name of the feed. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly requests: number;
  /** Requests with a validator that were answered 304. */
  readonly notModified: number;
  publish(stage: Stage): void;
  /** Ends all faults. */
  clearFaults(): void;
  close(): void;
}

const STAGES: readonly Stage[] = ['before', 'first', 'second'];
const SLOW_MS = 2_500;

export async function openNewsroom(now: () => number): Promise<Newsroom> {
  const desks = await Promise.all(FEEDS.map((feed) => openDesk(feed, now)));
  return {
    entries: desks.flatMap((desk) => desk.entries),
    addresses: new Map(desks.map((desk) => [desk.feed.name, desk.address])),
    get requests() {
      return desks.reduce((sum, desk) => sum + desk.requests, 0);
    },
    get notModified() {
      return desks.reduce((sum, desk) => sum + desk.notModified, 0);
    },
    publish: (stage) => {
      for (const desk of desks) desk.publish(stage);
    },
    clearFaults: () => {
      for (const desk of desks) desk.faulty = false;
    },
    close: () => {
      for (const desk of desks) desk.close();
    },
  };
}

/** One feed and its server. */
class FeedDesk {
  readonly feed: StagedFeed;
  readonly entries: StagedEntry[];
  address = '';
  requests = 0;
  notModified = 0;
  faulty = true;
  readonly #now: () => number;
  readonly #server: Server;
  #listed: { readonly entry: StagedEntry; readonly at: Date }[] = [];

  constructor(feed: StagedFeed, now: () => number) {
    this.feed = feed;
    this.#now = now;
    this.entries = STAGES.flatMap((stage) =>
      feed[stage].map((line, i) => ({
        feed,
        line,
        stage,
        served: 0,
        url: `https://${feed.name}.example.org/${stage}/${i}`,
      })),
    );
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async open(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    this.address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/feed`;
  }

  publish(stage: Stage): void {
    const at = new Date(this.#now());
    const news = this.entries.filter((entry) => entry.stage === stage).map((entry) => ({ entry, at }));
    this.#listed = [...news, ...this.#listed];
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    const fault =
      this.faulty && this.#listed.some(({ entry }) => entry.stage === 'first') ? this.feed.fault : null;
    if (fault === 'slow') await sleep(SLOW_MS);
    if (fault === 'html-page') return this.#htmlPage(response);
    const etag = `"${this.feed.name}-${this.#listed.length}"`;
    if (request.headers['if-none-match'] === etag) {
      this.notModified++;
      response.writeHead(304, { etag }).end();
      return;
    }
    const body = encodeText(feedDocument(this.feed, this.#listed.map(published)), this.feed.encoding);
    const type = contentTypeOf(this.feed);
    if (fault === 'truncated') {
      // Closed half way without content-length: the client sees a complete 200.
      response.writeHead(200, { 'content-type': type, etag, connection: 'close' }).end(body.subarray(0, 300));
      return;
    }
    for (const { entry } of this.#listed) entry.served++;
    if (this.feed.fault === 'gzip') {
      response.writeHead(200, { 'content-type': type, etag, 'content-encoding': 'gzip' }).end(gzipSync(body));
    } else {
      response.writeHead(200, { 'content-type': type, etag, 'content-length': body.byteLength }).end(body);
    }
  }

  #htmlPage(response: ServerResponse): void {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Bakım</title><h1>Birazdan döneriz</h1>');
  }
}

async function openDesk(feed: StagedFeed, now: () => number): Promise<FeedDesk> {
  const desk = new FeedDesk(feed, now);
  await desk.open();
  desk.publish('before');
  return desk;
}

function published({ entry, at }: { entry: StagedEntry; at: Date }): Published {
  return { title: entry.line.title, summary: entry.line.summary, url: entry.url, at };
}
