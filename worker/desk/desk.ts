/**
 * The desk: the one Durable Object that holds the ledger. It decides which entries are new and which developments
 * cause an alert, each batch in one transaction; its alarm sends the outbox. Tick time rules pace and windows, wall
 * time rules delivery attempts.
 */

import { DurableObject } from 'cloudflare:workers';
import type { Wording } from '../../lib/alert/compose.ts';
import { type BundleHead, readBundleHead } from '../../lib/match/compile/bundle.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import {
  ALARM_LATE_MS_MAX,
  ALARM_PAUSE_MS,
  TICK_AHEAD_MS_MAX,
  TICKS_MISSED_MAX,
} from '../../lib/model/limits.ts';
import type { Accepted, ClaimAnswer, DeskState, PollBatch, SeenState } from '../../lib/poll/batch.ts';
import { log } from '../log.ts';
import { type Settings, settingsOf, type Variables } from '../settings.ts';
import { Live } from './live.ts';
import { acceptBatch } from './operation/accept.ts';
import type { ConfigInForce, DeskContext } from './operation/context.ts';
import { type OpsContext, onTicksResumed, onTicksStopped, watchOutbox } from './operation/ops.ts';
import { prune } from './operation/prune.ts';
import { usableBundle } from './operation/rebuild.ts';
import { type SendContext, sendDue } from './operation/send.ts';
import { runTimers } from './operation/timers.ts';
import { AccessRpc } from './rpc/access.ts';
import { ArchiveRpc } from './rpc/archive.ts';
import { ChannelsRpc } from './rpc/channels.ts';
import { ConfigRpc } from './rpc/config.ts';
import { FeedsRpc } from './rpc/feeds.ts';
import { StatusRpc } from './rpc/status.ts';
import { StoriesRpc } from './rpc/stories.ts';
import { headHash, readBundle } from './table/configs.ts';
import { clearFact, readFact, readNumber, writeFact } from './table/facts.ts';
import { Ledger } from './table/ledger.ts';
import { deliveredIds, markDeliveredBeforeRestore, nextDue } from './table/outbox.ts';
import { takeClaim } from './table/pace.ts';
import { migrate } from './table/schema.ts';
import type { Sql } from './table/sql.ts';

/**
 * The poller calls `claim`, `accept`, `reconcile`, `bundle` and `takeHeartbeat` directly; worker/http calls the RPC
 * targets. A target lives as long as its caller's invocation, so a poll round that used one would keep the object awake.
 */
export class Desk extends DurableObject<Variables> {
  readonly #sql: Sql;
  readonly #settings: Settings;
  /** Shared by all runs of the alarm and by channel tests. */
  readonly sending: Pick<SendContext, 'busy' | 'unnoted'> = { busy: new Set(), unnoted: new Map() };
  readonly #pages = new Live();
  readonly #ledger: Ledger;
  /** Parsed once per configuration; immutable under its hash. */
  #opened: ConfigInForce | null = null;

  constructor(ctx: DurableObjectState, env: Variables) {
    super(ctx, env);
    this.#ledger = new Ledger(ctx.storage);
    this.#sql = this.#ledger.sql;
    this.#settings = settingsOf(env);
    migrate(ctx.storage);
    if (readFact(this.#sql, 'desk') === null) writeFact(this.#sql, 'desk', crypto.randomUUID());
    // No request is served before the version in force can be opened: newer code may have been deployed.
    const head = headHash(this.#sql);
    if (head !== null) void ctx.blockConcurrencyWhile(async () => await this.#openInForce(head));
  }

  async #openInForce(hash: string): Promise<void> {
    const head = await usableBundle(this.#sql, hash);
    if (head !== null) this.#remember(hash, head);
  }

  /** Takes the due feeds of a tick in one transaction: a second tick of the same minute gets none of them. */
  async claim(at: EpochMs): Promise<ClaimAnswer> {
    const wall = Date.now();
    if (this.#settings.tickSeconds > 0 && at > wall + TICK_AHEAD_MS_MAX)
      return { kind: 'idle', reason: 'tick-ahead-of-clock' };
    const answer = this.#ledger.transact((): ClaimAnswer => {
      this.#advance(at, wall);
      const config = this.#configInForce();
      if (config === null) return { kind: 'idle', reason: 'no-configuration' };
      runTimers(this.#sql, { config: config.value, wording: config.wording, now: at, wall });
      const id = crypto.randomUUID();
      const feeds = takeClaim(this.#sql, config.value, { id, now: at, floorMs: this.#settings.floorMs });
      const delivered = deliveredIds(this.#sql);
      const isWritten = delivered.mark === readNumber(this.#sql, 'delivered-ids-written');
      return {
        kind: 'claimed',
        claim: {
          ...this.#state(),
          id,
          at,
          config: config.hash,
          feeds,
          deliveredIds: isWritten ? null : delivered,
        },
      };
    });
    await this.#setNextAlarm();
    return answer;
  }

  /**
   * Idempotent, in one transaction: the same batch changes nothing the second time.
   *
   * @throws Error when no configuration has been saved
   */
  async accept(batch: PollBatch): Promise<Accepted> {
    const wall = Date.now();
    const outcome = this.#ledger.transact(() => {
      const config = this.#configInForce();
      if (config === null)
        throw new Error('received a poll batch but no configuration is saved: save a configuration first');
      const { value, wording } = config;
      return acceptBatch(this.#sql, batch, { config: value, wording, floorMs: this.#settings.floorMs, wall });
    });
    await this.#setNextAlarm();
    this.#pages.changed('feeds');
    if (batch.results.some(({ entries }) => entries.some(({ facts }) => facts !== null)))
      this.#pages.changed('stories');
    return { ...this.#state(), ...outcome };
  }

  /**
   * Called when a seen document is newer than the desk's epoch. Either another tick wrote it, or this desk was restored
   * from an older copy. A restored desk takes a new id, so that documents of the lost future are ignored, and marks as
   * delivered what that future delivered (docs/decisions/0001-restored-desk.md).
   */
  reconcile(seen: SeenState): DeskState {
    this.#ledger.transact(() => {
      const own = this.#state();
      if (seen.desk !== own.desk || seen.epoch <= own.epoch) return;
      markDeliveredBeforeRestore(this.#sql, seen.deliveredIds, Date.now());
      writeFact(this.#sql, 'desk', crypto.randomUUID());
      log('warn', 'desk', 'was restored from an older copy: every feed is read in full once');
    });
    return this.#state();
  }

  /** The bytes to store in KV under `rules/<hash>/…`; the poller asks when KV has none. null: unknown version. */
  async bundle(hash: string): Promise<Uint8Array | null> {
    return (await usableBundle(this.#sql, hash))?.bytes ?? null;
  }

  /** Address to ping after a poll round, placeholders included; null: none is configured, or this tick was reported. */
  takeHeartbeat(at: EpochMs): { url: string; allowHosts: readonly string[] } | null {
    const config = this.#configInForce()?.value;
    if (config?.heartbeat === undefined || readNumber(this.#sql, 'heartbeat') >= at) return null;
    writeFact(this.#sql, 'heartbeat', at);
    return { url: config.heartbeat.url, allowHosts: config.allowHosts };
  }

  /** Sessions, tokens and the limit on failed logins. */
  access(): AccessRpc {
    return new AccessRpc(this.#sql);
  }

  archive(): ArchiveRpc {
    return new ArchiveRpc(this.#context());
  }

  /** Channels, deliveries, channel tests and replays. */
  channels(): ChannelsRpc {
    const { env, sending } = this;
    const settings = this.#settings;
    return new ChannelsRpc(this.#context(), { env, settings, ...sending });
  }

  /** The configuration in force, its history, and publishing a new version. */
  config(): ConfigRpc {
    return new ConfigRpc(this.#context());
  }

  feeds(): FeedsRpc {
    return new FeedsRpc(this.#context());
  }

  /** Server-sent events for the pages. */
  live(): ReadableStream<Uint8Array> {
    return this.#pages.stream();
  }

  status(): StatusRpc {
    return new StatusRpc(this.#context(), this.#ledger.rowsToday(Date.now()));
  }

  stories(): StoriesRpc {
    return new StoriesRpc(this.#context());
  }

  /**
   * Sends due deliveries and checks that ticks arrive. Never throws: Cloudflare drops an alarm that threw six times
   * (Durable Objects API, "Alarms").
   */
  override async alarm(): Promise<void> {
    const done = await this.#sendAndWatch();
    try {
      if (done) await this.#setNextAlarm();
      else await this.ctx.storage.setAlarm(Date.now() + ALARM_PAUSE_MS);
    } catch {
      await this.ctx.storage.setAlarm(Date.now() + 60_000);
    }
  }

  /** @returns false after a failure that a retry at once would repeat: a full disk, a bug */
  async #sendAndWatch(): Promise<boolean> {
    try {
      this.#watchTicks(Date.now());
      const { env, sending } = this;
      const settings = this.#settings;
      await sendDue(this.#ledger, () => this.#configInForce()?.value ?? null, {
        env,
        settings,
        ...sending,
      });
      this.#pages.changed('channels');
      return true;
    } catch (error) {
      log('error', 'desk alarm', `failed: ${error instanceof Error ? error.message : 'unknown error'}`);
      return false;
    }
  }

  /** Moves tick time forward and runs what depends on it. */
  #advance(at: EpochMs, wall: EpochMs): void {
    writeFact(this.#sql, 'last-tick-at', at);
    writeFact(this.#sql, 'last-tick-wall', wall);
    if (readFact(this.#sql, 'ticks-stopped') !== null) {
      clearFact(this.#sql, 'ticks-stopped');
      log('info', 'ticks', 'resumed');
      this.#withOps(wall, (context) => onTicksResumed(this.#sql, context));
    }
    this.#withOps(wall, (context) => watchOutbox(this.#sql, context));
    prune(this.#sql, { at, wall });
  }

  #context(): DeskContext {
    return {
      ledger: this.#ledger,
      sql: this.#sql,
      settings: this.#settings,
      tickTime: () => this.#tickTime(),
      config: () => this.#configInForce(),
      wordingOf: (head) => this.#wordingOf(head),
      remember: (hash, head) => this.#remember(hash, head),
      changed: (kind) => this.#pages.changed(kind),
      setAlarm: () => this.#setNextAlarm(),
    };
  }

  /** Tick time: the scheduled time of the last tick, or wall time before the first one. */
  #tickTime(): EpochMs {
    return readNumber(this.#sql, 'last-tick-at') || Date.now();
  }

  #watchTicks(wall: EpochMs): void {
    const at = this.#ticksStoppedAt();
    if (at === null || wall < at || readFact(this.#sql, 'ticks-stopped') !== null) return;
    writeFact(this.#sql, 'ticks-stopped', wall);
    log('error', 'ticks', `stopped: none arrived for ${TICKS_MISSED_MAX} intervals`);
    const missedMs = TICKS_MISSED_MAX * this.#settings.tickSeconds * 1000;
    this.#withOps(wall, (context) => onTicksStopped(this.#sql, missedMs, context));
  }

  /** Does nothing without a configuration: no channel could receive the notice. */
  #withOps(wall: EpochMs, notify: (context: OpsContext) => void): void {
    const config = this.#configInForce();
    if (config !== null) notify({ config: config.value, wall });
  }

  #ticksStoppedAt(): EpochMs | null {
    const last = readFact(this.#sql, 'last-tick-wall');
    if (last === null || this.#settings.tickSeconds === 0) return null;
    return Number(last) + TICKS_MISSED_MAX * this.#settings.tickSeconds * 1000;
  }

  /** Sets the alarm to the earlier of next delivery and tick watchdog; never postpones an alarm past what is due. */
  async #setNextAlarm(): Promise<void> {
    const stopped = readFact(this.#sql, 'ticks-stopped') === null ? this.#ticksStoppedAt() : null;
    const times = [nextDue(this.#sql), stopped].filter((time) => time !== null);
    if (times.length === 0) return;
    const at = Math.max(Math.min(...times), Date.now());
    const set = await this.ctx.storage.getAlarm();
    // An alarm that is set and long past was lost by the runtime: kill -9 between two writes, or six failed retries.
    const isLost = set !== null && set < Date.now() - ALARM_LATE_MS_MAX;
    // A watchdog alarm that fires early only checks; moving it at every tick would cost one row written each.
    if (set === null || set > at || isLost) await this.ctx.storage.setAlarm(at);
  }

  #configInForce(): ConfigInForce | null {
    const hash = headHash(this.#sql);
    if (hash === null) return null;
    if (this.#opened?.hash !== hash) {
      const bundle = readBundle(this.#sql, hash);
      if (bundle === null) throw new Error(`configuration ${hash} has no bundle: save it again`);
      this.#remember(hash, readBundleHead(bundle));
    }
    return this.#opened;
  }

  #remember(hash: string, head: BundleHead): void {
    this.#opened = { hash, value: head.config, wording: this.#wordingOf(head) };
  }

  #wordingOf({ names }: BundleHead): Wording {
    return { names, home: this.#settings.home };
  }

  #state(): DeskState {
    return { desk: readFact(this.#sql, 'desk') ?? '', epoch: readNumber(this.#sql, 'epoch') };
  }
}
