/** C12, C21: other releases on a live folder and back again; the folder carried away, wiped and brought back. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { sometimes } from '../fates.ts';
import type { ChaosFeed } from '../newsroom.ts';
import { type Outcome, outcomeOf, type Rig } from '../rig.ts';
import type { Release } from '../script.ts';

/** Back and forth; `migrated` is newer than `current` can read. */
const RELEASES: readonly { readonly release: Release; readonly opens: boolean }[] = [
  { release: 'rebuilt', opens: true },
  { release: 'current', opens: true },
  { release: 'rebuilt', opens: true },
  { release: 'migrated', opens: true },
  { release: 'current', opens: false },
  { release: 'migrated', opens: true },
  { release: 'migrated', opens: true },
];

async function stage(rig: Rig): Promise<ChaosFeed> {
  const feed = await rig.feed('flow', 100);
  const receiver = await rig.receiver();
  receiver.fate = sometimes(rig.random);
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  return feed;
}

const WANTED = [stormWanted(['hook'])];

export async function deployments(rig: Rig): Promise<Outcome> {
  const feed = await stage(rig);
  const problems: string[] = [];
  let refusals = 0;
  const rounds = rig.size(1, 2);
  for (let round = 0; round < rounds; round++) {
    for (const { release, opens } of round === 0 ? RELEASES : RELEASES.slice(3)) {
      feed.publish(4);
      // Some are still on their way when the other release comes.
      await rig.tick();
      await rig.kill();
      const opened = await rig.launch(release).then(
        () => true,
        () => false,
      );
      if (opened !== opens) problems.push(`${release} ${opened ? 'opened' : 'did not open'} the folder`);
      if (opens) continue;
      refusals++;
      const reason = /desk has schema \d+ but this code supports up to \d+: deploy the newer code again/;
      // A process may be gone before its last lines were read.
      if (!(await rig.until(() => rig.said.some((line) => reason.test(line)), 10_000)))
        problems.push('no word why older code refuses');
      await rig.kill();
      await rig.launch('migrated');
    }
  }
  for (let i = 0; i < 2; i++) await rig.tick();
  const verdict = await rig.settled(WANTED, 30_000);
  return outcomeOf(verdict, { problems, figures: { deployments: verdict.kills, refusals } });
}

export async function carriedAway(rig: Rig): Promise<Outcome> {
  const feed = await stage(rig);
  const copy = join(rig.folder, 'copy');
  const restart = async (change: () => void): Promise<void> => {
    await rig.stop();
    change();
    // A stop in the middle of a delivery forgets its answer, as a kill does.
    rig.log.add({ kind: 'killed' });
    await rig.launch('current');
    feed.publish(3);
    await rig.tick();
    await rig.tick();
  };
  const publish = async (): Promise<void> => {
    feed.publish(5);
    await rig.tick();
  };
  await publish();
  await restart(() => {
    cpSync(rig.state, copy, { recursive: true });
    rmSync(rig.state, { recursive: true });
    cpSync(copy, rig.state, { recursive: true });
  });
  await publish();
  await restart(() => rmSync(join(rig.state, 'kv'), { recursive: true }));
  await rig.settled(WANTED, 20_000);
  await publish();
  await rig.settled(WANTED, 20_000);
  // Only the desk comes back older: what KV knows of its lost future must keep it from telling that again.
  rmSync(copy, { recursive: true });
  await rig.stop();
  cpSync(join(rig.state, 'do'), copy, { recursive: true });
  await rig.launch('current');
  for (let i = 0; i < 3; i++) await publish();
  await rig.settled(WANTED, 20_000);
  // Into KV goes what was acknowledged before the tick.
  await rig.tick();
  await restart(() => {
    rmSync(join(rig.state, 'do'), { recursive: true });
    cpSync(copy, join(rig.state, 'do'), { recursive: true });
  });
  const verdict = await rig.settled(WANTED, 20_000);
  return outcomeOf(verdict, { figures: { folders: readdirSync(rig.state).length } });
}
