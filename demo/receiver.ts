/** A webhook receiver on loopback: verifies each signature with a third-party library, prints the alert, and logs it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One delivery as it arrived. */
export interface Received {
  readonly id: string;
  readonly verified: boolean;
  /** One for each alert in it. */
  readonly alerts: readonly ReceivedAlert[];
}

export interface ReceivedAlert {
  readonly story: string;
  /** Identifies the development: a story has one first report, one alert for a figure, one for a language. */
  readonly key: string;
  /** Addresses of all reports in it: its own entry, the independent ones, their copies. */
  readonly urls: readonly string[];
}

export interface Receiver {
  readonly url: string;
  readonly log: readonly Received[];
  close(): void;
}

interface WireSource {
  readonly url: string;
  readonly copies: readonly WireSource[];
}

interface WireAlert {
  readonly story: string;
  readonly development: string;
  readonly entries: readonly { readonly url: string; readonly title: string; readonly lang: string }[];
  readonly figures: readonly { readonly value: number; readonly by: string | null }[];
  readonly independent: number;
  readonly reports: number;
  readonly languages: readonly string[];
  readonly sources: readonly WireSource[];
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
    const alerts = event.data.alerts ?? [event.data];
    log.push({ id, verified, alerts: alerts.map(received) });
    for (const alert of alerts) print(`  ${lineOf(alert)}`);
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

function received({ story, development, entries, figures, sources }: WireAlert): ReceivedAlert {
  const [entry] = entries;
  const many: Record<string, string> = { language: `${entry?.lang}`, figure: `${figures[0]?.value}` };
  const urls = [...entries, ...sources, ...sources.flatMap(({ copies }) => copies)].map(({ url }) => url);
  return { story, key: [story, development, many[development] ?? ''].join(' '), urls: [...new Set(urls)] };
}

function lineOf({ development, entries, figures, independent, reports, languages }: WireAlert): string {
  const [entry] = entries;
  const [largest] = figures;
  const facts: Record<string, string> = {
    confirmed: `by ${independent} independent publishers`,
    figure: `${largest?.value.toLocaleString('en')} (${largest?.by})`,
    closed: `${reports} reports, ${independent} independent publishers, ${languages.length} languages`,
  };
  const what = [development, facts[development]].filter((part) => part !== undefined).join(': ');
  return `${what.padEnd(42)} ${(entry?.lang ?? '').padEnd(7)} ${entry?.title ?? ''}`;
}

function isSigned(webhook: Webhook, body: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
