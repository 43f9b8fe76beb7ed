/** Channels for worker/http: state, deliveries, tests and retries of failed deliveries. */
import { RpcTarget } from 'cloudflare:workers';
import type { ChannelStatus } from '../../../lib/api/channels.ts';
import type { ChannelId } from '../../../lib/model/flavor.ts';
import type { DeskContext } from '../operation/context.ts';
import type { SendContext } from '../operation/send.ts';
import { type Tested, testChannel } from '../operation/test-send.ts';
import { channelStatuses } from '../table/channels.ts';
import {
  type DeliveryFilter,
  type DeliveryPage,
  listDeliveries,
  type Replayed,
  readDelivery,
  replayMany,
  replayOne,
} from '../table/deliveries.ts';

/** RPC target for channels and deliveries. */
export class ChannelsRpc extends RpcTarget {
  readonly #desk: DeskContext;
  readonly #sender: Omit<SendContext, 'config'>;

  constructor(desk: DeskContext, sender: Omit<SendContext, 'config'>) {
    super();
    this.#desk = desk;
    this.#sender = sender;
  }

  /** In the order of the configuration. */
  statuses(): ChannelStatus[] {
    const config = this.#desk.config();
    return config === null ? [] : channelStatuses(this.#desk.sql, config.value, Date.now());
  }

  /** Newest first. */
  deliveries(filter: DeliveryFilter): DeliveryPage {
    return listDeliveries(this.#desk.sql, filter);
  }

  /** One delivery with its event and its attempts, as JSON; null: unknown id. */
  delivery(id: string): string | null {
    const found = readDelivery(this.#desk.sql, id);
    return found === null ? null : JSON.stringify(found);
  }

  /** Sends a failed delivery again with the same webhook-id. */
  async replay(id: string): Promise<Replayed> {
    const { ledger, sql, setAlarm, changed } = this.#desk;
    const outcome = ledger.transact(() => replayOne(sql, id, Date.now()));
    await setAlarm();
    changed('channels');
    return outcome;
  }

  /** @returns how many deliveries were queued again */
  async replayAll(filter: DeliveryFilter): Promise<number> {
    const { ledger, sql, setAlarm, changed } = this.#desk;
    const count = ledger.transact(() => replayMany(sql, filter, Date.now()));
    await setAlarm();
    changed('channels');
    return count;
  }

  /** Sends a `test.ping` at once, before pending deliveries. A successful test enables the channel. */
  async test(id: ChannelId): Promise<Tested> {
    const { ledger, config, changed } = this.#desk;
    const inForce = config();
    if (inForce === null) return { kind: 'unknown' };
    const tested = await testChannel(ledger, id, { ...this.#sender, config: inForce.value });
    changed('channels');
    return tested;
  }
}
