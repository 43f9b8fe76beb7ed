/** Feeds under attack: windows that slide, servers that hang or lie. Each feed is a host of its own; all write one log. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventLog } from './event-log.ts';

export interface ListedEntry {
  readonly title: string;
  /** Not given: the title. */
  readonly guid?: string;
  readonly link?: string;
  /** RFC 822 date. */
  readonly date?: string;
}

/** What the server does instead of answering well. */
export type FeedFault = 'tarpit' | 'page' | 'cut' | 'error' | 'empty' | 'reset';

export class ChaosFeed {
  readonly id: string;
  url = '';
  /** Newest first; what the next request is served. */
  listed: ListedEntry[] = [];
  /** Entries served from now on are news. */
  news = false;
  /** Decides about each request to the feed; null: a good answer. */
  fault: () => FeedFault | null = () => null;
  /** Waited for before an answer goes out. */
  hold: Promise<void> = Promise.resolve();
  requests = 0;
  #published = 0;
  readonly #window: number;
  readonly #log: EventLog;
  readonly #server: Server;

  private constructor(id: string, window: number, log: EventLog) {
    this.id = id;
    this.#window = window;
    this.#log = log;
    this.#server = createServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else void this.#answer(response);
    });
  }

  static async open(id: string, log: EventLog, window = 40): Promise<ChaosFeed> {
    const feed = new ChaosFeed(id, window, log);
    await new Promise<void>((done) => feed.#server.listen(0, '127.0.0.1', done));
    feed.url = `http://127.0.0.1:${(feed.#server.address() as AddressInfo).port}/feed`;
    return feed;
  }

  /** Puts `count` new entries on top; the window slides. @returns their titles */
  publish(count: number, name = 'storm'): string[] {
    const fresh = Array.from({ length: count }, () => ({
      title: `${name} number ${++this.#published} of ${this.id}`,
    }));
    this.listed = [...fresh.toReversed(), ...this.listed].slice(0, this.#window);
    return fresh.map(({ title }) => title);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(response: ServerResponse): Promise<void> {
    this.requests++;
    this.#log.add({ kind: 'asked', feed: this.id });
    const fault = this.fault();
    await this.hold;
    if (fault !== null) {
      misbehave(fault, response, this.listed);
      return;
    }
    const { listed, news } = this;
    const body = Buffer.from(rss(listed));
    response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': body.byteLength });
    response.end(body, () => {
      this.#log.add({ kind: 'served', feed: this.id, titles: listed.map(({ title }) => title), news });
    });
  }
}

function misbehave(fault: FeedFault, response: ServerResponse, listed: readonly ListedEntry[]): void {
  switch (fault) {
    case 'tarpit':
      return;
    case 'reset':
      response.socket?.destroy();
      return;
    case 'error':
      response.writeHead(503).end('busy');
      return;
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><html><body><h1>Sign in to this network</h1></body></html>');
      return;
    case 'empty':
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end('');
      return;
    case 'cut': {
      // Ends with the connection, as HTTP/1.0 does: a clean 200 to whoever only counts bytes.
      const body = rss(listed);
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { 'content-type': 'application/rss+xml', connection: 'close' });
      response.end(body.slice(0, Math.floor(body.length / 2)));
    }
  }
}

function rss(listed: readonly ListedEntry[]): string {
  const items = listed.map(({ title, guid = title, link, date }) => {
    const more = `${link === undefined ? '' : `<link>${link}</link>`}${date === undefined ? '' : `<pubDate>${date}</pubDate>`}`;
    return `<item><title>${title}</title><guid isPermaLink="false">${guid}</guid>${more}</item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>flow</title>${items.join('')}</channel></rss>`;
}
