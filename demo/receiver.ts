/** A webhook receiver on loopback: verifies each signature with a foreign library, prints the alert, keeps a log. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One delivery as it arrived. */
export interface Received {
  readonly id: string;
  readonly verified: boolean;
  /** Addresses of the entries it tells of. */
  readonly urls: readonly string[];
}

export interface Receiver {
  readonly url: string;
  readonly log: readonly Received[];
  close(): void;
}

interface WireAlert {
  readonly entries: readonly { readonly url: string; readonly title: string; readonly lang: string }[];
}

export async function openReceiver(secret: string, print: (line: string) => void): Promise<Receiver> {
  const log: Received[] = [];
  const webhook = new Webhook(secret);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const id = String(request.headers['webhook-id']);
    const verified = isSigned(webhook, body, request.headers as Record<string, string>);
    const event = JSON.parse(body) as { type: string; data: WireAlert & { alerts?: WireAlert[] } };
    const entries = (event.data.alerts ?? [event.data]).flatMap((alert) => alert.entries);
    log.push({ id, verified, urls: entries.map(({ url }) => url) });
    for (const { lang, title } of entries) print(`  ${event.type}  ${lang.padEnd(7)} ${title}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    log,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function isSigned(webhook: Webhook, body: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
