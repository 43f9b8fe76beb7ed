/** Channels for worker/http: their state, their deliveries, tests, and sending dead letters again. */
import { RpcTarget } from 'cloudflare:workers';
import type { ChannelId } from '../../../lib/model/flavor.ts';
import type { DeskContext } from '../operation/context.ts';
import type { SendContext } from '../operation/send.ts';
import { type Tested, testChannel } from '../operation/test-send.ts';
import { type ChannelStatus, channelStatuses } from '../table/channels.ts';
import {
  type DeliveryFilter,
  type DeliveryPage,
  listDeliveries,
  type Replayed,
  readDelivery,
  replayMany,
  replayOne,
} from '../table/deliveries.ts';

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

  /** One with its event and its attempts, as JSON; null: there is none with this id. */
  delivery(id: string): string | null {
    const found = readDelivery(this.#desk.sql, id);
    return found === null ? null : JSON.stringify(found);
  }

  /** A dead letter is sent again under the webhook-id that it had. */
  async replay(id: string): Promise<Replayed> {
    const { storage, sql, setAlarm, changed } = this.#desk;
    const outcome = storage.transactionSync(() => replayOne(sql, id, Date.now()));
    await setAlarm();
    changed('channels');
    return outcome;
  }

  /** @returns how many will be sent again */
  async replayAll(filter: DeliveryFilter): Promise<number> {
    const { storage, sql, setAlarm, changed } = this.#desk;
    const count = storage.transactionSync(() => replayMany(sql, filter, Date.now()));
    await setAlarm();
    changed('channels');
    return count;
  }

  /** Sends a `test.ping` at once, whatever waits. One that arrives enables the channel. */
  async test(id: ChannelId): Promise<Tested> {
    const { storage, config, changed } = this.#desk;
    const inForce = config();
    if (inForce === null) return { kind: 'unknown' };
    const tested = await testChannel(storage, id, { ...this.#sender, config: inForce.value });
    changed('channels');
    return tested;
  }
}
