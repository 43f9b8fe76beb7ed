/**
 * `npm run demo`: the whole service against a staged newsroom on loopback, with a kill -9 in the middle.
 * `--once` ends by itself, with exit code 0 only if exactly the expected alerts arrived.
 */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { demoConfig } from './config.ts';
import { type Newsroom, openNewsroom } from './newsroom/newsroom.ts';
import { openReceiver, type Receiver } from './receiver.ts';
import { type Service, startService } from './service.ts';
import { verdictOf } from './verdict.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Ticks are further apart than the poll interval of any feed here, so that each tick polls all feeds. */
const STEP_MS = 20 * MINUTE_MS;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(once: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-demo-'));
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const clock = new TickClock();
  const receiver = await openReceiver(secret, print);
  const newsroom = await openNewsroom(() => clock.now);
  const config = join(folder, 'watch.yaml');
  writeFileSync(config, demoConfig(newsroom.addresses));
  const launch = (): Promise<Service> =>
    startService({
      config,
      state: join(folder, 'state'),
      variables: { DEMO_HOOK_URL: receiver.url, DEMO_HOOK_SECRET: secret },
    });
  try {
    const service = await play({ clock, newsroom, receiver, launch });
    const verdict = verdictOf(newsroom, receiver.log);
    print(
      `\n${verdict.table}\n\n${verdict.passed ? 'PASSED' : 'FAILED'}: counted from the logs of the newsroom and the receiver`,
    );
    if (!once) await linger(service);
    await service.stop();
    return verdict.passed ? 0 : 1;
  } finally {
    newsroom.close();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class TickClock {
  now = Date.now() - 12 * STEP_MS;

  next(): number {
    return this.skip(STEP_MS);
  }

  skip(ms: number): number {
    this.now += ms;
    return this.now;
  }
}

interface Stage {
  readonly clock: TickClock;
  readonly newsroom: Newsroom;
  readonly receiver: Receiver;
  readonly launch: () => Promise<Service>;
}

/** @returns the service as it runs at the end */
async function play({ clock, newsroom, receiver, launch }: Stage): Promise<Service> {
  print(
    `${newsroom.addresses.size} newsrooms publish on this machine. Vigie starts and reads their feeds: items already listed do not alert.`,
  );
  let service = await launch();
  await service.tick(clock.next());
  await service.tick(clock.next());

  print('\nThe story breaks. One newsroom is slow, one sends an error page, one sends an incomplete feed.');
  newsroom.publish('first');
  const ticking = service.tick(clock.next());
  await until(() => receiver.log.length >= 4, 10_000);
  print('\n*** kill -9 of the whole service ***\n');
  await service.kill();
  await ticking;

  service = await launch();
  print('The service starts again with the same state.\n');
  for (let i = 0; i < 2; i++) await service.tick(clock.next());
  await settled(receiver);
  print('\nAll newsrooms work again, and there is more news.\n');
  newsroom.clearFaults();
  newsroom.publish('second');
  for (let i = 0; i < 3; i++) await service.tick(clock.next());
  await settled(receiver);
  print('\nNothing new is published. Two more ticks must send no alert.');
  for (let i = 0; i < 2; i++) await service.tick(clock.next());
  await settled(receiver);
  print('\nFour days pass without new reports. The story is closed, and its last alert names all sources.\n');
  await service.tick(clock.skip(4 * DAY_MS));
  await settled(receiver);
  return service;
}

async function linger(service: Service): Promise<void> {
  print(`\nThe service runs at ${service.url} until you press Ctrl-C.`);
  await new Promise<void>((done) => process.once('SIGINT', () => done()));
}

async function until(condition: () => boolean, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition() && Date.now() < end) await sleep(20);
}

/** Waits until no delivery has arrived for two seconds. */
async function settled(receiver: Receiver): Promise<void> {
  for (let count = -1; count !== receiver.log.length; ) {
    count = receiver.log.length;
    await sleep(2_000);
  }
}

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
process.exitCode = await main(values.once);
process.exit();
