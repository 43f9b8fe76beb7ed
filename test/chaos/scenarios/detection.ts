/** L01: from an entry in the feed to the first attempt and to the receiver's yes, as both ends see it, channels in health. */
import { setTimeout as sleep } from 'node:timers/promises';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { developmentsOf } from '../receiver.ts';
import { type Outcome, outcomeOf, type Rig } from '../rig.ts';
import { percentile } from './crowds.ts';

/** News comes more slowly than a channel's pace (50 a second) lets it go: else the wait for the pace is measured. */
const ROUND_PAUSE_MS = 300;

export async function detection(rig: Rig): Promise<Outcome> {
  const feeds = await Promise.all(Array.from({ length: 5 }, (_, i) => rig.feed(`f${i}`)));
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf(feeds),
    rules: [stormRule(['one', 'two'])],
    channels: hooksOf(['one', 'two'], (name) => receiver.hook(name)),
  });
  const firstSeen = new Map<string, number>();
  const titles = new Map<string, readonly string[]>();
  const attempted: number[] = [];
  const acknowledged: number[] = [];
  const since = (title: string, at: number): number => at - (firstSeen.get(title) ?? at);
  rig.log.on((event) => {
    if (event.kind === 'served' && event.news)
      for (const title of event.titles) if (!firstSeen.has(title)) firstSeen.set(title, event.at);
    if (event.kind === 'accepted')
      titles.set(
        event.id,
        event.told.map(({ title }) => title),
      );
    if (event.kind === 'answered')
      acknowledged.push(...(titles.get(event.id) ?? []).map((title) => since(title, event.at)));
  });
  // Receivers as people run them: they think for a moment.
  receiver.onTaken = async ({ body }) => {
    const at = Date.now();
    attempted.push(...developmentsOf(body).map(({ title }) => since(title, at)));
    await sleep(20);
  };
  await rig.launch();
  await rig.tick();
  for (const feed of feeds) feed.news = true;
  for (let round = 0; round < rig.size(20, 200); round++) {
    for (const feed of feeds) feed.publish(1);
    await rig.tick();
    await sleep(ROUND_PAUSE_MS);
  }
  const verdict = await rig.settled([stormWanted(['one', 'two'])], 30_000);
  const [first, yes] = [percentile(attempted, 0.99), percentile(acknowledged, 0.99)];
  return outcomeOf(verdict, {
    problems: [
      ...(first > 5_000 ? [`first attempt: p99 ${first} ms`] : []),
      ...(yes > 10_000 ? [`acknowledged: p99 ${yes} ms`] : []),
    ],
    figures: {
      samples: attempted.length,
      'to the first attempt p50, ms': percentile(attempted, 0.5),
      'to the first attempt p99, ms': first,
      'to the yes p99, ms': yes,
    },
  });
}
