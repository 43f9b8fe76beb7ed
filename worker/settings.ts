/** The only place that reads environment variables. The rest of the code gets checked values. */

import { DELIVERY_TIMEOUT_MS, POLL_FLOOR_MS, POLL_FLOOR_PAID_MS } from '../lib/model/limits.ts';
import { isVariable } from '../lib/model/variable.ts';
import type { UserAgent } from '../lib/poll/request.ts';
import type { MailBinding } from './net/send-mail.ts';

/** Variables, secrets and bindings by name: `VIGIE_…` are the service's own, all others belong to the configuration. */
export interface Variables {
  readonly [name: string]: unknown;
}

/** Checked settings of the Worker. */
export interface Settings {
  /** SHA-256 of the admin token, hex; null: not configured. */
  readonly tokenHash: string | null;
  /** Cloudflare Access protects this service; null: it does not. */
  readonly access: { readonly issuer: string; readonly audience: string } | null;
  /** Seconds between ticks; 0: ticks are triggered by hand (replays) and not watched. */
  readonly tickSeconds: number;
  /** Local development option: feeds and channels may be on loopback. */
  readonly allowLoopback: boolean;
  readonly floorMs: number;
  /** Longest time that a receiver may take. `VIGIE_DELIVERY_TIMEOUT_MS` is set by tests only. */
  readonly deliveryTimeoutMs: number;
  /** Public address of this service without trailing slash, for links in alerts; null: not configured. */
  readonly home: string | null;
  readonly agent: UserAgent;
}

/** Invalid values fall back to defaults: 60 s between ticks, 1 subscriber. */
export function settingsOf(variables: Variables): Settings {
  const tickSeconds = Number(textOf(variables, 'VIGIE_TICK_SECONDS') ?? '60');
  const deliveryTimeoutMs = Number(textOf(variables, 'VIGIE_DELIVERY_TIMEOUT_MS') ?? DELIVERY_TIMEOUT_MS);
  return {
    tokenHash: textOf(variables, 'VIGIE_TOKEN_SHA256'),
    access: accessOf(variables),
    tickSeconds: Number.isFinite(tickSeconds) && tickSeconds >= 0 ? tickSeconds : 60,
    allowLoopback: textOf(variables, 'VIGIE_ALLOW_LOOPBACK') === 'true',
    home: textOf(variables, 'VIGIE_URL')?.replace(/\/+$/u, '') ?? null,
    deliveryTimeoutMs: deliveryTimeoutMs > 0 ? deliveryTimeoutMs : DELIVERY_TIMEOUT_MS,
    floorMs: textOf(variables, 'VIGIE_PLAN') === 'paid' ? POLL_FLOOR_PAID_MS : POLL_FLOOR_MS,
    agent: {
      contact: textOf(variables, 'VIGIE_CONTACT') ?? 'https://github.com/vigie-news/vigie',
      subscribers: Math.max(1, Math.trunc(Number(textOf(variables, 'VIGIE_SUBSCRIBERS') ?? '1')) || 1),
    },
  };
}

/** `VIGIE_ACCESS_TEAM` is the team's name or domain, `VIGIE_ACCESS_AUD` the application's AUD tag. */
function accessOf(variables: Variables): Settings['access'] {
  const team = textOf(variables, 'VIGIE_ACCESS_TEAM');
  const audience = textOf(variables, 'VIGIE_ACCESS_AUD');
  if (team === null || audience === null) return null;
  const host = team.replace(/^https:\/\//u, '').replace(/\/+$/u, '');
  const issuer = host.startsWith('127.0.0.1:') ? `http://${host}` : `https://${host}`;
  return { issuer: host.includes('.') ? issuer : `https://${host}.cloudflareaccess.com`, audience };
}

/** The value of `${NAME}` in a configuration; null for unset names and for our own `VIGIE_…` names. */
export function variableOf(variables: Variables, name: string): string | null {
  return isVariable(name) ? textOf(variables, name) : null;
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
