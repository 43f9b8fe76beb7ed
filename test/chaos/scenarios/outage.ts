/** C05, C06: receivers that are away for two days, for good, or for a week. The sender's clock is moved from alarm to alarm. */

import { RETRY_GAPS_MS } from '../../../lib/deliver/retry.ts';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { whileDown } from '../fates.ts';
import { HOUR_MS, MINUTE_MS, type Outcome, outcomeOf, type Rig } from '../rig.ts';

const OUTAGE_MS = 48 * HOUR_MS;

export async function outage(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow', 200);
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['dead', 'well'])],
    channels: hooksOf(['dead', 'well'], (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  const start = Date.now();
  const end = start + OUTAGE_MS;
  receiver.fate = whileDown(({ channel, sentAt }) => channel === 'dead' && sentAt < end);
  const well = [stormWanted(['well'])];
  const delays: number[] = [];
  const stepMs = rig.size(12, 4) * HOUR_MS;
  for (let at = start; at <= end + 6 * HOUR_MS; at += stepMs) {
    feed.publish(2);
    const asked = Date.now();
    await rig.tick(stepMs / MINUTE_MS);
    await rig.settled(well, 10_000);
    delays.push(Date.now() - asked);
    await rig.pass(at + stepMs);
  }
  const verdict = await rig.settled([stormWanted(['dead', 'well'])], 20_000);
  const { early, late, gaps } = schedule(
    receiver.arrivals.filter(({ channel, sentAt }) => channel === 'dead' && sentAt < end),
  );
  const slowest = Math.max(...delays);
  return outcomeOf(verdict, {
    problems: [
      ...(early > 0 ? [`${early} attempts came before their time`] : []),
      ...(late > 0 ? [`${late} attempts came later than their gap and the probes before them allow`] : []),
      ...(slowest > 5_000 ? [`the other channel waited ${slowest} ms`] : []),
    ],
    figures: { 'gaps judged': gaps, 'slowest on the other channel, ms': slowest },
  });
}

/** Gaps between attempts of one delivery: ±20 % of the schedule, and at most a minute more for each delivery that is probed before it. */
function schedule(arrivals: readonly { id: string; sentAt: number }[]): {
  early: number;
  late: number;
  gaps: number;
} {
  const byId = Map.groupBy(arrivals, ({ id }) => id);
  const queueMs = byId.size * MINUTE_MS;
  let [early, late, gaps] = [0, 0, 0];
  for (const of of byId.values()) {
    for (let i = 1; i < of.length; i++) {
      const gap = (of[i]?.sentAt ?? 0) - (of[i - 1]?.sentAt ?? 0);
      const planned = RETRY_GAPS_MS[i - 1] ?? 0;
      gaps++;
      // The header tells whole seconds.
      if (gap < 0.8 * planned - 1_000) early++;
      if (gap > 1.2 * planned + queueMs + 1_000) late++;
    }
  }
  return { early, late, gaps };
}

export async function givenUp(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow', 200);
  const receiver = await rig.receiver();
  const hook = (name: string): string => receiver.hook(name);
  const channels = {
    ...hooksOf(['gone', 'failing', 'well', 'watch'], hook),
    room: { kind: 'slack', url: hook('room') },
  };
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['gone', 'failing', 'well', 'room'])],
    channels,
    ops: ['watch'],
  });
  let mended = false;
  receiver.fate = ({ channel }) => {
    if (channel === 'gone') return { kind: 'answer', status: 410 };
    if (channel === 'room') return { kind: 'answer', status: 404, body: 'no_service' };
    return { kind: 'answer', status: channel === 'failing' && !mended ? 503 : 204 };
  };
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  const start = Date.now();
  for (let day = 0; day < 7; day++) {
    feed.publish(1);
    await rig.tick(24 * 60);
    await rig.settled([stormWanted(['well'])], 10_000);
    await rig.pass(start + (day + 1) * 24 * HOUR_MS);
  }
  const calls = (channel: string): number =>
    receiver.arrivals.filter((arrival) => arrival.channel === channel).length;
  const notices = receiver.arrivals
    .filter(({ type }) => type === 'channel.disabled')
    .map(({ body }) => subjectOf(body));
  const failingCalls = receiver.arrivals.filter(({ channel }) => channel === 'failing');
  const lastFailing = ((failingCalls.at(-1)?.sentAt ?? 0) - start) / (24 * HOUR_MS);
  const dead = await rig.deadKeys();
  mended = true;
  await rig.api('/api/channels/failing/test', { method: 'POST' });
  const replay = await rig.api('/api/deliveries/replay', {
    method: 'POST',
    body: JSON.stringify({ channel: 'failing' }),
  });
  const { replayed } = (await replay.json()) as { replayed: number };
  const verdict = await rig.settled([stormWanted(['failing', 'well'])], 10_000);
  const missing = ['gone', 'room', 'failing'].filter((channel) => !notices.includes(channel));
  return outcomeOf(verdict, {
    problems: [
      ...(calls('gone') === 1 ? [] : [`410 was asked ${calls('gone')} times`]),
      ...(calls('room') <= 3 ? [] : [`404 was asked ${calls('room')} times`]),
      ...(missing.length === 0 ? [] : [`no notice that ${missing.join(', ')} are disabled`]),
      ...(notices.length === 3 ? [] : [`${notices.length} notices for 3 channels`]),
      ...(lastFailing > 4.9 && lastFailing < 6.6
        ? []
        : [`the failing channel was last tried after ${lastFailing} days`]),
      ...([...dead].some((key) => key.endsWith('× gone'))
        ? []
        : ['no dead letter of the channel that is gone']),
      ...(replayed > 0 ? [] : ['nothing was replayed']),
    ],
    figures: {
      'calls after 410': calls('gone') - 1,
      'calls to 404': calls('room'),
      'days until given up': lastFailing.toFixed(1),
      'dead letters': dead.size,
      replayed,
    },
  });
}

function subjectOf(body: string): string {
  return (JSON.parse(body) as { data: { subject: string } }).data.subject;
}
