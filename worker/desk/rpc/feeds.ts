/** Feeds for worker/http: their state, and polling one on request. */
import { RpcTarget } from 'cloudflare:workers';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import type { DeskContext } from '../operation/context.ts';
import { feedStatuses, type PollNowResult, pollNow } from '../table/pace.ts';

/** RPC target for feeds. */
export class FeedsRpc extends RpcTarget {
  readonly #desk: DeskContext;

  constructor(desk: DeskContext) {
    super();
    this.#desk = desk;
  }

  /** In the order of the configuration. */
  statuses(): FeedStatus[] {
    const config = this.#desk.config();
    return config === null ? [] : feedStatuses(this.#desk.sql, config.value);
  }

  /** Makes a feed due at once, unless it was polled too recently or its publisher asked for a delay. */
  pollNow(id: string): PollNowResult {
    const { sql, ledger, settings, config, tickTime } = this.#desk;
    const feed = config()?.value.feeds.find((one) => one.id === id);
    const { floorMs, tickSeconds } = settings;
    // The last tick is up to a minute old: by tick time the wait would seem longer than it is.
    const now = tickSeconds > 0 ? Date.now() : tickTime();
    return ledger.transact(() => pollNow(sql, feed, { now, floorMs }));
  }
}
