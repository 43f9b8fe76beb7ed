/** C09, C10: publishers who change everything about their entries but the news; servers that answer with rubbish in between. */
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import type { ChaosFeed, FeedFault, ListedEntry } from '../newsroom.ts';
import { HOUR_MS, type Outcome, outcomeOf, type Rig } from '../rig.ts';

/** A tick claims at most 40 requests; the first also asks each host for its robots.txt. */
const FEEDS_PER_SERVICE = 18;

/** `at`: the clock of ticks. */
type Mutation = (
  listed: readonly ListedEntry[],
  round: { count: number; at: number; random: () => number },
) => ListedEntry[];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  same: (listed) => [...listed],
  'ids change': (listed, { count }) =>
    listed.map((entry) => ({ ...entry, guid: `${entry.title}?rev=${count}` })),
  'http to https': (listed) =>
    listed.map((entry) => ({ ...entry, guid: swapped(entry.guid ?? ''), link: swapped(entry.link ?? '') })),
  'tracking parameters': (listed, { count }) =>
    listed.map((entry) => ({ ...entry, link: `${(entry.link ?? '').split('?')[0]}?utm_source=rss${count}` })),
  reordered: (listed, { random }) => shuffled(listed, random),
  'oldest first': (listed) => listed.toReversed(),
  'dates move': (listed, { at, random }) => {
    const date = new Date(at - Math.floor(random() * 48) * HOUR_MS).toUTCString();
    return listed.map((entry) => ({ ...entry, date }));
  },
  vanished: () => [],
};

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function swapped(address: string): string {
  return address.startsWith('https:')
    ? address.replace('https:', 'http:')
    : address.replace('http:', 'https:');
}

/** As a publisher writes them: an address as id, and a link of the same. */
function written(feed: ChaosFeed): void {
  feed.listed = feed.listed.map((entry) => {
    if (entry.link !== undefined) return entry;
    const page = `http://news.example/${feed.id}/${entry.title.replaceAll(' ', '-')}`;
    return { ...entry, guid: page, link: page };
  });
}

export async function churn(rig: Rig): Promise<Outcome> {
  const count = rig.size(FEEDS_PER_SERVICE, 90);
  const feeds = await Promise.all(Array.from({ length: count }, (_, i) => rig.feed(`f${i}`, 14)));
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf(feeds),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.order({ waitSpeed: 50 });
  for (const feed of feeds) {
    feed.publish(12);
    written(feed);
  }
  const ticks = Math.ceil(count / FEEDS_PER_SERVICE);
  const round = async (): Promise<void> => {
    for (let i = 0; i < ticks; i++) await rig.tick(i === 0 ? 11 : 0.1);
  };
  await round();
  for (const feed of feeds) feed.news = true;
  const names = Object.keys(MUTATIONS);
  const tried = new Map<string, number>();
  for (let at = 1; at <= rig.size(8, 20); at++) {
    for (const feed of feeds) {
      const name = names[Math.floor(rig.random() * names.length)] ?? 'same';
      tried.set(name, (tried.get(name) ?? 0) + 1);
      // Vanished ones come back with the next round.
      if (name === 'vanished') hide(feed);
      else {
        feed.publish(Math.floor(rig.random() * 3));
        written(feed);
        feed.listed =
          MUTATIONS[name]?.(feed.listed, { count: at, at: rig.clock, random: rig.random }) ?? feed.listed;
      }
    }
    await round();
    for (const feed of feeds) restore(feed);
  }
  await round();
  const verdict = await rig.settled([stormWanted(['hook'])], 20_000);
  return outcomeOf(verdict, {
    figures: { feeds: count, mutations: [...tried.values()].reduce((a, b) => a + b, 0), kinds: tried.size },
  });
}

const hidden = new WeakMap<ChaosFeed, ListedEntry[]>();

function hide(feed: ChaosFeed): void {
  hidden.set(feed, feed.listed);
  feed.listed = [];
}

function restore(feed: ChaosFeed): void {
  feed.listed = hidden.get(feed) ?? feed.listed;
  hidden.delete(feed);
}

const RUBBISH: readonly FeedFault[] = ['page', 'cut', 'error', 'empty', 'reset'];

/** Two feeds list the same; one answers rubbish before every good answer. Both must tell the same. */
export async function rubbish(rig: Rig): Promise<Outcome> {
  const [good, bad] = [await rig.feed('good'), await rig.feed('bad')];
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf([good, bad]),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  let fault: FeedFault | null = null;
  let answers = 0;
  bad.fault = () => {
    if (fault !== null) answers++;
    return fault;
  };
  for (const feed of [good, bad]) feed.publish(10);
  await rig.launch();
  await rig.tick();
  for (const feed of [good, bad]) feed.news = true;
  for (let round = 0; round < rig.size(10, 50); round++) {
    for (const feed of [good, bad]) feed.publish(2);
    fault = RUBBISH[Math.floor(rig.random() * RUBBISH.length)] ?? 'page';
    await rig.tick(20);
    fault = null;
    // Behind its back-off: a failing feed is asked later.
    await rig.tick(70);
  }
  const verdict = await rig.settled([stormWanted(['hook'])], 20_000);
  const told = (feed: string): number =>
    rig.log.of('accepted').filter(({ told }) => told.some(({ title }) => title.endsWith(` of ${feed}`)))
      .length;
  const differ =
    told('good') === told('bad')
      ? []
      : [`${told('good')} told of the good feed, ${told('bad')} of the other`];
  return outcomeOf(verdict, { problems: differ, figures: { 'rubbish answers': answers } });
}
