/** C22, C23: the configuration changes while a poll is on its way; one address is listed twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { feedsOf, hooksOf, ruleOf, stormRule, stormWanted } from '../document.ts';
import { type Outcome, outcomeOf, type Rig } from '../rig.ts';

const SLOW_MS = 1_000;

/** The document in force when a poll's news reaches the desk decides: rules that are gone tell nothing, addresses are the new ones. */
export async function changeMidPoll(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow');
  const receiver = await rig.receiver();
  const channels = (path: string): object =>
    hooksOf(['hook', 'slow'], (name) => receiver.hook(name === 'slow' ? name : path));
  const slow = ruleOf('winds', 'wind*', ['slow']);
  const both = [stormRule(['hook']), ruleOf('numbers', 'storm*', ['hook']), slow];
  // Keeps a run of the sender busy, so that one outlasts the document that it began with.
  receiver.onTaken = async ({ channel }) => {
    if (channel === 'slow') await sleep(SLOW_MS);
  };
  const document = { feeds: feedsOf([feed]), rules: both, channels: channels('before') };
  rig.configure(document);
  // `npm start` would also take the document from the file, at a moment of its own.
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  feed.publish(3);
  await rig.tick();
  const first = [stormWanted(['before']), { ...stormWanted(['before']), rule: 'numbers' }];
  const settled = await rig.settled(first, 10_000);
  const problems: string[] = settled.lost.map((key) => `not told before the change: ${key}`);
  const rounds = rig.size(3, 20);
  const late: string[] = [];
  for (let round = 0; round < rounds; round++) {
    feed.publish(1, 'wind');
    await rig.tick();
    let release = (): void => {};
    feed.hold = new Promise((done) => {
      release = done;
    });
    late.push(...feed.publish(3));
    const asked = feed.requests;
    const ticking = rig.tick();
    await rig.until(() => feed.requests > asked, 30_000);
    await rig.publish({ ...document, rules: [stormRule(['hook']), slow], channels: channels('after') });
    release();
    await ticking;
    await rig.until(() => late.every((title) => wasTold(rig, title)), 30_000);
    await rig.publish(document);
    await rig.tick();
  }
  const told = rig.log
    .of('accepted')
    .flatMap(({ channel, told }) => told.map(({ rule, title }) => ({ channel, rule, title })));
  const ofLate = told.filter(({ title }) => late.includes(title));
  const removed = ofLate.filter(({ rule }) => rule === 'numbers').length;
  const elsewhere = ofLate.filter(({ channel }) => channel !== 'after').length;
  if (ofLate.length !== late.length)
    problems.push(`${ofLate.length} alerts for ${late.length} entries of changed polls`);
  if (removed > 0) problems.push(`${removed} alerts of a rule that was gone`);
  if (elsewhere > 0) problems.push(`${elsewhere} alerts to the old address`);
  return { problems, figures: { changes: rounds, 'told by the new document': ofLate.length } };
}

function wasTold(rig: Rig, title: string): boolean {
  return rig.log.of('accepted').some(({ told }) => told.some((one) => one.title === title));
}

/** Each listing has tags of its own, and its rules are served. */
export async function listedTwice(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow');
  const receiver = await rig.receiver();
  rig.configure({
    feeds: [
      ...feedsOf([{ id: 'left', url: feed.url }], { tags: ['left'] }),
      ...feedsOf([{ id: 'right', url: feed.url }], { tags: ['right'] }),
    ],
    rules: [
      { ...ruleOf('ofleft', 'storm*', ['one']), where: { tag: ['left'] } },
      { ...ruleOf('ofright', 'storm*', ['two']), where: { tag: ['right'] } },
      ruleOf('ofboth', 'number*', ['three']),
    ],
    channels: hooksOf(['one', 'two', 'three'], (name) => receiver.hook(name)),
  });
  await rig.launch();
  await rig.tick();
  feed.news = true;
  const rounds = rig.size(4, 30);
  for (let round = 0; round < rounds; round++) {
    feed.publish(2);
    await rig.tick();
  }
  await rig.tick();
  const all = (): boolean => true;
  const wanted = [
    { rule: 'ofleft', channels: ['one'], matches: all },
    { rule: 'ofright', channels: ['two'], matches: all },
    { rule: 'ofboth', channels: ['three'], matches: all },
  ];
  const verdict = await rig.settled(wanted, 20_000);
  const polls = rounds + 2;
  return outcomeOf(verdict, {
    problems:
      feed.requests <= polls ? [] : [`${feed.requests} requests to one address for ${polls} due polls`],
    figures: { requests: feed.requests, polls },
  });
}
