/**
 * C24: senders that do it the obvious way, under the same kills, the same receiver and the same judge. Each must be
 * caught: mark-then-send loses, send-then-mark repeats without cause. A rig that finds nothing here finds nothing anywhere.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complaints, judge, type Verdict } from '../checker.ts';
import { sometimes } from '../fates.ts';
import { type Outcome, Rig } from '../rig.ts';

const SENDER = fileURLToPath(new URL('../naive-sender.ts', import.meta.url));

const KILLS = 10;

type Naive = 'mark-then-send' | 'send-then-mark';

export async function naiveVariants(rig: Rig): Promise<Outcome> {
  const losing = await underKills(rig.seed, 'mark-then-send');
  const repeating = await underKills(rig.seed + 1, 'send-then-mark');
  const problems = [];
  if (losing.lost.length === 0) problems.push('mark-then-send lost nothing: the rig cannot see a loss');
  if (repeating.unexplained.length + repeating.twice.length === 0)
    problems.push('send-then-mark repeated nothing without cause: the rig cannot see a repeat');
  return {
    problems,
    figures: {
      'mark-then-send lost': losing.lost.length,
      'of wanted': losing.wanted,
      'send-then-mark told twice': repeating.twice.length,
      'send-then-mark lost': repeating.lost.length,
      complaints: complaints(losing).length + complaints(repeating).length,
    },
  };
}

async function underKills(seed: number, variant: Naive): Promise<Verdict> {
  const rig = new Rig(seed, false);
  try {
    const feed = await rig.feed('flow', 200);
    const receiver = await rig.receiver();
    receiver.fate = sometimes(rig.random);
    feed.news = true;
    const file = join(rig.folder, 'seen.json');
    const start = (): ChildProcess =>
      spawn(process.execPath, [SENDER, variant, feed.url, receiver.hook('hook'), file], { stdio: 'ignore' });
    for (let kill = 0; kill < KILLS; kill++) {
      feed.publish(10);
      const child = start();
      // Killed in the middle: when some of the ten are in, one of them not answered yet.
      let left = 1 + Math.floor(rig.random() * 9);
      receiver.onTaken = () => void (--left === 0 && child.kill('SIGKILL'));
      await finished(child);
      rig.log.add({ kind: 'killed' });
    }
    receiver.onTaken = () => {};
    await finished(start());
    return judge(rig.log.events, [{ rule: 'storms', channels: ['hook'], matches: () => true }]);
  } finally {
    await rig.close();
  }
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((done) => child.once('exit', () => done()));
}
