/**
 * The judge: set algebra over the log of an outside observer, after Jepsen's set checker. Knows the promise, not the product.
 * I1: what was listed in a complete answer and matches is acknowledged, or is a visible dead letter.
 * I2: one id for each entry × rule × channel, and every repeat of an id has a cause outside the service.
 */
import type { ChaosEvent, Told } from './event-log.ts';

/** Which alerts the promise asks for. */
export interface Wanted {
  readonly rule: string;
  readonly channels: readonly string[];
  readonly matches: (title: string, feed: string) => boolean;
}

export interface Verdict {
  /** Wanted, and neither acknowledged nor a dead letter: `title × rule × channel`. */
  readonly lost: readonly string[];
  /** Told although nobody asked for it: baseline, other rules, or never served. */
  readonly unasked: readonly string[];
  /** The same alert under several ids. */
  readonly twice: readonly string[];
  /** Deliveries that came again without an outcome in doubt and without a kill. */
  readonly unexplained: readonly string[];
  readonly wanted: number;
  readonly acknowledged: number;
  /** Deliveries that came again, explained or not. */
  readonly repeats: number;
  /** Accepted, and the sender could not know. */
  readonly ambiguous: number;
  readonly kills: number;
}

/** @param dead keys (`keyOf`) of what the service shows as dead letters */
export function judge(
  events: readonly ChaosEvent[],
  rules: readonly Wanted[],
  dead: ReadonlySet<string> = new Set(),
): Verdict {
  const wanted = wantedKeys(events, rules);
  const acknowledged = new Set<string>();
  const idsOf = new Map<string, Set<string>>();
  const contents = new Map<string, readonly string[]>();
  for (const event of events) {
    if (event.kind === 'accepted') {
      const keys = event.told.map((told) => keyOf(told, event.channel));
      contents.set(event.id, keys);
      for (const key of keys) idsOf.set(key, (idsOf.get(key) ?? new Set()).add(event.id));
    }
    if (event.kind !== 'answered') continue;
    if (event.how === 'yes') for (const key of contents.get(event.id) ?? []) acknowledged.add(key);
  }
  const { repeats, unexplained, ambiguous } = repeatsOf(events);
  return {
    lost: [...wanted].filter((key) => !acknowledged.has(key) && !dead.has(key)),
    unasked: [...idsOf.keys()].filter((key) => !wanted.has(key)),
    twice: [...idsOf].filter(([, ids]) => ids.size > 1).map(([key, ids]) => `${key}: ${[...ids].join(' ')}`),
    unexplained,
    wanted: wanted.size,
    acknowledged: acknowledged.size,
    repeats,
    ambiguous,
    kills: events.filter(({ kind }) => kind === 'killed').length,
  };
}

export function keyOf({ title, rule }: Told, channel: string): string {
  return `${title} × ${rule} × ${channel}`;
}

/** What a feed begins with is nobody's news, however often it is listed. */
function wantedKeys(events: readonly ChaosEvent[], rules: readonly Wanted[]): Set<string> {
  const keys = new Set<string>();
  const old = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'served') continue;
    for (const title of event.titles) {
      const known = `${event.feed} ${title}`;
      if (!event.news) old.add(known);
      else if (!old.has(known)) for (const key of keysOf(title, event.feed, rules)) keys.add(key);
    }
  }
  return keys;
}

function keysOf(title: string, feed: string, rules: readonly Wanted[]): string[] {
  return rules
    .filter(({ matches }) => matches(title, feed))
    .flatMap(({ rule, channels }) => channels.map((channel) => keyOf({ title, rule }, channel)));
}

/**
 * A delivery may come again when its last outcome was in doubt, or when a kill fell behind it: the service may not have
 * noted the receiver's yes. A channel has one delivery in flight, so that one kill excuses one repeat of a channel.
 */
function repeatsOf(events: readonly ChaosEvent[]): {
  repeats: number;
  unexplained: string[];
  ambiguous: number;
} {
  const lastAccept = new Map<string, number>();
  /** Accepted and not yet answered. */
  const open = new Set<string>();
  const doubted = new Set<string>();
  const kills: number[] = [];
  const excused = new Set<string>();
  const unexplained: string[] = [];
  let repeats = 0;
  let ambiguous = 0;
  const excuse = (id: string, channel: string, before: number): boolean => {
    if (doubted.delete(id)) return true;
    const kill = kills.find((one) => one > before && !excused.has(`${one} ${channel}`));
    if (kill !== undefined) excused.add(`${kill} ${channel}`);
    return kill !== undefined;
  };
  events.forEach((event, at) => {
    if (event.kind === 'killed') kills.push(at);
    if (event.kind === 'answered' && open.delete(event.id) && event.how === 'nothing') {
      doubted.add(event.id);
      ambiguous++;
    }
    if (event.kind !== 'accepted') return;
    const before = lastAccept.get(event.id);
    lastAccept.set(event.id, at);
    open.add(event.id);
    if (before === undefined) return;
    repeats++;
    if (!excuse(event.id, event.channel, before)) unexplained.push(`${event.id} on ${event.channel}`);
  });
  return { repeats, unexplained, ambiguous };
}

/** The sentences of a verdict that is not clean; none: the promise held. */
export function complaints(verdict: Verdict): string[] {
  const say = (what: string, list: readonly string[]): string[] =>
    list.length === 0 ? [] : [`${list.length} ${what}: ${list.slice(0, 3).join('; ')}`];
  return [
    ...say('lost', verdict.lost),
    ...say('told without reason', verdict.unasked),
    ...say('told under two ids', verdict.twice),
    ...say('repeated without cause', verdict.unexplained),
    ...(verdict.wanted === 0 ? ['nothing was wanted: the scenario tried nothing'] : []),
  ];
}
