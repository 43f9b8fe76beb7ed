/** A test of one channel, requested by a user: sent at once, within the channel's rate, outside the outbox. */

import { opsEvent, TEST_TEXT } from '../../../lib/alert/ops.ts';
import type { ChannelTest } from '../../../lib/api/channels.ts';
import { kindOf } from '../../../lib/deliver/channel/table.ts';
import type { ChannelId } from '../../../lib/model/flavor.ts';
import { enableChannel, takeToken, withMove } from '../table/channels.ts';
import type { Ledger } from '../table/ledger.ts';
import { logAttempt } from '../table/outbox.ts';
import { attemptEvent, type SendContext } from './send.ts';

/** Result of a channel test. */
export type Tested =
  | { readonly kind: 'unknown' }
  /** Another delivery is being sent, or the channel's rate is used up. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  | { readonly kind: 'tested'; readonly result: ChannelTest };

/** Sends a `test.ping`. A successful test enables a disabled channel. */
export async function testChannel(ledger: Ledger, id: ChannelId, context: SendContext): Promise<Tested> {
  const { sql } = ledger;
  const channel = context.config.channels.find((one) => one.id === id);
  if (channel === undefined) return { kind: 'unknown' };
  if (context.busy.has(id)) return { kind: 'busy', retryAfterMs: 1_000 };
  const started = Date.now();
  const waitMs = takeToken(sql, id, { rate: kindOf(channel).rate(channel), wall: started });
  if (waitMs > 0) return { kind: 'busy', retryAfterMs: waitMs };
  const delivery = `msg_test_${crypto.randomUUID().replaceAll('-', '')}`;
  const event = opsEvent('test.ping', { subject: id, text: TEST_TEXT, at: started });
  context.busy.add(id);
  try {
    const outcome = await attemptEvent({ id: delivery, channel: withMove(sql, channel), event }, context);
    const wall = Date.now();
    const ms = wall - started;
    ledger.transact(() => {
      logAttempt(sql, { id: delivery, channel: id }, outcome, { wall, ms });
      if (outcome.kind === 'delivered') enableChannel(sql, id, wall);
    });
    const detail = 'detail' in outcome ? outcome.detail : null;
    const result = { id: delivery, outcome: outcome.kind, status: outcome.status, detail, ms };
    return { kind: 'tested', result };
  } finally {
    context.busy.delete(id);
  }
}
