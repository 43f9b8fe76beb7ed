/** Replays: the real service, in processes of its own, against the publishers of many scenarios at once. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Service, startService } from '../../../demo/service.ts';
import type { Certificate } from './certificate.ts';
import { type Asked, HOUR, type Log, MINUTE, type Tick } from './log.ts';
import { BEGINNING } from './replay-time.ts';
import { hostOf, type RunName, type Scenario, type ScenarioFeed } from './scenario.ts';
import { type Clock, openPublishers, type Publisher } from './server.ts';

type Restart = 'kill' | 'kill in the tick' | 'stop';

interface Plan {
  readonly stepMs: number;
  readonly ticks: number;
  /** Services side by side that share the run's scenarios: real time is what they wait for. */
  readonly shards: number;
  /** Number of a tick → what happens behind it, or in it. */
  readonly restarts: Readonly<Record<number, Restart>>;
}

const FIVE_RESTARTS = (every: number): Record<number, Restart> => ({
  [every]: 'kill',
  [2 * every]: 'stop',
  [3 * every]: 'kill in the tick',
  [4 * every]: 'stop',
  [5 * every]: 'kill',
});

const PLANS: Readonly<Record<RunName, Plan>> = {
  cycles: { stepMs: 5 * MINUTE, ticks: 220, shards: 3, restarts: FIVE_RESTARTS(36) },
  days: { stepMs: HOUR / 2, ticks: 10 * 48, shards: 4, restarts: FIVE_RESTARTS(80) },
  hops: { stepMs: HOUR / 2, ticks: 4 * 48, shards: 1, restarts: FIVE_RESTARTS(32) },
  slow: { stepMs: 5 * MINUTE, ticks: 12, shards: 1, restarts: {} },
  quiet: { stepMs: 5 * MINUTE, ticks: 60, shards: 1, restarts: {} },
  herd: { stepMs: MINUTE, ticks: 13, shards: 1, restarts: {} },
};

export const VARIABLES = { VIGIE_CONTACT: 'https://lookout.example.org/about', VIGIE_SUBSCRIBERS: '7' };

/** @returns the scenarios of a run, dealt to the services that play them */
export function dealt(run: RunName, scenarios: readonly Scenario[]): Scenario[][] {
  const own = scenarios.filter((scenario) => scenario.run === run);
  const shards = Array.from({ length: PLANS[run].shards }, (_, shard) =>
    own.filter((_one, i) => i % PLANS[run].shards === shard),
  );
  return shards.filter((shard) => shard.length > 0);
}

/** Plays scenarios of one run in one service. */
export async function replay(
  run: RunName,
  scenarios: readonly Scenario[],
  certificate: Certificate,
): Promise<Map<Scenario, Log>> {
  const stage = await Stage.open(scenarios, certificate);
  try {
    await stage.play(PLANS[run]);
    return stage.logs();
  } finally {
    await stage.close();
  }
}

/** Publishers, receiver, folder and service of one replay. */
class Stage {
  readonly #clock: Clock = { tick: BEGINNING, realStart: performance.now() };
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigie-polite-'));
  readonly #config = join(this.#folder, 'watch.yaml');
  readonly #alerted: string[] = [];
  readonly #said: string[] = [];
  readonly #ticks: Tick[] = [];
  readonly #kv: string[] = [];
  readonly #publishers = new Map<Scenario, Map<string, Publisher>>();
  readonly #receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      data: { entries: { title: string }[] };
    };
    for (const { title } of data.entries) this.#alerted.push(title);
    response.writeHead(204).end();
  });
  #service: Service | null = null;

  static async open(scenarios: readonly Scenario[], certificate: Certificate): Promise<Stage> {
    const stage = new Stage();
    for (const scenario of scenarios) {
      stage.#publishers.set(scenario, await openPublishers(scenario, stage.#clock, certificate));
    }
    await new Promise<void>((done) => stage.#receiver.listen(0, '127.0.0.1', done));
    writeFileSync(join(stage.#folder, 'ca.pem'), certificate.cert);
    return stage;
  }

  async play({ stepMs, ticks, restarts }: Plan): Promise<void> {
    this.#writeConfig(0);
    this.#service = await this.#launch();
    for (let n = 0; n < ticks; n++) {
      if (n > 0 && this.#changesAt(n)) await this.#changeConfig(n);
      this.#kv.push(this.#kvFiles());
      const at = BEGINNING + n * stepMs;
      this.#clock.tick = at;
      this.#clock.realStart = performance.now();
      const restart = restarts[n];
      const ticking = this.#service.tick(at);
      await (restart === 'kill in the tick' ? Promise.race([ticking, sleep(KILL_AFTER_MS)]) : ticking);
      this.#ticks.push({ at, killed: restart === 'kill in the tick' });
      if (restart !== undefined) {
        await (restart === 'stop' ? this.#service.stop() : this.#service.kill());
        await ticking;
        this.#service = await this.#launch();
      }
    }
    // Deliveries on their way.
    await sleep(SETTLE_MS);
  }

  logs(): Map<Scenario, Log> {
    const ticks = this.#ticks;
    const alerted = this.#alerted;
    const said = this.#said;
    const kv = this.#kv;
    const requestsOf = (hosts: Map<string, Publisher>): Asked[] =>
      [...hosts.values()].flatMap((publisher) => publisher.asked).sort((a, b) => a.at - b.at);
    const everything = [...this.#publishers.values()].flatMap(requestsOf);
    return new Map(
      [...this.#publishers].map(([scenario, hosts]): [Scenario, Log] => [
        scenario,
        { asked: requestsOf(hosts), everything, ticks, alerted, said, kv },
      ]),
    );
  }

  async close(): Promise<void> {
    await this.#service?.kill();
    this.#receiver.closeAllConnections();
    this.#receiver.close();
    for (const hosts of this.#publishers.values()) for (const publisher of hosts.values()) publisher.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #launch(): Promise<Service> {
    const { port } = this.#receiver.address() as AddressInfo;
    return startService({
      config: this.#config,
      state: join(this.#folder, 'state'),
      variables: {
        ...VARIABLES,
        JUDGE_HOOK: `http://127.0.0.1:${port}/`,
        NODE_EXTRA_CA_CERTS: join(this.#folder, 'ca.pem'),
      },
      onError: (text) => this.#said.push(...text.split('\n').filter((line) => line !== '')),
    });
  }

  #changesAt(tick: number): boolean {
    return [...this.#publishers.keys()].some(({ feeds }) =>
      feeds.some(({ pausedFrom, removedFrom }) => pausedFrom === tick || removedFrom === tick),
    );
  }

  /** The service reads its file again when it changes; it says which document is in force. */
  async #changeConfig(tick: number): Promise<void> {
    const before = await this.#configInForce();
    this.#writeConfig(tick);
    for (const end = Date.now() + CHANGE_MS_MAX; Date.now() < end; await sleep(100)) {
      if ((await this.#configInForce()) !== before) return;
    }
    throw new Error('the changed configuration was not taken');
  }

  async #configInForce(): Promise<string> {
    const answer = await fetch(`${this.#service?.url}/readyz`);
    return String(((await answer.json()) as { configuration: string | null }).configuration);
  }

  /** JSON is YAML. */
  #writeConfig(tick: number): void {
    const feeds = [...this.#publishers].flatMap(([scenario, hosts]) =>
      scenario.feeds.flatMap((feed, i) => {
        if (feed.unlisted || (feed.removedFrom ?? Infinity) <= tick) return [];
        const id = `${scenario.id.toLowerCase()}-${i}`;
        return [configuredFeed(feed, { id, origin: hosts.get(hostOf(feed))?.origin ?? '', tick })];
      }),
    );
    const rule = {
      id: 'signals',
      title: 'Signals',
      severity: 'high',
      query: 'signal*',
      notify: { to: ['hook'] },
    };
    const channels = { hook: { kind: 'webhook', url: `\${JUDGE_HOOK}` } };
    writeFileSync(this.#config, JSON.stringify({ version: 1, feeds, rules: [rule], channels }));
  }

  #kvFiles(): string {
    const state = join(this.#folder, 'state');
    return readdirSync(state, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\bkv\b.*\bblobs\b/.test(name))
      .sort()
      .join(' ');
  }
}

const KILL_AFTER_MS = 120;
const SETTLE_MS = 500;
const CHANGE_MS_MAX = 20_000;

function configuredFeed(
  feed: ScenarioFeed,
  { id, origin, tick }: { id: string; origin: string; tick: number },
) {
  return {
    id,
    url: `${origin}${feed.path}${feed.suffix ?? ''}`,
    ...(feed.every === undefined ? {} : { every: feed.every }),
    ...((feed.pausedFrom ?? Infinity) <= tick ? { paused: true } : {}),
  };
}
