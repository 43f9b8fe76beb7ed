/** C01, C02, C11: kill -9 of the whole service at random moments while entries flow, with receivers and KV that fail. */
import { setTimeout as sleep } from 'node:timers/promises';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { badly, sometimes } from '../fates.ts';
import { HOUR_MS, type Orders, type Outcome, outcomeOf, type Rig } from '../rig.ts';
import type { Release } from '../script.ts';

/** Longer than any pause of a channel that still has something to send. */
const QUIET_MS = 70_000;

interface Attack {
  readonly entries: number;
  readonly kills: number;
  readonly release: Release | null;
  /** What is broken from each start on. */
  readonly orders: (rig: Rig) => Orders | null;
}

export async function kills(rig: Rig): Promise<Outcome> {
  const attack = {
    entries: rig.size(150, 750),
    kills: rig.size(10, 50),
    release: null,
    orders: () => null,
  };
  return await underKills(rig, attack, sometimes(rig.random));
}

/** The clock is moved to the next attempt: the schedule of three days passes in seconds. */
export async function killsAndFaults(rig: Rig): Promise<Outcome> {
  const attack = {
    entries: rig.size(150, 600),
    kills: rig.size(10, 25),
    release: 'current' as const,
    orders: hurried,
  };
  return await underKills(rig, attack, badly(rig.random, 0.3));
}

export async function staleKv(rig: Rig): Promise<Outcome> {
  const broken = { kvStaleWrites: 3, kvRefused: 0.2 };
  const attack = {
    entries: rig.size(60, 100),
    kills: rig.size(3, 5),
    release: 'current' as const,
    orders: () => ({ ...broken, seed: rig.seed }),
  };
  return await underKills(rig, attack, sometimes(rig.random));
}

/** Where the last attempts left the sender's clock: a restart must not turn it back. */
function hurried(rig: Rig): Orders {
  const sent = rig.log.of('answered').map(({ sentAt }) => sentAt);
  const offsetMs = Math.max(0, ...sent.slice(-500).map((at) => at - Date.now()));
  return { offsetMs, hurryUntil: Date.now() + 90 * 24 * HOUR_MS, timerSpeed: 10, waitSpeed: 20 };
}

async function underKills(
  rig: Rig,
  { entries, kills: count, release, orders }: Attack,
  fate: Awaited<ReturnType<Rig['receiver']>>['fate'],
): Promise<Outcome> {
  const feed = await rig.feed('flow', Math.max(40, Math.ceil((4 * entries) / count)));
  const receiver = await rig.receiver();
  receiver.fate = fate;
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  const start = async (): Promise<void> => {
    await rig.launch(release);
    const order = orders(rig);
    if (order !== null) await rig.order(order);
  };
  await start();
  await rig.tick();
  feed.news = true;
  const perTick = Math.ceil(entries / count / 3);
  let left = entries;
  for (let kill = 0; kill < count; kill++) {
    for (let i = 0; i < 3; i++) {
      left -= feed.publish(Math.min(perTick, left)).length;
      const ticking = rig.tick();
      if (i < 2) await ticking;
      else await Promise.race([ticking, sleep(rig.random() * 200)]);
    }
    await rig.kill();
    await start();
  }
  for (let i = 0; i < 4; i++) await rig.tick();
  const wanted = [stormWanted(['hook'])];
  const verdict = await rig.settled(wanted, QUIET_MS);
  const served = verdict.wanted === entries ? [] : [`${verdict.wanted} of ${entries} entries were served`];
  return outcomeOf(verdict, { problems: served });
}
