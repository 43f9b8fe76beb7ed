/** L01: from an entry in the feed to the first attempt and to the receiver's yes, as both ends see it, channels in health. */
import { setTimeout as sleep } from 'node:timers/promises';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { type Outcome, outcomeOf, type Rig } from '../rig.ts';
import { percentile } from './crowds.ts';

export async function detection(rig: Rig): Promise<Outcome> {
  const feeds = await Promise.all(Array.from({ length: 5 }, (_, i) => rig.feed(`f${i}`)));
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf(feeds),
    rules: [stormRule(['one', 'two'])],
    channels: hooksOf(['one', 'two'], (name) => receiver.hook(name)),
  });
  const firstSeen = new Map<string, number>();
  const attempted: number[] = [];
  const acknowledged: number[] = [];
  rig.log.on((event) => {
    if (event.kind === 'served' && event.news)
      for (const title of event.titles) if (!firstSeen.has(title)) firstSeen.set(title, event.at);
    if (event.kind === 'accepted')
      for (const { title } of event.told) attempted.push(event.at - (firstSeen.get(title) ?? event.at));
    if (event.kind === 'answered' && event.how === 'yes') acknowledged.push(Date.now() - event.at);
  });
  // Receivers as people run them: they think for a moment.
  receiver.onTaken = async () => {
    await sleep(20);
  };
  await rig.launch();
  await rig.tick();
  for (const feed of feeds) feed.news = true;
  for (let round = 0; round < rig.size(20, 200); round++) {
    for (const feed of feeds) feed.publish(1);
    await rig.tick();
  }
  const verdict = await rig.settled([stormWanted(['one', 'two'])], 30_000);
  const delays = attempted.map((ms) => ms);
  const p99 = percentile(delays, 0.99);
  return outcomeOf(verdict, {
    problems: [...(p99 > 5_000 ? [`first attempt p99 ${p99} ms`] : [])],
    figures: { samples: delays.length, 'to the first attempt p50, ms': percentile(delays, 0.5), 'p99, ms': p99 },
  });
}
