/** One alarm run: due deliveries, one at a time per channel, a few channels at once, failing channels last. */

import { rateOf } from '../../../lib/deliver/channel/table.ts';
import type { AttemptOutcome } from '../../../lib/deliver/retry.ts';
import type { AlertEvent } from '../../../lib/model/alert.ts';
import type { ChannelConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { ALARM_PARALLEL_CHANNELS, ALARM_SENDS_MAX } from '../../../lib/model/limits.ts';
import { userAgent } from '../../../lib/poll/request.ts';
import { log } from '../../log.ts';
import { attemptDelivery } from '../../net/post.ts';
import { mailBinding, type Settings, type Variables, variableOf } from '../../settings.ts';
import { VERSION } from '../../version.ts';
import { cancelChannel, failPending, isDisabled, rememberMove, withMove } from '../table/channels.ts';
import { type Due, dueChannels, dueOf, settleAttempt } from '../table/outbox.ts';
import { onChannelDisabled } from './ops.ts';

export interface SendContext {
  readonly env: Variables;
  readonly settings: Settings;
  /** Channels that a run is sending to: one delivery at a time each, whoever runs. */
  readonly busy: Set<ChannelId>;
  /** What attempts came to that could not be noted yet, by delivery: those are not made again. */
  readonly unnoted: Map<string, Attempted>;
  readonly config: RunningConfig;
}

interface Attempted {
  readonly outcome: AttemptOutcome;
  /** When it ended, and how long it took. */
  readonly wall: EpochMs;
  readonly ms: number;
}

/** @param inForce the configuration at any moment: a run may outlast one, and addresses are those of its day */
export async function sendDue(
  storage: DurableObjectStorage,
  inForce: () => RunningConfig | null,
  world: Omit<SendContext, 'config'>,
): Promise<void> {
  const budget = { left: ALARM_SENDS_MAX };
  const { busy } = world;
  const worker = async (): Promise<void> => {
    while (budget.left > 0) {
      const config = inForce();
      if (config === null) return;
      const next = dueChannels(storage.sql, Date.now()).find(({ id }) => !busy.has(id));
      if (next === undefined) {
        // A receiver that hangs holds up nobody: what falls due on other channels meanwhile still goes out.
        if (busy.size === 0) return;
        await scheduler.wait(IDLE_MS);
        continue;
      }
      busy.add(next.id);
      try {
        const channel = config.channels.find(({ id }) => id === next.id);
        const isCurrent = (): boolean => inForce() === config;
        await serveChannel(storage, next.id, { channel, budget, isCurrent, ...world, config });
      } finally {
        busy.delete(next.id);
      }
    }
  };
  await Promise.all(Array.from({ length: ALARM_PARALLEL_CHANNELS }, worker));
}

/** How often an idle sender looks for new work while another one is busy. */
const IDLE_MS = 200;

async function serveChannel(
  storage: DurableObjectStorage,
  id: ChannelId,
  { channel, ...context }: Run & { channel: ChannelConfig | undefined },
): Promise<void> {
  if (channel === undefined) {
    const cancelled = cancelChannel(storage.sql, id, Date.now());
    log('warn', `channel ${id}`, `is no longer configured: ${cancelled} deliveries cancelled`);
  } else if (isDisabled(storage.sql, id)) {
    const buried = failPending(storage.sql, id, Date.now());
    log('warn', `channel ${id}`, `is disabled: ${buried} deliveries are kept as dead letters`);
  } else await sendChannel(storage, channel, context);
}

interface Run extends SendContext {
  readonly budget: { left: number };
  /** Whether `config` is still in force. */
  readonly isCurrent: () => boolean;
}

/** In order, until the channel fails, nothing is due, the run's budget is used up, or another document is in force. */
async function sendChannel(
  storage: DurableObjectStorage,
  channel: ChannelConfig,
  context: Run,
): Promise<void> {
  const { budget } = context;
  while (budget.left > 0 && context.isCurrent()) {
    const [due] = dueOf(storage.sql, channel.id, Date.now(), 1);
    if (due === undefined) return;
    budget.left--;
    if (!(await sendOne(storage, channel, due, context))) return;
  }
}

/** @returns true while the channel may be sent to at once */
async function sendOne(
  storage: DurableObjectStorage,
  channel: ChannelConfig,
  due: Due,
  context: SendContext,
): Promise<boolean> {
  const attempted =
    context.unnoted.get(due.id) ?? (await timed(() => attempt(withMove(storage.sql, channel), due, context)));
  const { outcome, wall, ms } = attempted;
  // A full disk fails what follows, and the receiver has it all the same: the next run notes it and sends nothing.
  context.unnoted.set(due.id, attempted);
  const settled = storage.transactionSync(() => {
    const settlement = settleAttempt(storage.sql, due, outcome, {
      wall,
      ms,
      seed: Math.random(),
      rate: rateOf(channel),
    });
    if (settlement.disabled !== null) {
      const reason = settlement.disabled;
      onChannelDisabled(storage.sql, { channel: channel.id, reason }, { config: context.config, wall });
    }
    noteMove(storage.sql, channel, outcome);
    return settlement;
  });
  context.unnoted.delete(due.id);
  if (outcome.kind !== 'delivered') log('warn', `channel ${channel.id}`, describe(outcome, due));
  if (settled.disabled !== null)
    log(
      'error',
      `channel ${channel.id}`,
      `is disabled (${settled.disabled}); a test that arrives enables it`,
    );
  return settled.goOn;
}

async function timed(attempt: () => Promise<AttemptOutcome>): Promise<Attempted> {
  const started = Date.now();
  const outcome = await attempt();
  const wall = Date.now();
  return { outcome, wall, ms: wall - started };
}

/** A group became a supergroup: said once, and minded until the configuration says so too. */
function noteMove(sql: SqlStorage, channel: ChannelConfig, outcome: AttemptOutcome): void {
  if (outcome.kind !== 'delivered' || outcome.movedTo === undefined || channel.kind !== 'telegram') return;
  rememberMove(sql, channel.id, { from: channel.chat, to: outcome.movedTo });
  log(
    'warn',
    `channel ${channel.id}`,
    'its chat became a supergroup: give the new number in the configuration',
  );
}

/** What cannot be read or rendered is a bug: it costs this delivery, not the channel its queue. */
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

/** One attempt with the variables and addresses of this desk. */
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
  return `attempt ${due.attempts + 1} of ${due.id}: ${outcome.kind} (${what.slice(0, LOGGED_UNITS_MAX)})`;
}

/** The attempt log has the rest. */
const LOGGED_UNITS_MAX = 300;
