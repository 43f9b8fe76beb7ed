/** What the judge knows: every request that reached a publisher, and how to read such a log. Knows no product code. */

/** One request, as the publisher saw it. */
export interface Asked {
  /** Of the feed whose host was asked. */
  readonly host: string;
  /** Scheme, address and port: one for each publisher of a run. */
  readonly origin: string;
  readonly method: string;
  /** Request target, as sent. */
  readonly url: string;
  /** As sent, in order; values byte for byte as Latin-1. */
  readonly headers: readonly (readonly [string, string])[];
  /** Time of the tick that was replayed. */
  readonly tick: number;
  /** Replayed time of arrival: the tick's, and the real time gone by in it. */
  readonly at: number;
  /** Replayed time of the answer's end; null: never answered. */
  endedAt: number | null;
  /** Requests under way at this host when it came, itself included. */
  readonly inFlight: number;
  /** The client closed the connection before the answer was whole. */
  cut: boolean;
  /** Bytes of the body that were written. */
  bytes: number;
  status: number;
  /** Headers of the answer. */
  answered: readonly (readonly [string, string])[];
}

export interface Tick {
  readonly at: number;
  /** The service was killed in it: what it fetched may be forgotten. */
  readonly killed: boolean;
}

export interface Log {
  /** In order of arrival, all hosts of one scenario, robots.txt included. */
  readonly asked: readonly Asked[];
  /** The same of every scenario that was played side by side. */
  readonly everything: readonly Asked[];
  readonly ticks: readonly Tick[];
  /** Title of every entry in every alert that came to the receiver. */
  readonly alerted: readonly string[];
  /** What the service said on standard error. */
  readonly said: readonly string[];
  /** Of the files in KV's folder before each tick: changes when something is written. */
  readonly kv: readonly string[];
}

/** Requests to one feed's host within one tick. */
export interface Poll {
  readonly tick: number;
  readonly killed: boolean;
  readonly first: Asked;
  readonly all: readonly Asked[];
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Requests for feeds; robots.txt is judged alone. */
export function feedRequests(log: Log, host?: string): Asked[] {
  return log.asked.filter((asked) => asked.url !== '/robots.txt' && (host ?? asked.host) === asked.host);
}

export function pollsOf(log: Log, host: string): Poll[] {
  const polls = new Map<number, Asked[]>();
  for (const asked of feedRequests(log, host)) {
    polls.set(asked.tick, [...(polls.get(asked.tick) ?? []), asked]);
  }
  const killed = new Set(log.ticks.filter((tick) => tick.killed).map((tick) => tick.at));
  return [...polls].map(([tick, all]) => ({ tick, all, first: all[0] as Asked, killed: killed.has(tick) }));
}

/** All values of one header, exactly as sent. */
export function sentValues(asked: Asked, name: string): string[] {
  return asked.headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
}

export function sentValue(asked: Asked, name: string): string | null {
  const values = sentValues(asked, name);
  return values.length === 0 ? null : values.join(' ⏎ ');
}

export function answered(asked: Asked, name: string): string | null {
  return asked.answered.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}

export const isConditional = (asked: Asked): boolean =>
  sentValue(asked, 'if-none-match') !== null || sentValue(asked, 'if-modified-since') !== null;

/** Time between the starts of polls that follow each other. */
export function gapsOf(polls: readonly Poll[]): number[] {
  return polls.slice(1).map((poll, i) => poll.first.at - (polls[i] as Poll).first.at);
}

export const minutes = (ms: number): string => `${(ms / MINUTE).toFixed(1)} min`;

/** The first reason found. */
export function firstReason(...reasons: (string | null | false)[]): string | null {
  return reasons.find((reason): reason is string => typeof reason === 'string') ?? null;
}

/** A judgement is worth nothing without enough polls. */
export function atLeast(polls: readonly unknown[], count: number, of = 'polls'): string | null {
  return polls.length >= count ? null : `only ${polls.length} ${of}, ${count} expected`;
}

/** No poll starts earlier than its predecessor's last answer and `wait` after it. */
export function silentFor(polls: readonly Poll[], wait: (asked: Asked) => number | null): string | null {
  for (const [i, poll] of polls.slice(1).entries()) {
    const before = (polls[i] as Poll).all.at(-1) as Asked;
    const asked = wait(before);
    const gap = poll.first.at - (before.endedAt ?? before.at);
    if (asked !== null && gap < asked)
      return `asked again after ${minutes(gap)}, ${minutes(asked)} were wanted`;
  }
  return null;
}
