/** One alarm run: due deliveries, one at a time per channel, a few channels at once, failing channels last. */

import type { AttemptOutcome } from '../../lib/deliver/retry.ts';
import type { AlertEvent } from '../../lib/model/alert.ts';
import type { ChannelConfig, Config } from '../../lib/model/config.ts';
import type { ChannelId, EpochMs } from '../../lib/model/flavor.ts';
import { ALARM_PARALLEL_CHANNELS, ALARM_SENDS_MAX } from '../../lib/model/limits.ts';
import { userAgent } from '../../lib/poll/request.ts';
import { log } from '../log.ts';
import { attemptDelivery } from '../net/post.ts';
import { type Settings, type Variables, variableOf } from '../settings.ts';
import { VERSION } from '../version.ts';
import { cancelChannel, type Due, dueChannels, dueOf, isDisabled, settleAttempt } from './outbox.ts';

export interface SendContext {
  readonly env: Variables;
  readonly settings: Settings;
  /** Channels that a run is sending to: one delivery at a time each, whoever runs. */
  readonly busy: Set<ChannelId>;
  /** Private hosts that the configuration names. */
  readonly allowHosts: readonly string[];
}

export async function sendDue(
  storage: DurableObjectStorage,
  config: Config,
  world: Omit<SendContext, 'allowHosts'>,
): Promise<void> {
  const context: SendContext = { ...world, allowHosts: config.allowHosts };
  const channels = new Map(config.channels.map((channel) => [channel.id, channel]));
  const budget = { left: ALARM_SENDS_MAX };
  const { busy } = context;
  const worker = async (): Promise<void> => {
    while (budget.left > 0) {
      const next = dueChannels(storage.sql, Date.now()).find(({ id }) => !busy.has(id));
      if (next === undefined) {
        // A receiver that hangs holds up nobody: what falls due on other channels meanwhile still goes out.
        if (busy.size === 0) return;
        await scheduler.wait(IDLE_MS);
        continue;
      }
      busy.add(next.id);
      try {
        await serveChannel(storage, next.id, { channel: channels.get(next.id), budget, ...context });
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
  { channel, ...context }: SendContext & { channel: ChannelConfig | undefined; budget: { left: number } },
): Promise<void> {
  if (channel === undefined) {
    const cancelled = cancelChannel(storage.sql, id, Date.now());
    log('warn', `channel ${id}`, `is no longer configured: ${cancelled} deliveries cancelled`);
  } else await sendChannel(storage, channel, context);
}

/** In order, until the channel fails, nothing is due, or the run's budget is used up. */
async function sendChannel(
  storage: DurableObjectStorage,
  channel: ChannelConfig,
  context: SendContext & { budget: { left: number } },
): Promise<void> {
  const { budget } = context;
  while (budget.left > 0) {
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
  const started = Date.now();
  const outcome = isDisabled(storage.sql, channel.id)
    ? ({ kind: 'channel-gone', status: 0, detail: 'the channel is disabled' } satisfies AttemptOutcome)
    : await attempt(channel, due, context);
  const wall = Date.now();
  const goOn = storage.transactionSync(() =>
    settleAttempt(storage.sql, due, outcome, { wall, ms: wall - started, seed: Math.random() }),
  );
  if (outcome.kind !== 'delivered') log('warn', `channel ${channel.id}`, describe(outcome, due));
  return goOn;
}

/** What cannot be read or rendered is a bug: it costs this delivery, not the channel its queue. */
async function attempt(
  channel: ChannelConfig,
  due: Due,
  { env, settings, allowHosts }: SendContext,
): Promise<AttemptOutcome> {
  try {
    return await attemptDelivery(
      { id: due.id, channel, event: JSON.parse(due.event) as AlertEvent },
      {
        variable: (name) => variableOf(env, name),
        now: (): EpochMs => Date.now(),
        policy: { allowLoopback: settings.allowLoopback, allowHosts },
        userAgent: userAgent(settings.agent, 'webhook', VERSION),
      },
    );
  } catch (error) {
    return {
      kind: 'rejected',
      status: 0,
      detail: `cannot be rendered (${error instanceof Error ? error.name : 'error'})`,
    };
  }
}

function describe(outcome: AttemptOutcome, due: Due): string {
  const what = 'detail' in outcome ? outcome.detail : `HTTP ${outcome.status}`;
  if (outcome.kind === 'channel-gone')
    return `is disabled (${what}); saving the configuration tries it again`;
  return `attempt ${due.attempts + 1} of ${due.id}: ${outcome.kind} (${what})`;
}
