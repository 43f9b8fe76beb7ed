/** C07, C08: receivers that ask for patience in three ways; secrets that change while deliveries are on their way. */
import { Webhook } from 'standardwebhooks';
import { feedsOf, hooksOf, SECRET, stormRule, stormWanted } from '../document.ts';
import { badly } from '../fates.ts';
import type { Arrival, NextStep } from '../receiver.ts';
import { HOUR_MS, type Outcome, outcomeOf, type Rig } from '../rig.ts';

const NAMES = ['seconds', 'date', 'float'] as const;
type Name = (typeof NAMES)[number];
/** A channel is throttled so often before it takes anything. */
const REFUSALS = 2;

export async function retryAfter(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow');
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule([...NAMES, 'well'])],
    channels: {
      ...hooksOf(['seconds', 'date', 'well'], (name) => receiver.hook(name)),
      float: { kind: 'discord', url: receiver.hook('float') },
    },
  });
  const refused: Record<Name, { at: number; until: number }[]> = { seconds: [], date: [], float: [] };
  const came: Record<Name, number[]> = { seconds: [], date: [], float: [] };
  receiver.fate = ({ channel }): NextStep => {
    if (channel === 'well') return { kind: 'answer', status: 204 };
    const name = channel as Name;
    const now = Date.now();
    came[name].push(now);
    if (refused[name].length >= REFUSALS) return { kind: 'answer', status: 204 };
    const { until, fate } = pause(name, now);
    refused[name].push({ at: now, until });
    return fate;
  };
  await rig.launch();
  await rig.tick();
  feed.news = true;
  feed.publish(rig.size(4, 20));
  await rig.tick();
  const verdict = await rig.settled([stormWanted(['seconds', 'date', 'well'])], 60_000);
  await rig.until(() => came.float.length >= rig.size(4, 20) + REFUSALS, 90_000);
  const problems = NAMES.flatMap((name) => {
    const early = refused[name].filter(({ at, until }) =>
      came[name].some((call) => call > at && call < until),
    ).length;
    return [
      ...(early > 0 ? [`${name}: called before the pause was over`] : []),
      ...(refused[name].length === REFUSALS ? [] : [`${name}: throttled ${refused[name].length} times`]),
      ...(came[name].length === rig.size(4, 20) + REFUSALS ? [] : [`${name}: ${came[name].length} calls`]),
    ];
  });
  const latest = NAMES.map((name) =>
    Math.max(
      ...refused[name].map(({ until }) => (came[name].find((call) => call >= until) ?? Infinity) - until),
    ),
  );
  return outcomeOf(verdict, { problems, figures: { 'latest call after a pause, ms': Math.max(...latest) } });
}

/** Refuses at the first call, and at the one that comes when the pause is over: whoever comes in a crowd is seen. */
function pause(name: Name, now: number): { until: number; fate: NextStep } {
  const refusal = (headers: Record<string, string>, body = ''): NextStep => ({
    kind: 'answer',
    status: 429,
    headers,
    body,
  });
  switch (name) {
    case 'seconds':
      return { until: now + 7_000, fate: refusal({ 'retry-after': '7' }) };
    case 'date': {
      const until = Math.ceil((now + 7_000) / 1_000) * 1_000;
      return { until, fate: refusal({ 'retry-after': new Date(until).toUTCString() }) };
    }
    case 'float': {
      const body = JSON.stringify({
        message: 'You are being rate limited.',
        retry_after: 6.25,
        global: false,
      });
      return { until: now + 6_250, fate: refusal({ 'content-type': 'application/json' }, body) };
    }
  }
}

const NEXT_SECRET = `whsec_${Buffer.from('fedcba9876543210fedcba9876543210').toString('base64')}`;

export async function rotation(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow', 100);
  const receiver = await rig.receiver();
  const rules = [stormRule(['hook'])];
  const documentWith = (secret: unknown): object => ({
    feeds: feedsOf([feed]),
    rules,
    channels: { hook: { kind: 'webhook', url: receiver.hook('hook'), secret } },
  });
  receiver.fate = badly(rig.random, 0.2);
  rig.configure(documentWith(SECRET));
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  const start = Date.now();
  const until = start + 24 * HOUR_MS;
  const stages: { name: string; document: object | null; at: number; signers: string }[] = [
    { name: 'before', document: null, at: start, signers: 'old' },
    {
      name: 'both',
      document: documentWith({
        current: NEXT_SECRET,
        previous: SECRET,
        until: new Date(until).toISOString(),
      }),
      at: start + HOUR_MS,
      signers: 'both',
    },
    { name: 'after', document: null, at: until + HOUR_MS, signers: 'new' },
  ];
  await rig.order({ timerSpeed: 10 });
  for (const { document, at } of stages) {
    await rig.pass(at);
    if (document !== null) await rig.publish(document);
    feed.publish(rig.size(6, 40));
    await rig.tick();
    await rig.pass(at + 20 * 60_000);
  }
  await rig.pass(until + 40 * HOUR_MS);
  const verdict = await rig.settled([stormWanted(['hook'])], 20_000);
  const wrong = receiver.arrivals.filter((arrival) => {
    const signers = signersOf(arrival);
    if (arrival.sentAt >= until + 1_000) return signers !== 'new';
    return (
      signers !==
        (arrival.sentAt >= stages[1]!.at + 60_000 && arrival.sentAt < until - 1_000 ? 'both' : signers) ||
      signers === 'none'
    );
  });
  const seen = new Set(receiver.arrivals.map(signersOf));
  return outcomeOf(verdict, {
    problems: [
      ...(wrong.length > 0
        ? [`${wrong.length} attempts with the wrong signatures: ${signersOf(wrong[0]!)}`]
        : []),
      ...stages.flatMap(({ signers }) => (seen.has(signers) ? [] : [`none signed with ${signers}`])),
    ],
    figures: { attempts: receiver.arrivals.length },
  });
}

/** By foreign code: which secrets the signatures of an attempt verify with. */
function signersOf({ id, sentAt, body, signature }: Arrival): string {
  const given = signature.split(' ');
  const isBy = (secret: string): boolean =>
    given.includes(new Webhook(secret).sign(id, new Date(sentAt), body));
  const [old, next] = [isBy(SECRET), isBy(NEXT_SECRET)];
  if (old && next) return 'both';
  return old ? 'old' : next ? 'new' : 'none';
}
