/** C04, C13: ticks that come ten at once; a clock that jumps by days, over a change of summer time and a leap day. */
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { MINUTE_MS, type Outcome, outcomeOf, type Rig } from '../rig.ts';

export async function crowdedTicks(rig: Rig): Promise<Outcome> {
  const feeds = await Promise.all(['one', 'two', 'three'].map((id) => rig.feed(id)));
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf(feeds),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch();
  await rig.tick();
  for (const feed of feeds) feed.news = true;
  const rounds = rig.size(10, 60);
  for (let round = 0; round < rounds; round++) {
    for (const feed of feeds) feed.publish(2);
    rig.clock += 10 * MINUTE_MS;
    // The same minute ten times, and its neighbours: late, early and repeated deliveries of one cron.
    const times = Array.from({ length: 10 }, (_, i) => rig.clock + Math.floor(i / 4) * 1_000);
    await Promise.all(times.map((time) => rig.service.tick(time)));
  }
  const verdict = await rig.settled([stormWanted(['hook'])], 20_000);
  const wrong = feeds.filter(({ requests }) => requests !== rounds + 1);
  return outcomeOf(verdict, {
    problems: wrong.map(({ id, requests }) => `${id}: ${requests} requests for ${rounds + 1} due polls`),
    figures: { 'due polls': feeds.length * (rounds + 1), ticks: 10 * rounds },
  });
}

/** Nights on which something is odd about the clock (UTC). */
const NIGHTS = [
  '2027-03-28T00:30:00Z',
  '2027-10-31T00:30:00Z',
  '2028-02-28T23:30:00Z',
  '2028-02-29T23:30:00Z',
  '2027-12-31T23:30:00Z',
];
const DAY = 24 * 60;

export async function clockJumps(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow');
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['hook'], { quiet: '02:00-03:00 Europe/Paris' })],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch();
  const polls: { at: number; polled: boolean; jump: number }[] = [];
  const step = async (minutes: number): Promise<void> => {
    const before = feed.requests;
    feed.publish(1);
    await rig.tick(minutes);
    polls.push({ at: rig.clock, polled: feed.requests > before, jump: minutes });
  };
  rig.clock = Date.parse(NIGHTS[0] ?? '');
  await rig.tick(0);
  feed.news = true;
  for (const night of NIGHTS.slice(0, rig.size(3, 5))) {
    await step((Date.parse(night) - rig.clock) / MINUTE_MS);
    for (let i = 0; i < rig.size(12, 24); i++) await step(i % 3 === 0 ? 3 : 10);
    for (const jump of [-DAY, DAY, DAY, -DAY]) {
      await step(jump);
      for (let i = 0; i < 3; i++) await step(10);
    }
  }
  // Quiet hours end, wherever the clock stands.
  await rig.tick(2 * DAY);
  const verdict = await rig.settled([stormWanted(['hook'])], 20_000);
  const { early, stuck } = judgePolls(polls);
  return outcomeOf(verdict, {
    problems: [
      ...(early > 0 ? [`${early} polls before the floor`] : []),
      ...(stuck > 0 ? [`${stuck} times no poll at two ticks in a row that were due`] : []),
    ],
    figures: { ticks: polls.length, polls: polls.filter(({ polled }) => polled).length },
  });
}

/** Early: less than five minutes behind the poll before, while the clock only went on. Stuck: two ticks ten minutes apart, and no poll. */
function judgePolls(polls: readonly { at: number; polled: boolean; jump: number }[]): {
  early: number;
  stuck: number;
} {
  let last: number | null = null;
  let [early, stuck, silent] = [0, 0, 0];
  for (const { at, polled, jump } of polls) {
    if (Math.abs(jump) >= DAY || jump < 0) last = null;
    if (polled && last !== null && at - last < 5 * MINUTE_MS) early++;
    silent = polled ? 0 : silent + (jump >= 10 ? 1 : 0);
    if (silent >= 2) stuck++;
    if (polled) last = at;
  }
  return { early, stuck };
}
