/** A webhook receiver whose answers somebody decides, request by request. Its log is what people would have read. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { EventLog, Told } from './event-log.ts';

/** `answer` with 2xx and all of `drop` and `hang` take the delivery; any other status, and `reset`, do not. */
export type NextStep =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Cut before anything was taken. */
  | { readonly kind: 'reset' }
  /** Taken, then the connection is cut. */
  | { readonly kind: 'drop' }
  /** Taken, and never answered. */
  | { readonly kind: 'hang' };

export interface Arrival {
  readonly id: string;
  readonly channel: string;
  /** How often this id came before. */
  readonly before: number;
  /** The sender's clock, ms; 0 where it does not sign. */
  readonly sentAt: number;
  readonly signature: string;
  readonly body: string;
  readonly type: string;
}

const YES: NextStep = { kind: 'answer', status: 204 };

export class ChaosReceiver {
  url = '';
  fate: (arrival: Arrival) => NextStep = () => YES;
  /** Called when a delivery is in, before anything is answered; what it returns is waited for. */
  onTaken: (arrival: Arrival) => Promise<void> | void = () => {};
  readonly arrivals: Arrival[] = [];
  /** Deliveries that are in and not answered yet. */
  open = 0;
  readonly #came = new Map<string, number>();
  readonly #log: EventLog;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(log: EventLog) {
    this.#log = log;
    this.#server = createServer((request, response) => void this.#receive(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(log: EventLog): Promise<ChaosReceiver> {
    const receiver = new ChaosReceiver(log);
    await new Promise<void>((done) => receiver.#server.listen(0, '127.0.0.1', done));
    receiver.url = `http://127.0.0.1:${(receiver.#server.address() as AddressInfo).port}`;
    return receiver;
  }

  /** Where a channel of that name delivers to. */
  hook(channel: string): string {
    return `${this.url}/hook/${channel}`;
  }

  /** When whoever sends has ended: what it sent is in, though this process may not have read it by then. */
  async drained(): Promise<void> {
    // Connections are taken in order: behind ours, all of its are.
    const last = connect((this.#server.address() as AddressInfo).port, '127.0.0.1');
    const { promise: taken, resolve } = Promise.withResolvers<void>();
    const note = (socket: Socket): void => {
      if (socket.remotePort === last.localPort) resolve();
    };
    this.#server.on('connection', note);
    await once(last, 'connect');
    for (const socket of this.#sockets) note(socket);
    await taken;
    this.#server.off('connection', note);
    const before = [...this.#sockets].filter((socket) => socket.remotePort !== last.localPort);
    // Not `once` of events: a connection that is reset closes, too.
    const ended = (socket: Socket): Promise<void> =>
      new Promise((done) => socket.once('close', () => done()));
    await Promise.all(before.filter((socket) => !socket.closed).map(ended));
    last.destroy();
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) return;
    const arrival = this.#arrivalOf(request, body);
    this.arrivals.push(arrival);
    this.open++;
    await this.onTaken(arrival);
    this.#answer(arrival, this.fate(arrival), response);
    this.open--;
  }

  #arrivalOf(request: IncomingMessage, body: string): Arrival {
    // Platforms for people get no id: the text is what they would see twice.
    const id = String(request.headers['webhook-id'] ?? createHash('sha256').update(body).digest('hex'));
    const before = this.#came.get(id) ?? 0;
    this.#came.set(id, before + 1);
    return {
      id,
      channel: new URL(request.url ?? '/', 'http://receiver').pathname.split('/')[2] ?? '',
      before,
      sentAt: Number(request.headers['webhook-timestamp'] ?? 0) * 1000,
      signature: String(request.headers['webhook-signature'] ?? ''),
      body,
      type: (JSON.parse(body) as { type?: string }).type ?? '',
    };
  }

  #answer({ id, channel, sentAt, body }: Arrival, fate: NextStep, response: ServerResponse): void {
    const took = fate.kind === 'drop' || fate.kind === 'hang' || isYes(fate);
    if (took) this.#log.add({ kind: 'accepted', channel, id, told: developmentsOf(body), sentAt });
    const how = isYes(fate) ? 'yes' : fate.kind === 'answer' ? 'no' : 'nothing';
    this.#log.add({ kind: 'answered', channel, id, how, sentAt });
    if (fate.kind === 'answer') response.writeHead(fate.status, fate.headers).end(fate.body ?? '');
    else if (fate.kind !== 'hang') response.socket?.destroy();
  }
}

const isYes = (fate: NextStep): boolean => fate.kind === 'answer' && fate.status >= 200 && fate.status < 300;

/** null: the sender was killed in the middle of it. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface WireAlert {
  readonly rule: string;
  readonly entries: readonly { readonly title: string }[];
}

/** What a delivery says; a notice of the service about itself, or a message for people, says nothing of entries. */
export function developmentsOf(body: string): Told[] {
  const { data } = JSON.parse(body) as { data?: Partial<WireAlert> & { alerts?: WireAlert[] } };
  const alerts = data?.alerts ?? (data?.entries === undefined ? [] : [data as WireAlert]);
  return alerts.flatMap(({ rule, entries }) => entries.map(({ title }) => ({ rule, title })));
}
