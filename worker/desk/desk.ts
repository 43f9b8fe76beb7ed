/**
 * The desk: one Durable Object, the ledger. It alone decides what is new and what is told, each batch in one
 * transaction; its alarm sends the outbox. Clock of ticks for pace and windows, wall time for attempts.
 */
import { DurableObject } from 'cloudflare:workers';
import type { Wording } from '../../lib/alert/compose.ts';
import { bundledConfig, bundledNames, openBundle } from '../../lib/match/compile/bundle.ts';
import type { RedRule } from '../../lib/match/run/tests.ts';
import type { RunningConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { ALARM_LATE_MS_MAX, ALARM_PAUSE_MS, TICK_AHEAD_MS_MAX } from '../../lib/model/limits.ts';
import type { Accepted, ClaimAnswer, DeskState, PollBatch, SeenState } from '../../lib/poll/batch.ts';
import { log } from '../log.ts';
import { type Settings, settingsOf, type Variables } from '../settings.ts';
import { acceptBatch } from './operation/accept.ts';
import { enterArchivedEntries, newBackfillRules } from './operation/backfill.ts';
import { type OpsContext, onTicksResumed, onTicksStopped, watchOutbox } from './operation/ops.ts';
import { prune } from './operation/prune.ts';
import { type Readiness, readinessOf } from './operation/readiness.ts';
import { usableBundle } from './operation/rebuild.ts';
import { type SendContext, sendDue } from './operation/send.ts';
import { passTime } from './operation/timers.ts';
import { AccessRoom } from './rpc/access.ts';
import { ArchiveRoom } from './rpc/archive.ts';
import { ChannelRoom } from './rpc/channels.ts';
import { ConfigRoom } from './rpc/config.ts';
import { Live } from './rpc/live.ts';
import { StatusRoom } from './rpc/status.ts';
import { type StoryDesk, StoryRoom } from './rpc/stories.ts';
import { enableChannels } from './table/channels.ts';
import { headHash, noteRedRules, readBundle, readConfigSource, saveConfig } from './table/configs.ts';
import { clearFact, readFact, readNumber, writeFact } from './table/facts.ts';
import { acknowledged, nextDue, spendAcknowledged } from './table/outbox.ts';
import { type FeedStatus, feedStatuses, type Hastened, hasten, takeClaim } from './table/pace.ts';
import { migrate } from './table/schema.ts';
import { WriteMeter } from './table/write-meter.ts';

/** A checked and compiled document, as the page, the CLI or the API made it. */
export interface Publication {
  /** SHA-256 of the source, hex. */
  readonly hash: string;
  readonly source: string;
  readonly bundle: Uint8Array;
  readonly author: string | null;
  readonly reason: string | null;
  /** Rules whose own tests fail, for which a reason was given. */
  readonly red: readonly RedRule[];
  /** Hashes of which one must be in force; null: whatever is. */
  readonly expected: readonly string[] | null;
}

interface ConfigInForce {
  readonly hash: string;
  readonly value: RunningConfig;
  readonly wording: Wording;
}

/** Ticks missed in a row before the desk says that they stopped. */
const TICKS_MISSED_MAX = 3;

export class Desk extends DurableObject<Variables> {
  private readonly sql: SqlStorage;
  private readonly settings: Settings;
  /** What runs of the alarm share, and tests of channels. */
  private readonly sending: Pick<SendContext, 'busy' | 'unnoted'> = { busy: new Set(), unnoted: new Map() };
  private readonly pages = new Live();
  private readonly meter: WriteMeter;
  /** Parsed once per configuration; immutable under its hash. */
  private opened: ConfigInForce | null = null;

  constructor(ctx: DurableObjectState, env: Variables) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    this.meter = new WriteMeter(this.sql);
    this.settings = settingsOf(env);
    migrate(ctx.storage);
    if (readFact(this.sql, 'desk') === null) writeFact(this.sql, 'desk', crypto.randomUUID());
    // Nobody is served before the version in force is one that this code can open: newer code may have come.
    const head = headHash(this.sql);
    if (head !== null) void ctx.blockConcurrencyWhile(async () => void (await usableBundle(this.sql, head)));
  }

  /** The due feeds of a tick, taken in one transaction: a second tick of the same minute gets none of them. */
  async claim(at: EpochMs): Promise<ClaimAnswer> {
    const wall = Date.now();
    if (this.settings.tickSeconds > 0 && at > wall + TICK_AHEAD_MS_MAX)
      return { kind: 'idle', reason: 'tick-ahead-of-clock' };
    const answer = this.ctx.storage.transactionSync((): ClaimAnswer => {
      this.advance(at, wall);
      const config = this.configInForce();
      if (config === null) return { kind: 'idle', reason: 'no-configuration' };
      passTime(this.sql, { config: config.value, wording: config.wording, now: at, wall });
      const id = crypto.randomUUID();
      const feeds = takeClaim(this.sql, config.value, { id, now: at, floorMs: this.settings.floorMs });
      const ack = acknowledged(this.sql);
      const news = ack.mark === readNumber(this.sql, 'acknowledged-told') ? null : ack;
      return {
        kind: 'claimed',
        claim: { ...this.state(), id, at, config: config.hash, feeds, acknowledged: news },
      };
    });
    await this.setNextAlarm();
    return answer;
  }

  /** One transaction, idempotent: the same batch twice changes nothing the second time. */
  async accept(batch: PollBatch): Promise<Accepted> {
    const wall = Date.now();
    const outcome = this.ctx.storage.transactionSync(() => {
      const config = this.configInForce();
      if (config === null) throw new Error('a batch came in before any configuration');
      const { value, wording } = config;
      return acceptBatch(this.sql, batch, { config: value, wording, floorMs: this.settings.floorMs, wall });
    });
    await this.setNextAlarm();
    this.pages.changed('feeds');
    if (batch.results.some(({ entries }) => entries.some(({ facts }) => facts !== null)))
      this.pages.changed('stories');
    return { ...this.state(), ...outcome };
  }

  /**
   * A seen document claims to be newer than a claim. Either another tick wrote it, or this desk was restored from an
   * older copy: then it takes a new id, so that no document of its lost future is ever believed, and spends what
   * that future had delivered.
   */
  recognise(seen: SeenState): DeskState {
    this.ctx.storage.transactionSync(() => {
      const own = this.state();
      if (seen.desk !== own.desk || seen.epoch <= own.epoch) return;
      spendAcknowledged(this.sql, seen.acknowledged, Date.now());
      writeFact(this.sql, 'desk', crypto.randomUUID());
      log('warn', 'desk', 'restored from an older copy: every feed is read in full once');
    });
    return this.state();
  }

  /**
   * Puts a checked document in force. Rules that ask for it are run over the archive, told as one digest.
   * @returns false when another version than those expected is in force: then nothing is changed
   */
  async publish(publication: Publication): Promise<boolean> {
    const wall = Date.now();
    const after = bundledConfig(publication.bundle);
    const backfills = after.rules.some((rule) => rule.backfillMs !== null);
    const bundle = backfills ? await openBundle(publication.bundle) : null;
    const taken = this.ctx.storage.transactionSync(() => {
      const { expected } = publication;
      if (expected !== null && !expected.includes(headHash(this.sql) ?? '')) return false;
      const before = this.configInForce()?.value ?? null;
      saveConfig(this.sql, { ...publication, at: wall });
      noteRedRules(this.sql, publication.red);
      clearFact(this.sql, 'config-rejected');
      enableChannels(this.sql, before, after);
      const rules = newBackfillRules(before, after);
      const now = this.tickTime();
      const wording = this.wordingOf(publication.bundle);
      if (rules.length > 0 && bundle !== null)
        enterArchivedEntries(this.sql, { bundle, rules, wording, now, wall });
      return true;
    });
    await this.setNextAlarm();
    if (taken) this.pages.changed('config');
    return taken;
  }

  /**
   * Why the watched file is not in force, remembered until the next good document, for `/readyz` and the pages.
   *
   * @param problem null: it is in force again
   */
  reject(problem: string | null): void {
    if (problem === null) clearFact(this.sql, 'config-rejected');
    else writeFact(this.sql, 'config-rejected', problem.slice(0, 500));
  }

  /** Source and hash of the configuration in force. */
  configuration(): { hash: string; source: string } | null {
    const hash = headHash(this.sql);
    const source = hash === null ? null : readConfigSource(this.sql, hash);
    return hash === null || source === null ? null : { hash, source };
  }

  /** What KV should hold under `rules/<hash>/…`; the poller asks where KV has nothing yet. */
  async bundle(hash: string): Promise<Uint8Array | null> {
    return await usableBundle(this.sql, hash);
  }

  /** In the order of the configuration. */
  feeds(): FeedStatus[] {
    const config = this.configInForce();
    return config === null ? [] : feedStatuses(this.sql, config.value);
  }

  /** Sessions, tokens, the brake on guessing. */
  access(): AccessRoom {
    return new AccessRoom(this.sql);
  }

  archive(): ArchiveRoom {
    return new ArchiveRoom(this.sql);
  }

  status(): StatusRoom {
    return new StatusRoom(this.sql, this.meter.today(Date.now()));
  }

  /** Server-sent events for pages. */
  live(): ReadableStream<Uint8Array> {
    return this.pages.stream();
  }

  /** Channels, deliveries, tests and replays. */
  channels(): ChannelRoom {
    return new ChannelRoom({
      ...this.rooms(),
      storage: this.ctx.storage,
      arm: () => this.setNextAlarm(),
      sender: { env: this.env, settings: this.settings, ...this.sending },
    });
  }

  stories(): StoryRoom {
    return new StoryRoom(this.rooms());
  }

  /** What the configuration says, and its history. */
  config(): ConfigRoom {
    return new ConfigRoom(this.rooms());
  }

  /** Makes a feed due at once, if manners allow it. */
  hasten(id: string): Hastened {
    const feed = this.configInForce()?.value.feeds.find((one) => one.id === id);
    const { floorMs, tickSeconds } = this.settings;
    // The last tick is up to a minute old: by its clock the wait would end with the next tick, not when it is over.
    const now = tickSeconds > 0 ? Date.now() : this.tickTime();
    return this.ctx.storage.transactionSync(() => hasten(this.sql, feed, { now, floorMs }));
  }

  readiness(): Readiness {
    return readinessOf(this.sql, this.feeds(), Date.now());
  }

  /** Sends what is due and watches that ticks come. Never throws: a thrown alarm is dropped after six retries. */
  override async alarm(): Promise<void> {
    const done = await this.sendAndWatch();
    try {
      if (done) await this.setNextAlarm();
      else await this.ctx.storage.setAlarm(Date.now() + ALARM_PAUSE_MS);
    } catch {
      await this.ctx.storage.setAlarm(Date.now() + 60_000);
    }
  }

  /** @returns false when something failed that the next moment will not mend: a full disk, a bug */
  private async sendAndWatch(): Promise<boolean> {
    try {
      this.watchTicks(Date.now());
      const { env, settings, sending } = this;
      await sendDue(this.ctx.storage, () => this.configInForce()?.value ?? null, {
        env,
        settings,
        ...sending,
      });
      this.pages.changed('channels');
      return true;
    } catch (error) {
      log('error', 'desk alarm', error instanceof Error ? error.message : 'unknown error');
      return false;
    }
  }

  /** The clock of ticks. */
  private advance(at: EpochMs, wall: EpochMs): void {
    writeFact(this.sql, 'last-tick-at', at);
    writeFact(this.sql, 'last-tick-wall', wall);
    this.meter.keep(wall);
    if (readFact(this.sql, 'ticks-stopped') !== null) {
      clearFact(this.sql, 'ticks-stopped');
      log('info', 'ticks', 'are coming again');
      this.withOps(wall, (context) => onTicksResumed(this.sql, context));
    }
    this.withOps(wall, (context) => watchOutbox(this.sql, context));
    prune(this.sql, { at, wall });
  }

  /** What rooms need of their desk. */
  private rooms(): StoryDesk {
    return {
      sql: this.sql,
      tickTime: () => this.tickTime(),
      config: () => this.configInForce(),
      changed: (kind) => this.pages.changed(kind),
    };
  }

  /** The clock of ticks as it stands. */
  private tickTime(): EpochMs {
    return readNumber(this.sql, 'last-tick-at') || Date.now();
  }

  private watchTicks(wall: EpochMs): void {
    const at = this.ticksStoppedAt();
    if (at === null || wall < at || readFact(this.sql, 'ticks-stopped') !== null) return;
    writeFact(this.sql, 'ticks-stopped', wall);
    log('error', 'ticks', `stopped: none for ${TICKS_MISSED_MAX} intervals`);
    const missedMs = TICKS_MISSED_MAX * this.settings.tickSeconds * 1000;
    this.withOps(wall, (context) => onTicksStopped(this.sql, missedMs, context));
  }

  /** Without a configuration there is nobody to tell. */
  private withOps(wall: EpochMs, tell: (context: OpsContext) => void): void {
    const config = this.configInForce();
    if (config !== null) tell({ config: config.value, wall });
  }

  private ticksStoppedAt(): EpochMs | null {
    const last = readFact(this.sql, 'last-tick-wall');
    if (last === null || this.settings.tickSeconds === 0) return null;
    return Number(last) + TICKS_MISSED_MAX * this.settings.tickSeconds * 1000;
  }

  /** The earlier of outbox and dead-man; never pushes an alarm further away than what is due. */
  private async setNextAlarm(): Promise<void> {
    const stopped = readFact(this.sql, 'ticks-stopped') === null ? this.ticksStoppedAt() : null;
    const times = [nextDue(this.sql), stopped].filter((time) => time !== null);
    if (times.length === 0) return;
    const at = Math.max(Math.min(...times), Date.now());
    const set = await this.ctx.storage.getAlarm();
    // Set and long past: the runtime has lost it, or given it up (kill -9 between its two tables, six failed retries).
    const isLost = set !== null && set < Date.now() - ALARM_LATE_MS_MAX;
    // A dead-man's alarm that comes too early only looks; moving it at every tick would cost a row each.
    if (set === null || set > at || isLost) await this.ctx.storage.setAlarm(at);
  }

  private configInForce(): ConfigInForce | null {
    const hash = headHash(this.sql);
    if (hash === null) return null;
    if (this.opened?.hash !== hash) {
      const bundle = readBundle(this.sql, hash);
      if (bundle === null) throw new Error(`configuration ${hash} has no bundle`);
      this.opened = { hash, value: bundledConfig(bundle), wording: this.wordingOf(bundle) };
    }
    return this.opened;
  }

  private wordingOf(bundle: Uint8Array): Wording {
    return { names: bundledNames(bundle), home: this.settings.home };
  }

  private state(): DeskState {
    return { desk: readFact(this.sql, 'desk') ?? '', epoch: readNumber(this.sql, 'epoch') };
  }
}
