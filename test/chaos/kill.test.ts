/**
 * kill -9 of the whole service at random moments while entries flow. The judge is outside: what the feed server
 * served and what the receiver was sent. Prints its seed; VIGIE_SEED repeats a run.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Service, startService } from '../../demo/service.ts';
import { FlowingFeed } from './feed-server.ts';
import { FaultyReceiver } from './receiver.ts';
import { seeded } from './seeded.ts';

const ENTRIES = 150;
const KILLS = 10;
const MINUTE_MS = 60_000;

test(`${KILLS} kills while ${ENTRIES} entries flow: none lost, every repeat carries an id sent before`, async () => {
  const seed = Number(process.env['VIGIE_SEED'] ?? randomBytes(4).readUInt32LE());
  console.log(`seed ${seed}`);
  const random = seeded(seed);
  const folder = mkdtempSync(join(tmpdir(), 'vigie-chaos-'));
  const feed = await FlowingFeed.open();
  const receiver = await FaultyReceiver.open(random);
  const config = join(folder, 'watch.yaml');
  writeFileSync(config, document(feed.url));
  const launch = (): Promise<Service> =>
    startService({ config, state: join(folder, 'state'), variables: { CHAOS_HOOK: receiver.url } });
  let service = await launch();
  let clock = Date.now();
  const tick = (): Promise<void> => {
    clock += 10 * MINUTE_MS;
    return service.tick(clock);
  };
  try {
    await tick();
    for (let kill = 0; kill < KILLS; kill++) {
      for (let i = 0; i < 3; i++) {
        feed.publish(ENTRIES / KILLS / 3);
        const ticking = tick();
        if (i < 2) await ticking;
        else await Promise.race([ticking, sleep(random() * 200)]);
      }
      await service.kill();
      service = await launch();
    }
    for (let i = 0; i < 4; i++) await tick();
    await receiver.settled(feed.served, 60_000);
  } finally {
    await service.kill();
    feed.close();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const lost = [...feed.served].filter((title) => !receiver.acknowledged.has(title));
  const twice = [...receiver.idsOf].filter(([, ids]) => ids.size > 1);
  console.log(
    `${feed.served.size} served, ${receiver.acknowledged.size} acknowledged, ${receiver.repeats} sent again, ` +
      `${receiver.ambiguous} ambiguous outcomes, ${KILLS} kills`,
  );
  expect(feed.served.size).toBe(ENTRIES);
  expect(lost).toEqual([]);
  expect(twice).toEqual([]);
  // A kill may fall between the receiver's yes and our note of it: one delivery in flight for each kill.
  expect(receiver.repeats).toBeLessThanOrEqual(receiver.ambiguous + KILLS);
});

function document(url: string): string {
  return `version: 1
feeds:
  - { id: flow, url: "${url}", every: 5m }
rules:
  - { id: storms, title: Storms, severity: high, query: storm*, notify: { to: [hook], group_by: none, per_hour: 1000 } }
channels:
  hook: { kind: webhook, url: "\${CHAOS_HOOK}" }
`;
}
