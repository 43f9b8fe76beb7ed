/** The only place that reads variables. Everything behind gets checked values. */
import { DELIVERY_TIMEOUT_MS, POLL_FLOOR_MS, POLL_FLOOR_PAID_MS } from '../lib/model/limits.ts';
import type { UserAgent } from '../lib/poll/request.ts';
import type { MailBinding } from './net/send-mail.ts';

/** Variables and secrets by name, bindings among them: `VIGIE_…` are ours, all others the configuration's. */
export interface Variables {
  readonly [name: string]: unknown;
}

export interface Settings {
  /** SHA-256 of the admin token, hex; null: no API. */
  readonly tokenHash: string | null;
  /** Cloudflare Access stands before this service; null: it does not. */
  readonly access: { readonly issuer: string; readonly audience: string } | null;
  /** Seconds between ticks; 0: nobody promised any (replays). */
  readonly tickSeconds: number;
  /** The one local opt-in: feeds and channels may live on loopback. */
  readonly allowLoopback: boolean;
  readonly floorMs: number;
  /** How long a receiver may take. `VIGIE_DELIVERY_TIMEOUT_MS` is for tests only: no program of ours passes it on. */
  readonly deliveryTimeoutMs: number;
  /** Where people reach this service, without a slash at its end: alerts link to it. null: not configured. */
  readonly home: string | null;
  readonly agent: UserAgent;
}

export function settingsOf(variables: Variables): Settings {
  const tickSeconds = Number(textOf(variables, 'VIGIE_TICK_SECONDS') ?? '60');
  return {
    tokenHash: textOf(variables, 'VIGIE_TOKEN_SHA256'),
    access: accessOf(variables),
    tickSeconds: Number.isFinite(tickSeconds) && tickSeconds >= 0 ? tickSeconds : 60,
    allowLoopback: textOf(variables, 'VIGIE_ALLOW_LOOPBACK') === 'true',
    home: textOf(variables, 'VIGIE_URL')?.replace(/\/+$/u, '') ?? null,
    deliveryTimeoutMs: Number(textOf(variables, 'VIGIE_DELIVERY_TIMEOUT_MS') ?? DELIVERY_TIMEOUT_MS),
    floorMs: textOf(variables, 'VIGIE_PLAN') === 'paid' ? POLL_FLOOR_PAID_MS : POLL_FLOOR_MS,
    agent: {
      contact: textOf(variables, 'VIGIE_CONTACT') ?? 'https://github.com/vigie-news/vigie',
      subscribers: Math.max(1, Math.trunc(Number(textOf(variables, 'VIGIE_SUBSCRIBERS') ?? '1')) || 1),
    },
  };
}

/** `VIGIE_ACCESS_TEAM` is the team's name or domain, `VIGIE_ACCESS_AUD` the application's tag. */
function accessOf(variables: Variables): Settings['access'] {
  const team = textOf(variables, 'VIGIE_ACCESS_TEAM');
  const audience = textOf(variables, 'VIGIE_ACCESS_AUD');
  if (team === null || audience === null) return null;
  const host = team.replace(/^https:\/\//u, '').replace(/\/+$/u, '');
  const issuer = host.startsWith('127.0.0.1:') ? `http://${host}` : `https://${host}`;
  return { issuer: host.includes('.') ? issuer : `https://${host}.cloudflareaccess.com`, audience };
}

/** What `${NAME}` in a configuration stands for. Our own `VIGIE_…` names stand for nothing there. */
export function variableOf(variables: Variables, name: string): string | null {
  return name.startsWith('VIGIE_') ? null : textOf(variables, name);
}

/** The `send_email` binding; null: the Worker has none. */
export function mailBinding(variables: Variables): MailBinding | null {
  const binding = variables['EMAIL'];
  if (typeof binding !== 'object' || binding === null || !('send' in binding)) return null;
  return binding as MailBinding;
}

function textOf(variables: Variables, name: string): string | null {
  const value = variables[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
