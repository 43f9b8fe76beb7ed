/** A webhook receiver that fails: one first attempt in ten gets a 500, one in ten is taken and then cut off. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const FAULT_SHARE = 0.1;

export class FaultyReceiver {
  /** title → ids under which it came */
  readonly idsOf = new Map<string, Set<string>>();
  /** Titles answered with 2xx. */
  readonly acknowledged = new Set<string>();
  /** Taken in, and the sender could not know. */
  ambiguous = 0;
  /** Deliveries that came although their id had been taken in before. */
  repeats = 0;
  url = '';
  private readonly random: () => number;
  private readonly server: Server;
  private readonly tried = new Set<string>();
  private readonly taken = new Set<string>();

  private constructor(random: () => number) {
    this.random = random;
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      this.receive(String(request.headers['webhook-id']), Buffer.concat(chunks).toString('utf8'), response);
    });
  }

  static async open(random: () => number): Promise<FaultyReceiver> {
    const receiver = new FaultyReceiver(random);
    await new Promise<void>((done) => receiver.server.listen(0, '127.0.0.1', done));
    receiver.url = `http://127.0.0.1:${(receiver.server.address() as AddressInfo).port}/hook`;
    return receiver;
  }

  /** Everything in `titles` is acknowledged, or the time is over. */
  async settled(titles: ReadonlySet<string>, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while ([...titles].some((title) => !this.acknowledged.has(title)) && Date.now() < end) await sleep(100);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private receive(id: string, body: string, response: ServerResponse): void {
    const { data } = JSON.parse(body) as { data: { entries: { title: string }[] } };
    const titles = data.entries.map(({ title }) => title);
    const first = !this.tried.has(id);
    this.tried.add(id);
    const fate = first ? this.random() : 1;
    if (fate < FAULT_SHARE) {
      response.writeHead(500).end();
      return;
    }
    if (this.taken.has(id)) this.repeats++;
    this.taken.add(id);
    for (const title of titles) this.idsOf.set(title, (this.idsOf.get(title) ?? new Set()).add(id));
    if (fate < 2 * FAULT_SHARE) {
      this.ambiguous++;
      response.socket?.destroy();
      return;
    }
    for (const title of titles) this.acknowledged.add(title);
    response.writeHead(204).end();
  }
}
