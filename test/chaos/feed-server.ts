/** A feed whose window slides: entries come in on top and fall out at the bottom. Knows what it has served. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const WINDOW = 40;

export class FlowingFeed {
  /** Titles that stood in a complete answer, the baseline's left out. */
  readonly served = new Set<string>();
  url = '';
  private readonly server: Server;
  private published = 0;
  private answers = 0;

  private constructor() {
    this.server = createServer((_request, response) => {
      const titles = this.titles();
      const body = Buffer.from(rss(titles));
      response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': body.byteLength });
      response.end(body, () => {
        if (this.answers++ > 0) for (const title of titles) this.served.add(title);
      });
    });
  }

  static async open(): Promise<FlowingFeed> {
    const feed = new FlowingFeed();
    await new Promise<void>((done) => feed.server.listen(0, '127.0.0.1', done));
    feed.url = `http://127.0.0.1:${(feed.server.address() as AddressInfo).port}/feed`;
    return feed;
  }

  publish(count: number): void {
    this.published += count;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Newest first. */
  private titles(): string[] {
    const length = Math.min(WINDOW, this.published);
    return Array.from({ length }, (_, i) => `storm number ${this.published - i}`);
  }
}

function rss(titles: readonly string[]): string {
  const items = titles.map((title) => `<item><title>${title}</title><guid>${title}</guid></item>`);
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>flow</title>${items.join('')}</channel></rss>`;
}
