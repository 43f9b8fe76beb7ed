/** One run of one scenario: its folder, its clock of ticks, its servers, the service under attack, and the log of what was seen. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Service, startService } from '../../demo/service.ts';
import { complaints, judge, keyOf, type Verdict, type Wanted } from './checker.ts';
import { EventLog } from './event-log.ts';
import { ChaosFeed } from './newsroom.ts';
import { ChaosReceiver, developmentsOf } from './receiver.ts';
import { type Release, scriptOf } from './script.ts';
import { seeded } from './seeded.ts';

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url));
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export interface Orders {
  readonly offsetMs?: number;
  readonly hurryUntil?: number | null;
  readonly timerSpeed?: number;
  readonly waitSpeed?: number;
  readonly kvStaleWrites?: number;
  readonly kvRefused?: number;
  readonly sql?: string | null;
  readonly control?: string | null;
  readonly seed?: number;
}

export interface Delivery {
  readonly id: string;
  readonly channel: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
}

export type Figures = Readonly<Record<string, number | string>>;

/** What a scenario came to. */
export interface Outcome {
  /** Empty: the promise held. */
  readonly problems: readonly string[];
  readonly figures: Figures;
}

export class Rig {
  readonly log = new EventLog();
  readonly random: () => number;
  readonly folder = mkdtempSync(join(tmpdir(), 'vigie-chaos-'));
  readonly state = join(this.folder, 'state');
  readonly seed: number;
  readonly long: boolean;
  /** What the service said on standard error, in order. */
  readonly said: string[] = [];
  /** The clock of ticks. */
  clock = Date.now();
  readonly #config = join(this.folder, 'watch.yaml');
  readonly #open: { close(): void }[] = [];
  readonly #receivers: ChaosReceiver[] = [];
  #running: Service | null = null;
  #killed = false;

  constructor(seed: number, long: boolean) {
    this.seed = seed;
    this.long = long;
    this.random = seeded(seed);
  }

  /** What a run in CI takes, or what a night does. */
  size(short: number, long: number): number {
    return this.long ? long : short;
  }

  async feed(id: string, window = 40): Promise<ChaosFeed> {
    return this.kept(await ChaosFeed.open(id, this.log, window));
  }

  async receiver(): Promise<ChaosReceiver> {
    const receiver = this.kept(await ChaosReceiver.open(this.log));
    this.#receivers.push(receiver);
    return receiver;
  }

  kept<T extends { close(): void }>(server: T): T {
    this.#open.push(server);
    return server;
  }

  /** Puts the document where the next start, and a running `npm start`, read it. */
  configure(document: object): void {
    writeFileSync(this.#config, JSON.stringify({ version: 1, ...document }));
  }

  get service(): Service {
    if (this.#running === null) throw new Error('the service is not running');
    return this.#running;
  }

  /** The real service; with a release: the wrapped Worker of that release. */
  async launch(release: Release | null = null, variables: Record<string, string> = {}): Promise<void> {
    if (this.#killed) this.log.add({ kind: 'killed' });
    this.#killed = false;
    this.#running = await startService({
      config: this.#config,
      state: this.state,
      variables: { ...variables, ...(release === null ? {} : { CHAOS_SCRIPT: scriptOf(release) }) },
      onError: (text) => this.said.push(...text.split('\n').filter((line) => line !== '')),
      ...(release === null ? {} : { program: HOST }),
    });
  }

  /** kill -9 of the whole process group. The log says so when the next one starts: what was on its way has arrived by then. */
  async kill(): Promise<void> {
    const service = this.#running;
    this.#running = null;
    if (service === null) return;
    await service.kill();
    await this.#drained();
    this.#killed = true;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
    await this.#drained();
  }

  /** Everything that the service sent before it ended is in the log. */
  async #drained(): Promise<void> {
    await Promise.all(this.#receivers.map((receiver) => receiver.drained()));
    await this.until(() => this.#receivers.every(({ open }) => open === 0), 3_000);
  }

  /** Moves the clock of ticks and fires one. */
  async tick(minutes = 10): Promise<void> {
    this.clock += minutes * MINUTE_MS;
    this.log.add({ kind: 'ticked', tick: this.clock });
    await this.service.tick(this.clock);
  }

  /** Changes what is broken in a wrapped Worker. @returns its clock */
  async order(orders: Orders): Promise<{ now: number; offsetMs: number; idle: boolean }> {
    const answer = await fetch(`${this.service.url}/chaos`, { method: 'POST', body: JSON.stringify(orders) });
    return (await answer.json()) as { now: number; offsetMs: number; idle: boolean };
  }

  async api(path: string, init: { method?: string; body?: string } = {}): Promise<Response> {
    const { url, token } = this.service;
    return await fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  }

  async publish(document: object): Promise<void> {
    this.configure(document);
    const body = JSON.stringify({ version: 1, ...document });
    const answer = await this.api('/api/config', { method: 'PUT', body });
    if (!answer.ok) throw new Error(`configuration not taken: ${await answer.text()}`);
  }

  /** Moves the wrapped Worker's clock ahead, stopping wherever its alarm has something to do. */
  async pass(until: number, timeoutMs = 60_000): Promise<void> {
    await this.order({ hurryUntil: until });
    const there = await this.until(async () => {
      const { now, idle } = await this.order({});
      return now >= until || idle;
    }, timeoutMs);
    if (!there) throw new Error('the alarms between now and then took too long');
    const { now, offsetMs } = await this.order({ hurryUntil: null });
    if (now < until) await this.order({ offsetMs: offsetMs + until - now });
  }

  /** Until it holds or the time is over. @returns whether it holds */
  async until(holds: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      if (await holds()) return true;
      if (Date.now() > end) return false;
      await sleep(50);
    }
  }

  /** Waits until nothing is lost any more, or nothing at all has happened for so long. */
  async settled(rules: readonly Wanted[], quietMs: number): Promise<Verdict> {
    let verdict = judge(this.log.events, rules);
    let [seen, since] = [this.log.events.length, Date.now()];
    let pauseMs = 100;
    while (verdict.lost.length > 0 && Date.now() - since < quietMs) {
      await sleep(pauseMs);
      if (this.log.events.length === seen) continue;
      [seen, since] = [this.log.events.length, Date.now()];
      verdict = judge(this.log.events, rules);
      // The receivers live in this process, too: judging a long log must not hold them up.
      pauseMs = Math.max(100, 20 * (Date.now() - since));
    }
    return verdict;
  }

  /** What the service shows as deliveries of a state, all pages. */
  async deliveries(state: string): Promise<Delivery[]> {
    const all: Delivery[] = [];
    let cursor = '';
    do {
      const answer = await this.api(`/api/deliveries?state=${state}${cursor && `&cursor=${cursor}`}`);
      const page = (await answer.json()) as { deliveries: Delivery[]; next: string | null };
      all.push(...page.deliveries);
      cursor = page.next ?? '';
    } while (cursor !== '');
    return all;
  }

  /** Keys of what is in dead letters, as the judge names them. */
  async deadKeys(): Promise<Set<string>> {
    const keys = new Set<string>();
    for (const { id, channel } of await this.deliveries('dead')) {
      const { event } = (await (await this.api(`/api/deliveries/${id}`)).json()) as { event: unknown };
      for (const told of developmentsOf(JSON.stringify(event))) keys.add(keyOf(told, channel));
    }
    return keys;
  }

  async close(): Promise<void> {
    await this.kill();
    for (const server of this.#open) server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A verdict as an outcome; `more` are the scenario's own findings. */
export function outcomeOf(verdict: Verdict, more: Partial<Outcome> = {}): Outcome {
  const { wanted, acknowledged, repeats, ambiguous, kills } = verdict;
  return {
    problems: [...complaints(verdict), ...(more.problems ?? [])],
    figures: {
      wanted,
      acknowledged,
      lost: verdict.lost.length,
      repeats,
      ambiguous,
      kills,
      'ids twice': verdict.twice.length,
      ...more.figures,
    },
  };
}
