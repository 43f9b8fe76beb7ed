/**
 * C25: the runtime forgets an alarm that the desk's storage says is set. Seen here once in some hundred kills: workerd keeps
 * alarms in a table of its own, and kill -9 falls between the two. Made certain by emptying that table.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { type Outcome, outcomeOf, type Rig } from '../rig.ts';

const WANTED = [stormWanted(['hook'])];

export async function lostAlarm(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow');
  const receiver = await rig.receiver();
  let away = true;
  receiver.fate = () => ({ kind: 'answer', status: away ? 503 : 204 });
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  let lost = 0;
  for (let round = 0; round < rig.size(1, 3); round++) {
    away = true;
    const before = receiver.arrivals.length;
    feed.publish(3);
    await rig.tick();
    await rig.until(() => receiver.arrivals.length > before, 30_000);
    // Refused and noted: an alarm is set for the next attempt.
    await rig.until(
      async () => (await rig.deliveries('pending')).some(({ attempts }) => attempts > 0),
      30_000,
    );
    await rig.kill();
    lost += forgetAlarms(join(rig.state, 'do'));
    away = false;
    await rig.launch('current');
    feed.publish(1);
    // Ticks go on; the desk takes an alarm for lost that is ten seconds late.
    await rig.until(async () => {
      await rig.tick();
      return (await rig.settled(WANTED, 2_000)).lost.length === 0;
    }, 90_000);
  }
  const verdict = await rig.settled(WANTED, 5_000);
  return outcomeOf(verdict, {
    problems: lost === 0 ? ['no alarm was there to be lost'] : [],
    figures: { 'alarms lost': lost },
  });
}

/** @returns how many the runtime has forgotten now */
function forgetAlarms(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('metadata.sqlite'))
    .reduce((sum, file) => {
      const database = new DatabaseSync(join(folder, file));
      const { changes } = database.prepare('DELETE FROM _cf_ALARM').run();
      database.close();
      return sum + Number(changes);
    }, 0);
}
