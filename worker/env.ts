/** The bindings, and the only place that reads variables. Everything behind gets checked values. */

import { POLL_FLOOR_MS, POLL_FLOOR_PAID_MS } from '../lib/model/limits.ts';
import type { UserAgent } from '../lib/poll/request.ts';
import type { Desk } from './desk/desk.ts';

export interface Env {
  readonly SEEN: KVNamespace;
  readonly DESK: DurableObjectNamespace<Desk>;
  /** Variables and secrets, `VIGIE_…` ours, all others the configuration's. */
  readonly [name: string]: unknown;
}

export interface Settings {
  /** SHA-256 of the admin token, hex; null: no API. */
  readonly tokenHash: string | null;
  /** Seconds between ticks; 0: nobody promised any (replays). */
  readonly tickSeconds: number;
  /** The one local opt-in: feeds and channels may live on loopback. */
  readonly allowLoopback: boolean;
  readonly floorMs: number;
  readonly agent: UserAgent;
}

export function settingsOf(env: Env): Settings {
  const tickSeconds = Number(textOf(env, 'VIGIE_TICK_SECONDS') ?? '60');
  return {
    tokenHash: textOf(env, 'VIGIE_TOKEN_SHA256'),
    tickSeconds: Number.isFinite(tickSeconds) && tickSeconds >= 0 ? tickSeconds : 60,
    allowLoopback: textOf(env, 'VIGIE_ALLOW_LOOPBACK') === 'true',
    floorMs: textOf(env, 'VIGIE_PLAN') === 'paid' ? POLL_FLOOR_PAID_MS : POLL_FLOOR_MS,
    agent: {
      contact: textOf(env, 'VIGIE_CONTACT') ?? 'https://github.com/vigie-news/vigie',
      subscribers: Math.max(1, Math.trunc(Number(textOf(env, 'VIGIE_SUBSCRIBERS') ?? '1')) || 1),
    },
  };
}

/** What `${NAME}` in a configuration stands for. Our own `VIGIE_…` names stand for nothing there. */
export function variableOf(env: Env, name: string): string | null {
  return name.startsWith('VIGIE_') ? null : textOf(env, name);
}

function textOf(env: Env, name: string): string | null {
  const value = env[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** There is one desk. */
export function deskOf(env: Env): DurableObjectStub<Desk> {
  return env.DESK.get(env.DESK.idFromName('desk'));
}
