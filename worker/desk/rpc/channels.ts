/** Channels for worker/http: how each fares, what went to it, tests, and dead letters that are taken up again. */
import { RpcTarget } from 'cloudflare:workers';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
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
} from '../table/dead-letters.ts';
import { readNumber, writeFact } from '../table/facts.ts';
import type { StoryDesk } from './stories.ts';

/** What the room needs of its desk. */
export interface ChannelDesk extends StoryDesk {
  readonly storage: DurableObjectStorage;
  /** Sees to it that what is due is sent. */
  readonly arm: () => Promise<void>;
  readonly sender: Omit<SendContext, 'config'>;
}

export class ChannelRoom extends RpcTarget {
  readonly #desk: ChannelDesk;

  constructor(desk: ChannelDesk) {
    super();
    this.#desk = desk;
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

  /** Dead letters are taken up again under the webhook-id that they had. */
  async replay(id: string): Promise<Replayed> {
    const { storage, sql, arm, changed } = this.#desk;
    const outcome = storage.transactionSync(() => replayOne(sql, id, Date.now()));
    await arm();
    changed('channels');
    return outcome;
  }

  /** @returns how many were taken up again */
  async replayAll(filter: DeliveryFilter): Promise<number> {
    const { storage, sql, arm, changed } = this.#desk;
    const count = storage.transactionSync(() => replayMany(sql, filter, Date.now()));
    await arm();
    changed('channels');
    return count;
  }

  /** Where to say that a sweep is done, with placeholders; null: nowhere, or it was said for this tick. */
  takeHeartbeat(at: EpochMs): { url: string; allowHosts: readonly string[] } | null {
    const { sql, config } = this.#desk;
    const inForce = config()?.value;
    if (inForce?.heartbeat === undefined || readNumber(sql, 'heartbeat') >= at) return null;
    writeFact(sql, 'heartbeat', at);
    return { url: inForce.heartbeat.url, allowHosts: inForce.allowHosts };
  }

  /** Sends a `test.ping` at once, whatever waits. One that arrives enables the channel. */
  async test(id: ChannelId): Promise<Tested> {
    const { storage, sender, config, changed } = this.#desk;
    const inForce = config();
    if (inForce === null) return { kind: 'unknown' };
    const tested = await testChannel(storage, id, { ...sender, config: inForce.value });
    changed('channels');
    return tested;
  }
}
