/**
 * The desk: one Durable Object, the ledger. It alone decides what is new and what is told, each batch in one
 * transaction; its alarm sends the outbox. Clock of ticks for pace and windows, wall time for attempts.
 */
import { DurableObject } from 'cloudflare:workers';
import type { Wording } from '../../lib/alert/compose.ts';
import { bundledConfig, bundledNames } from '../../lib/match/compile/bundle.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { ALARM_LATE_MS_MAX, ALARM_PAUSE_MS, TICK_AHEAD_MS_MAX } from '../../lib/model/limits.ts';
import type { Accepted, ClaimAnswer, DeskState, PollBatch, SeenState } from '../../lib/poll/batch.ts';
import { log } from '../log.ts';
import { type Settings, settingsOf, type Variables } from '../settings.ts';
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
import { Live } from './rpc/live.ts';
import { StatusRpc } from './rpc/status.ts';
import { StoriesRpc } from './rpc/stories.ts';
import { headHash, readBundle } from './table/configs.ts';
import { clearFact, readFact, readNumber, writeFact } from './table/facts.ts';
import { deliveredIds, markDeliveredBeforeRestore, nextDue } from './table/outbox.ts';
import { takeClaim } from './table/pace.ts';
import { migrate } from './table/schema.ts';
import { WriteMeter } from './table/write-meter.ts';

/** Ticks missed in a row before the desk says that they stopped. */
const TICKS_MISSED_MAX = 3;

/**
 * The poller calls `claim`, `accept`, `reconcile`, `bundle` and `takeHeartbeat` here; worker/http calls the RPC targets. A
 * target lives as long as its caller's invocation, and a poll round would keep the object awake with one.
 */
export class Desk extends DurableObject<Variables> {
  readonly #sql: SqlStorage;
  readonly #settings: Settings;
  /** What runs of the alarm share, and tests of channels. */
  readonly sending: Pick<SendContext, 'busy' | 'unnoted'> = { busy: new Set(), unnoted: new Map() };
  readonly #pages = new Live();
  readonly #meter: WriteMeter;
  /** Parsed once per configuration; immutable under its hash. */
  #opened: ConfigInForce | null = null;

  constructor(ctx: DurableObjectState, env: Variables) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#meter = new WriteMeter(this.#sql);
    this.#settings = settingsOf(env);
    migrate(ctx.storage);
    if (readFact(this.#sql, 'desk') === null) writeFact(this.#sql, 'desk', crypto.randomUUID());
    // Nobody is served before the version in force is one that this code can open: newer code may have come.
    const head = headHash(this.#sql);
    if (head !== null) void ctx.blockConcurrencyWhile(async () => void (await usableBundle(this.#sql, head)));
  }

  /** The due feeds of a tick, taken in one transaction: a second tick of the same minute gets none of them. */
  async claim(at: EpochMs): Promise<ClaimAnswer> {
    const wall = Date.now();
    if (this.#settings.tickSeconds > 0 && at > wall + TICK_AHEAD_MS_MAX)
      return { kind: 'idle', reason: 'tick-ahead-of-clock' };
    const answer = this.ctx.storage.transactionSync((): ClaimAnswer => {
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

  /** One transaction, idempotent: the same batch twice changes nothing the second time. */
  async accept(batch: PollBatch): Promise<Accepted> {
    const wall = Date.now();
    const outcome = this.ctx.storage.transactionSync(() => {
      const config = this.#configInForce();
      if (config === null) throw new Error('a batch came in before any configuration');
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
   * A seen document claims to be newer than a claim. Either another tick wrote it, or this desk was restored from an
   * older copy: then it takes a new id, so that no document of its lost future is ever believed, and spends what
   * that future had delivered.
   */
  reconcile(seen: SeenState): DeskState {
    this.ctx.storage.transactionSync(() => {
      const own = this.#state();
      if (seen.desk !== own.desk || seen.epoch <= own.epoch) return;
      markDeliveredBeforeRestore(this.#sql, seen.deliveredIds, Date.now());
      writeFact(this.#sql, 'desk', crypto.randomUUID());
      log('warn', 'desk', 'restored from an older copy: every feed is read in full once');
    });
    return this.#state();
  }

  /** What KV should hold under `rules/<hash>/…`; the poller asks where KV has nothing yet. */
  async bundle(hash: string): Promise<Uint8Array | null> {
    return await usableBundle(this.#sql, hash);
  }

  /** Where to report that a poll round is done, with placeholders; null: nowhere, or it was reported for this tick. */
  takeHeartbeat(at: EpochMs): { url: string; allowHosts: readonly string[] } | null {
    const config = this.#configInForce()?.value;
    if (config?.heartbeat === undefined || readNumber(this.#sql, 'heartbeat') >= at) return null;
    writeFact(this.#sql, 'heartbeat', at);
    return { url: config.heartbeat.url, allowHosts: config.allowHosts };
  }

  /** Sessions, tokens, the brake on guessing. */
  access(): AccessRpc {
    return new AccessRpc(this.#sql);
  }

  archive(): ArchiveRpc {
    return new ArchiveRpc(this.#sql);
  }

  /** Channels, deliveries, tests and replays. */
  channels(): ChannelsRpc {
    const { env, sending } = this;
    const settings = this.#settings;
    return new ChannelsRpc(this.#context(), { env, settings, ...sending });
  }

  /** The configuration in force, its history, and publishing another. */
  config(): ConfigRpc {
    return new ConfigRpc(this.#context());
  }

  feeds(): FeedsRpc {
    return new FeedsRpc(this.#context());
  }

  /** Server-sent events for pages. */
  live(): ReadableStream<Uint8Array> {
    return this.#pages.stream();
  }

  status(): StatusRpc {
    return new StatusRpc(this.#context(), this.#meter.today(Date.now()));
  }

  stories(): StoriesRpc {
    return new StoriesRpc(this.#context());
  }

  /** Sends what is due and watches that ticks come. Never throws: a thrown alarm is dropped after six retries. */
  override async alarm(): Promise<void> {
    const done = await this.#sendAndWatch();
    try {
      if (done) await this.#setNextAlarm();
      else await this.ctx.storage.setAlarm(Date.now() + ALARM_PAUSE_MS);
    } catch {
      await this.ctx.storage.setAlarm(Date.now() + 60_000);
    }
  }

  /** @returns false when something failed that the next moment will not mend: a full disk, a bug */
  async #sendAndWatch(): Promise<boolean> {
    try {
      this.#watchTicks(Date.now());
      const { env, sending } = this;
      const settings = this.#settings;
      await sendDue(this.ctx.storage, () => this.#configInForce()?.value ?? null, {
        env,
        settings,
        ...sending,
      });
      this.#pages.changed('channels');
      return true;
    } catch (error) {
      log('error', 'desk alarm', error instanceof Error ? error.message : 'unknown error');
      return false;
    }
  }

  /** The clock of ticks. */
  #advance(at: EpochMs, wall: EpochMs): void {
    writeFact(this.#sql, 'last-tick-at', at);
    writeFact(this.#sql, 'last-tick-wall', wall);
    this.#meter.keep(wall);
    if (readFact(this.#sql, 'ticks-stopped') !== null) {
      clearFact(this.#sql, 'ticks-stopped');
      log('info', 'ticks', 'are coming again');
      this.#withOps(wall, (context) => onTicksResumed(this.#sql, context));
    }
    this.#withOps(wall, (context) => watchOutbox(this.#sql, context));
    prune(this.#sql, { at, wall });
  }

  #context(): DeskContext {
    return {
      storage: this.ctx.storage,
      sql: this.#sql,
      settings: this.#settings,
      tickTime: () => this.#tickTime(),
      config: () => this.#configInForce(),
      wordingOf: (bundle) => this.#wordingOf(bundle),
      changed: (kind) => this.#pages.changed(kind),
      setAlarm: () => this.#setNextAlarm(),
    };
  }

  /** The clock of ticks as it stands. */
  #tickTime(): EpochMs {
    return readNumber(this.#sql, 'last-tick-at') || Date.now();
  }

  #watchTicks(wall: EpochMs): void {
    const at = this.#ticksStoppedAt();
    if (at === null || wall < at || readFact(this.#sql, 'ticks-stopped') !== null) return;
    writeFact(this.#sql, 'ticks-stopped', wall);
    log('error', 'ticks', `stopped: none for ${TICKS_MISSED_MAX} intervals`);
    const missedMs = TICKS_MISSED_MAX * this.#settings.tickSeconds * 1000;
    this.#withOps(wall, (context) => onTicksStopped(this.#sql, missedMs, context));
  }

  /** Without a configuration there is nobody to tell. */
  #withOps(wall: EpochMs, tell: (context: OpsContext) => void): void {
    const config = this.#configInForce();
    if (config !== null) tell({ config: config.value, wall });
  }

  #ticksStoppedAt(): EpochMs | null {
    const last = readFact(this.#sql, 'last-tick-wall');
    if (last === null || this.#settings.tickSeconds === 0) return null;
    return Number(last) + TICKS_MISSED_MAX * this.#settings.tickSeconds * 1000;
  }

  /** The earlier of outbox and dead-man; never pushes an alarm further away than what is due. */
  async #setNextAlarm(): Promise<void> {
    const stopped = readFact(this.#sql, 'ticks-stopped') === null ? this.#ticksStoppedAt() : null;
    const times = [nextDue(this.#sql), stopped].filter((time) => time !== null);
    if (times.length === 0) return;
    const at = Math.max(Math.min(...times), Date.now());
    const set = await this.ctx.storage.getAlarm();
    // Set and long past: the runtime has lost it, or given it up (kill -9 between its two tables, six failed retries).
    const isLost = set !== null && set < Date.now() - ALARM_LATE_MS_MAX;
    // A dead-man's alarm that comes too early only looks; moving it at every tick would cost a row each.
    if (set === null || set > at || isLost) await this.ctx.storage.setAlarm(at);
  }

  #configInForce(): ConfigInForce | null {
    const hash = headHash(this.#sql);
    if (hash === null) return null;
    if (this.#opened?.hash !== hash) {
      const bundle = readBundle(this.#sql, hash);
      if (bundle === null) throw new Error(`configuration ${hash} has no bundle`);
      this.#opened = { hash, value: bundledConfig(bundle), wording: this.#wordingOf(bundle) };
    }
    return this.#opened;
  }

  #wordingOf(bundle: Uint8Array): Wording {
    return { names: bundledNames(bundle), home: this.#settings.home };
  }

  #state(): DeskState {
    return { desk: readFact(this.#sql, 'desk') ?? '', epoch: readNumber(this.#sql, 'epoch') };
  }
}
