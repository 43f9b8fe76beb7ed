/** C14, C15, C16, C19 and the figures of 10,000 bad deliveries: many feeds, many entries, many alerts, many rows. */
import { readdirSync, readFileSync } from 'node:fs';
import { feedsOf, hooksOf, ruleOf, stormRule, stormWanted } from '../document.ts';
import type { ChaosEvent } from '../event-log.ts';
import { badly, whileDown } from '../fates.ts';
import type { ChaosFeed } from '../newsroom.ts';
import { HOUR_MS, type Outcome, outcomeOf, type Rig } from '../rig.ts';

/** Everything that waits runs five times as fast, and delays are counted fivefold. */
const SPEED = 5;

/** What a busy machine delays without tarpits, it delays with them: no more is asked than that it doubles. */
const WORSE_MS_MAX = 5_000;

export async function tarpits(rig: Rig): Promise<Outcome> {
  const count = rig.size(100, 1_000);
  const feeds = await Promise.all(Array.from({ length: count }, (_, i) => rig.feed(`f${i}`, 4)));
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf(feeds, { every: rig.long ? '60m' : '10m' }),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.order({ waitSpeed: SPEED, timerSpeed: SPEED });
  const firstPass = Math.ceil((count * 2) / 40) + 2;
  for (let i = 0; i < firstPass; i++) await rig.tick(1);
  const sound = await delaysOf(rig, feeds, { stuck: new Set(), minutes: rig.size(6, 20) });
  const stuck = new Set(feeds.filter((_, i) => i % 10 === 3));
  for (const feed of stuck) feed.fault = () => 'tarpit';
  for (const feed of feeds) {
    feed.news = !stuck.has(feed);
    feed.publish(1);
  }
  const bound = sound.p99 + Math.max(WORSE_MS_MAX, sound.p99);
  const windows = [await delaysOf(rig, feeds, { stuck, minutes: rig.size(12, 68) })];
  // A machine that stood still for a second spoils one window; what the tarpits cost is in each.
  while (windows.length < 3 && windows.every(({ p99 }) => p99 >= bound))
    windows.push(await delaysOf(rig, feeds, { stuck, minutes: rig.size(12, 68) }));
  const asked = new Set(windows.flatMap((window) => [...window.asked]));
  const held = Math.min(...windows.map(({ p99 }) => p99));
  const verdict = await rig.settled([stormWanted(['hook'])], 20_000);
  const missed = feeds.filter((feed) => !stuck.has(feed) && !asked.has(feed.id)).length;
  return outcomeOf(verdict, {
    problems: [
      ...(held >= bound ? [`healthy feeds start ${held - sound.p99} ms later because of the others`] : []),
      ...(missed > 0 ? [`${missed} healthy feeds were not asked at all`] : []),
    ],
    figures: { feeds: count, 'start p99 without tarpits, ms': sound.p99, 'start p99 with, ms': held },
  });
}

/** How long after its tick a healthy feed was asked, over some minutes. */
async function delaysOf(
  rig: Rig,
  feeds: readonly ChaosFeed[],
  { stuck, minutes }: { stuck: ReadonlySet<ChaosFeed>; minutes: number },
): Promise<{ p99: number; asked: Set<string> }> {
  const healthy = new Set(feeds.filter((feed) => !stuck.has(feed)).map(({ id }) => id));
  const delays: number[] = [];
  const asked = new Set<string>();
  for (let minute = 0; minute < minutes; minute++) {
    const began = Date.now();
    const off = rig.log.on((event: ChaosEvent) => {
      if (event.kind !== 'asked' || !healthy.has(event.feed)) return;
      asked.add(event.feed);
      delays.push((event.at - began) * SPEED);
    });
    await rig.tick(1);
    off();
  }
  return { p99: percentile(delays, 0.99), asked };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Old lists are no news; who asks for the last day gets it, as one message. */
export async function firstRun(rig: Rig): Promise<Outcome> {
  const count = rig.size(10, 50);
  const feeds = await Promise.all(Array.from({ length: count }, (_, i) => rig.feed(`f${i}`, 500)));
  const asked = await rig.feed('asked', 500);
  const receiver = await rig.receiver();
  const hours = (ago: number): string => new Date(rig.clock - ago * HOUR_MS).toUTCString();
  for (const feed of feeds) {
    feed.publish(500);
    feed.listed = feed.listed.map((entry, i) => ({ ...entry, date: hours(i / 10) }));
  }
  asked.publish(60);
  asked.listed = asked.listed.map((entry, i) => ({ ...entry, date: hours(i < 30 ? 1 + i / 2 : 30 + i) }));
  const channels = hooksOf(['hook'], (name) => receiver.hook(name));
  const all = [...feedsOf(feeds), ...feedsOf([asked], { backfill: '24h' })];
  rig.configure({ feeds: all, rules: [stormRule(['hook'])], channels });
  await rig.launch('current');
  await rig.order({ waitSpeed: 20 });
  for (let i = 0; i < Math.ceil(count / 8) + 2; i++) await rig.tick(1);
  // A rule that is new on old lists tells nothing of them either.
  await rig.publish({
    feeds: all,
    rules: [stormRule(['hook']), ruleOf('numbers', 'number*', ['hook'])],
    channels,
  });
  await rig.tick(10);
  await rig.tick(10);
  await rig.until(() => receiver.arrivals.length > 0, 30_000);
  const told = rig.log.of('accepted').flatMap((event) => event.told);
  const ofDefault = told.filter(({ title }) => !title.endsWith(' of asked')).length;
  const titles = new Set(told.map(({ title }) => title));
  return {
    problems: [
      ...(ofDefault > 0 ? [`${ofDefault} alerts of old entries`] : []),
      ...(titles.size === 30 ? [] : [`${titles.size} of the 30 entries asked for`]),
      ...(receiver.arrivals.length === 1 ? [] : [`${receiver.arrivals.length} messages for one backfill`]),
      ...(feeds.every(({ requests }) => requests > 0) ? [] : ['not every feed was read']),
    ],
    figures: { feeds: count + 1, 'entries at first sight': count * 500 + 60, 'told of them': titles.size },
  };
}

export async function burst(rig: Rig): Promise<Outcome> {
  const entries = rig.size(400, 1_000);
  const perHour = 30;
  const feed = await rig.feed('flow', entries);
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [{ ...stormRule(['hook']), notify: { to: ['hook'], group_by: 'none' } }],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch();
  await rig.tick();
  feed.news = true;
  feed.publish(entries);
  await rig.tick();
  await rig.tick(61);
  const verdict = await rig.settled([stormWanted(['hook'])], 30_000);
  const alone = receiver.arrivals.filter(({ type }) => type !== 'alert.digest').length;
  const digests = receiver.arrivals.length - alone;
  const allowed = Math.ceil((entries - perHour) / 100);
  return outcomeOf(verdict, {
    problems: [
      ...(alone <= perHour ? [] : [`${alone} messages in an hour for ${perHour} allowed`]),
      ...(digests <= allowed ? [] : [`${digests} digests where ${allowed} hold the rest`]),
    ],
    figures: { alone: alone, digests },
  });
}

/**
 * Resident memory of the whole runtime, which hands little back: 10,000 deliveries take it up by 150 MiB, 30,000 more by
 * 120, and there it stays. What an isolate holds of it cannot be seen from outside.
 */
const DRAIN_MIB_MAX = 256;

/** All rows wait behind receivers that are away; then they come back. */
export async function backlog(rig: Rig): Promise<Outcome> {
  const names = Array.from({ length: 10 }, (_, i) => `hook${i}`);
  const entries = rig.size(100, 1_000);
  const feed = await rig.feed('flow', entries);
  const receiver = await rig.receiver();
  let away = true;
  receiver.fate = whileDown(() => away);
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(names)],
    channels: hooksOf(names, (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  const before = workerdMiB(rig);
  feed.publish(entries);
  await rig.tick();
  const filled = workerdMiB(rig);
  const failed = new Set(receiver.arrivals.map(({ id }) => id));
  away = false;
  const began = Date.now();
  await rig.order({ hurryUntil: Date.now() + 24 * HOUR_MS });
  const verdict = await rig.settled([stormWanted(names)], 300_000);
  const seconds = Math.max(0.1, (Date.now() - began) / 1000);
  const after = workerdMiB(rig);
  const disorder = inversions(rig, failed);
  return outcomeOf(verdict, {
    problems: [
      ...(disorder > 0 ? [`${disorder} deliveries came before older ones of their channel`] : []),
      ...(after - filled > DRAIN_MIB_MAX ? [`memory grew by ${after - filled} MiB while it drained`] : []),
    ],
    figures: {
      rows: entries * names.length,
      'deliveries a second': Math.round((entries * names.length) / seconds),
      'peak memory before, MiB': before,
      'with all rows in, MiB': filled,
      'when drained, MiB': after,
    },
  });
}

/** Those that failed before wait for their own next attempt; all others of a channel come in the order of the feed. */
function inversions(rig: Rig, failed: ReadonlySet<string>): number {
  const last = new Map<string, number>();
  let count = 0;
  for (const { channel, id, told } of rig.log.of('accepted')) {
    if (failed.has(id)) continue;
    const number = Number(/number (\d+)/.exec(told[0]?.title ?? '')?.[1] ?? 0);
    // Entries of one document without dates are taken from the top: the newest first.
    if (number > (last.get(channel) ?? Number.POSITIVE_INFINITY)) count++;
    last.set(channel, number);
  }
  return count;
}

/** Peak resident memory of the runtime, as the kernel counts it; 0 where there is no /proc. */
function workerdMiB(rig: Rig): number {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const sizes = pids.flatMap((pid) => {
      const status = read(`/proc/${pid}/status`);
      const group = Number(read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[2] ?? 0);
      const isOurs = group === rig.service.pid && /^Name:\s+workerd/m.test(status);
      return isOurs ? [Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024] : [];
    });
    return Math.round(Math.max(0, ...sizes));
  } catch {
    return 0;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Ended meanwhile.
    return '';
  }
}

/** 10,000 deliveries, of which three attempts in ten fail: refused, throttled, reset, cut after they were taken, never answered. */
export async function badDeliveries(rig: Rig): Promise<Outcome> {
  const names = Array.from({ length: 10 }, (_, i) => `hook${i}`);
  const entries = rig.size(60, 1_000);
  const feed = await rig.feed('flow', entries);
  const receiver = await rig.receiver();
  receiver.fate = badly(rig.random, 0.3);
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(names)],
    channels: hooksOf(names, (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  const start = Date.now();
  await rig.order({ hurryUntil: start + 75 * HOUR_MS, timerSpeed: 40, waitSpeed: 20 });
  feed.publish(entries);
  await rig.tick();
  const verdict = await rig.settled([stormWanted(names)], 420_000);
  const attempts = receiver.arrivals.length;
  const last = Math.max(...receiver.arrivals.map(({ sentAt }) => sentAt));
  const dead = (await rig.deliveries('dead')).length;
  return outcomeOf(verdict, {
    problems: dead > 0 ? [`${dead} dead letters`] : [],
    figures: {
      attempts,
      'failed attempts, %': Math.round((100 * (attempts - entries * names.length)) / attempts),
      'hours by the sender’s clock': ((last - start) / HOUR_MS).toFixed(1),
    },
  });
}
