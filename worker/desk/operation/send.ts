/** One alarm run: due deliveries, one at a time per channel, several channels in parallel, failing channels last. */

import { afterAttempt, type Effects } from '../../../lib/deliver/after-attempt.ts';
import { kindOf } from '../../../lib/deliver/channel/table.ts';
import type { AttemptOutcome, NextStep } from '../../../lib/deliver/retry.ts';
import type { AlertEvent } from '../../../lib/model/alert.ts';
import type { ChannelConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { ALARM_PARALLEL_CHANNELS, ALARM_SENDS_MAX } from '../../../lib/model/limits.ts';
import { isoTime } from '../../../lib/model/time.ts';
import { userAgent } from '../../../lib/poll/request.ts';
import { log } from '../../log.ts';
import { attemptDelivery } from '../../net/post.ts';
import { mailBinding, type Settings, type Variables, variableOf } from '../../settings.ts';
import { VERSION } from '../../version.ts';
import {
  cancelChannel,
  channelHealth,
  failPending,
  isDisabled,
  receiverOf,
  rememberMove,
  withMove,
} from '../table/channels.ts';
import type { Ledger } from '../table/ledger.ts';
import { applyAttempt, type Due, dueChannels, dueOf } from '../table/outbox.ts';
import type { Sql } from '../table/sql.ts';
import { onChannelDisabled } from './ops.ts';

/** What sending needs from the desk. */
export interface SendContext {
  readonly env: Variables;
  readonly settings: Settings;
  /** Channels that a run is sending to now: at most one delivery at a time each. */
  readonly busy: Set<ChannelId>;
  /** Outcomes that could not be stored yet, by delivery id: these deliveries are not sent again. */
  readonly unnoted: Map<string, Attempted>;
  readonly config: RunningConfig;
}

interface Attempted {
  readonly outcome: AttemptOutcome;
  /** When the attempt ended, and its duration in milliseconds. */
  readonly wall: EpochMs;
  readonly ms: number;
}

/**
 * Sends up to ALARM_SENDS_MAX due deliveries. Never throws for a failed delivery.
 *
 * @param inForce the current configuration: it may change during a run, and the run follows it
 */
export async function sendDue(
  ledger: Ledger,
  inForce: () => RunningConfig | null,
  world: Omit<SendContext, 'config'>,
): Promise<void> {
  const budget = { left: ALARM_SENDS_MAX };
  const { busy } = world;
  const worker = async (): Promise<void> => {
    while (budget.left > 0) {
      const config = inForce();
      if (config === null) return;
      const next = dueChannels(ledger.sql, Date.now()).find(({ id }) => !busy.has(id));
      if (next === undefined) {
        // A receiver that hangs delays only its own channel: other channels' deliveries that fall due are still sent.
        if (busy.size === 0) return;
        await scheduler.wait(IDLE_MS);
        continue;
      }
      busy.add(next.id);
      try {
        const channel = config.channels.find(({ id }) => id === next.id);
        const isCurrent = (): boolean => inForce() === config;
        await serveChannel(ledger, next.id, { channel, budget, isCurrent, ...world, config });
      } finally {
        busy.delete(next.id);
      }
    }
  };
  await Promise.all(Array.from({ length: ALARM_PARALLEL_CHANNELS }, worker));
}

/** Milliseconds between checks for new work of an idle sender while another one is busy. */
const IDLE_MS = 200;

async function serveChannel(
  ledger: Ledger,
  id: ChannelId,
  { channel, ...context }: Run & { channel: ChannelConfig | undefined },
): Promise<void> {
  if (channel === undefined) {
    const cancelled = cancelChannel(ledger.sql, id, Date.now());
    log('warn', `channel ${id}`, `was removed from the configuration; cancelled deliveries: ${cancelled}`);
  } else if (isDisabled(ledger.sql, id)) {
    const failed = failPending(ledger.sql, id, Date.now());
    log(
      'warn',
      `channel ${id}`,
      `was disabled; failed deliveries: ${failed}; Channels > Failed deliveries sends them again`,
    );
  } else await sendChannel(ledger, channel, context);
}

interface Run extends SendContext {
  readonly budget: { left: number };
  /** Whether `config` is still in force. */
  readonly isCurrent: () => boolean;
}

/** In order, until an attempt fails, nothing is due, the run's budget is used up, or the configuration changes. */
async function sendChannel(ledger: Ledger, channel: ChannelConfig, context: Run): Promise<void> {
  const { budget } = context;
  while (budget.left > 0 && context.isCurrent()) {
    const [due] = dueOf(ledger.sql, channel.id, Date.now(), 1);
    if (due === undefined) return;
    budget.left--;
    if (!(await sendOne(ledger, channel, due, context))) return;
  }
}

/** @returns true when the channel may be sent to again at once */
async function sendOne(
  ledger: Ledger,
  channel: ChannelConfig,
  due: Due,
  context: SendContext,
): Promise<boolean> {
  const attempted =
    context.unnoted.get(due.id) ?? (await timed(() => attempt(withMove(ledger.sql, channel), due, context)));
  const { outcome, wall, ms } = attempted;
  // If storing fails (full disk), the receiver has the delivery all the same: the next run stores the outcome and sends nothing.
  context.unnoted.set(due.id, attempted);
  const effects = ledger.transact(() => {
    const { sql } = ledger;
    const effects = afterAttempt(channelHealth(sql, channel.id), {
      outcome,
      wall,
      ageMs: wall - due.created,
      attempts: due.attempts,
      rate: kindOf(channel).rate(channel),
      seed: Math.random(),
    });
    applyAttempt(sql, due, { outcome, effects }, { wall, ms });
    const reason = effects.disabled;
    if (reason !== null)
      onChannelDisabled(sql, { channel: channel.id, reason }, { config: context.config, wall });
    noteMove(sql, channel, outcome);
    return effects;
  });
  context.unnoted.delete(due.id);
  logOutcome(channel.id, due, outcome, effects);
  return effects.goOn;
}

function logOutcome(
  channel: ChannelId,
  due: Due,
  outcome: AttemptOutcome,
  { delivery: { step }, disabled }: Effects,
): void {
  if (outcome.kind !== 'delivered')
    log('warn', `delivery ${due.id}`, `to ${channel} ${describe(outcome, due)}${nextOf(step)}`);
  if (disabled !== null)
    log('error', `channel ${channel}`, `was disabled (${disabled}): send a successful test to enable it`);
}

function nextOf(step: NextStep): string {
  return step.kind === 'retry' ? `; next attempt not before ${isoTime(step.at)}` : '';
}

async function timed(attempt: () => Promise<AttemptOutcome>): Promise<Attempted> {
  const started = Date.now();
  const outcome = await attempt();
  const wall = Date.now();
  return { outcome, wall, ms: wall - started };
}

/** The receiver moved: logged once, and remembered until the configuration has its new address. */
function noteMove(sql: Sql, channel: ChannelConfig, outcome: AttemptOutcome): void {
  if (outcome.kind !== 'delivered' || outcome.movedTo === undefined) return;
  const receiver = receiverOf(channel);
  if (receiver === null) return;
  rememberMove(sql, channel.id, { from: receiver.of(channel), to: outcome.movedTo });
  log('warn', `channel ${channel.id}`, `moved: ${receiver.note}`);
}

/** An event that cannot be parsed or rendered is a bug: only this delivery fails, not the channel. */
async function attempt(
  channel: ChannelConfig,
  due: Due,
  context: Omit<SendContext, 'busy' | 'unnoted'>,
): Promise<AttemptOutcome> {
  try {
    return await attemptEvent({ id: due.id, channel, event: JSON.parse(due.event) as AlertEvent }, context);
  } catch (error) {
    return {
      kind: 'rejected',
      status: 0,
      detail: `cannot be rendered (${error instanceof Error ? error.name : 'error'})`,
    };
  }
}

/** One attempt with this desk's variables and address policy. */
export function attemptEvent(
  delivery: { readonly id: string; readonly channel: ChannelConfig; readonly event: AlertEvent },
  { env, settings, config }: Omit<SendContext, 'busy' | 'unnoted'>,
): Promise<AttemptOutcome> {
  return attemptDelivery(delivery, {
    variable: (name) => variableOf(env, name),
    now: (): EpochMs => Date.now(),
    policy: { allowLoopback: settings.allowLoopback, allowHosts: config.allowHosts },
    userAgent: userAgent(settings.agent, 'webhook', VERSION),
    timeoutMs: settings.deliveryTimeoutMs,
    mail: mailBinding(env),
  });
}

function describe(outcome: AttemptOutcome, due: Due): string {
  const what = 'detail' in outcome ? outcome.detail : `HTTP ${outcome.status}`;
  const how = outcome.kind === 'failed' ? 'failed' : `failed (${outcome.kind})`;
  return `${how} at attempt ${due.attempts + 1}: ${what.slice(0, LOGGED_UNITS_MAX)}`;
}

/** The attempt table keeps the full detail. */
const LOGGED_UNITS_MAX = 300;
