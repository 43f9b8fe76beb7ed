/** The state of each channel: rate, cooldown, failures, and why it is disabled. Wall time throughout. */
import { pacedAfter, waitBefore } from '../../../lib/deliver/bucket.ts';
import { failedAgain } from '../../../lib/deliver/failing.ts';
import type { Rate } from '../../../lib/deliver/payload.ts';
import { type AttemptOutcome, channelCooldown } from '../../../lib/deliver/retry.ts';
import type { ChannelConfig, ChannelKind, RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { OUTAGE_FAILURES_MIN } from '../../../lib/model/limits.ts';

interface ChannelRow {
  readonly failures: number;
  readonly cooldown_until: number;
  readonly disabled: string | null;
  readonly last_success: number | null;
  readonly paced: number;
  readonly failing_from: number | null;
  readonly failing_since: number | null;
  readonly disabled_at: number | null;
  readonly moved: string | null;
  readonly [column: string]: SqlStorageValue;
}

function rowOf(sql: SqlStorage, id: ChannelId): ChannelRow | null {
  return sql.exec<ChannelRow>('SELECT * FROM channel WHERE id = ?', id).toArray()[0] ?? null;
}

/** What an attempt changed beyond its own delivery. */
export interface Settlement {
  /** The channel may be sent to again at once. */
  readonly goOn: boolean;
  /** Why this attempt disabled the channel; null: it did not. */
  readonly disabled: string | null;
}

/** Updates the channel, and all its pending deliveries, after an attempt. */
export function settleChannel(
  sql: SqlStorage,
  id: ChannelId,
  outcome: AttemptOutcome,
  { wall, rate }: { wall: EpochMs; rate: Rate },
): Settlement {
  sql.exec('INSERT OR IGNORE INTO channel (id) VALUES (?)', id);
  const row = rowOf(sql, id)!;
  if (outcome.kind === 'channel-gone') return disable(sql, id, { why: `HTTP ${outcome.status}`, wall });
  const fails = outcome.kind === 'throttled' || outcome.kind === 'failed' || outcome.kind === 'unsent';
  const failures = fails ? row.failures + 1 : outcome.kind === 'delivered' ? 0 : row.failures;
  // Nothing was sent, so the attempt does not count towards the rate.
  const { full, waitMs } =
    outcome.kind === 'unsent' ? { full: row.paced, waitMs: 0 } : pacedAfter(row.paced, rate, wall);
  const cooldownMs = Math.max(channelCooldown(outcome, failures), waitMs);
  sql.exec(
    'UPDATE channel SET failures = ?, cooldown_until = ?, paced = ? WHERE id = ?',
    failures,
    wall + cooldownMs,
    full,
    id,
  );
  if (outcome.kind === 'delivered')
    settleSuccess(sql, id, { wall, outage: row.failures >= OUTAGE_FAILURES_MIN });
  else if (outcome.kind !== 'unsent' && isGivenUp(sql, id, { row, wall }))
    return disable(sql, id, { why: 'every attempt failed for five days', wall });
  return { goOn: !fails && cooldownMs === 0, disabled: null };
}

/** After an outage, deliveries that wait for their own retry are due at once: the channel was at fault. */
function settleSuccess(
  sql: SqlStorage,
  id: ChannelId,
  { wall, outage }: { wall: EpochMs; outage: boolean },
): void {
  sql.exec(
    'UPDATE channel SET last_success = ?, failing_from = NULL, failing_since = NULL WHERE id = ?',
    wall,
    id,
  );
  if (outage) {
    sql.exec("UPDATE outbox SET due = ? WHERE channel = ? AND state = 'pending' AND due > ?", wall, id, wall);
  }
}

function isGivenUp(
  sql: SqlStorage,
  id: ChannelId,
  { row, wall }: { row: ChannelRow; wall: EpochMs },
): boolean {
  const { clock, giveUp } = failedAgain({ from: row.failing_from, since: row.failing_since }, wall);
  sql.exec(
    'UPDATE channel SET failing_from = ?, failing_since = ? WHERE id = ?',
    clock.from,
    clock.since,
    id,
  );
  return giveUp;
}

/** Pending deliveries become failed: they are listed and can be retried by the user. */
function disable(sql: SqlStorage, id: ChannelId, { why, wall }: { why: string; wall: EpochMs }): Settlement {
  const before = isDisabled(sql, id);
  if (!before) sql.exec('UPDATE channel SET disabled = ?, disabled_at = ? WHERE id = ?', why, wall, id);
  failPending(sql, id, wall);
  return { goOn: false, disabled: before ? null : why };
}

/** Nothing is sent to a disabled channel; its pending deliveries are kept as failed. @returns how many */
export function failPending(sql: SqlStorage, id: ChannelId, wall: EpochMs): number {
  return settlePending(sql, id, { state: 'dead', reason: 'channel-disabled', wall });
}

/** The configuration no longer has the channel: its pending deliveries are cancelled and listed. @returns how many */
export function cancelChannel(sql: SqlStorage, id: ChannelId, wall: EpochMs): number {
  return settlePending(sql, id, { state: 'cancelled', reason: 'channel-removed', wall });
}

function settlePending(
  sql: SqlStorage,
  id: ChannelId,
  { state, reason, wall }: { state: 'dead' | 'cancelled'; reason: string; wall: EpochMs },
): number {
  const pending = "channel = ? AND state = 'pending'";
  const { count } = sql
    .exec<{ count: number }>(`SELECT count(*) AS count FROM outbox WHERE ${pending}`, id)
    .one();
  sql.exec(`UPDATE outbox SET state = ?, reason = ?, settled = ? WHERE ${pending}`, state, reason, wall, id);
  return count;
}

/** The receiver answered that its address is gone, or failed for days, and nothing has changed since. */
export function isDisabled(sql: SqlStorage, channel: ChannelId): boolean {
  return (rowOf(sql, channel)?.disabled ?? null) !== null;
}

/** Number of disabled channels. */
export function disabledChannels(sql: SqlStorage): number {
  return sql.exec<{ count: number }>('SELECT count(*) AS count FROM channel WHERE disabled IS NOT NULL').one()
    .count;
}

const AS_NEW =
  'disabled = NULL, disabled_at = NULL, failures = 0, cooldown_until = 0, failing_from = NULL, failing_since = NULL';

/**
 * Saving a configuration enables disabled channels and resets channels whose settings changed. All others keep their
 * state: a cooldown that a receiver asked for continues.
 */
export function enableChannels(sql: SqlStorage, before: RunningConfig | null, after: RunningConfig): void {
  sql.exec(`UPDATE channel SET ${AS_NEW} WHERE disabled IS NOT NULL`);
  const known = new Map(before?.channels.map((channel) => [channel.id, JSON.stringify(channel)]));
  for (const channel of after.channels) {
    if (known.get(channel.id) === JSON.stringify(channel)) continue;
    sql.exec(`UPDATE channel SET ${AS_NEW} WHERE id = ?`, channel.id);
  }
}

/** A test was delivered: the channel's failures are cleared. */
export function enableChannel(sql: SqlStorage, id: ChannelId, wall: EpochMs): void {
  sql.exec('INSERT OR IGNORE INTO channel (id) VALUES (?)', id);
  sql.exec(`UPDATE channel SET ${AS_NEW}, last_success = ? WHERE id = ?`, wall, id);
}

/** Takes a token of the channel's rate for a delivery outside the outbox. @returns milliseconds to wait; 0: taken */
export function takeToken(
  sql: SqlStorage,
  id: ChannelId,
  { rate, wall }: { rate: Rate; wall: EpochMs },
): number {
  sql.exec('INSERT OR IGNORE INTO channel (id) VALUES (?)', id);
  const paced = rowOf(sql, id)?.paced ?? 0;
  const wait = waitBefore(paced, rate, wall);
  if (wait === 0)
    sql.exec('UPDATE channel SET paced = ? WHERE id = ?', pacedAfter(paced, rate, wall).full, id);
  return wait;
}

/** A Telegram group became a supergroup: deliveries go to the new chat until the configuration has its id. */
export function rememberMove(sql: SqlStorage, id: ChannelId, move: { from: string; to: string }): void {
  sql.exec('UPDATE channel SET moved = ? WHERE id = ?', JSON.stringify(move), id);
}

/** The channel with its current chat id. */
export function withMove(sql: SqlStorage, channel: ChannelConfig): ChannelConfig {
  if (channel.kind !== 'telegram') return channel;
  const moved = rowOf(sql, channel.id)?.moved ?? null;
  if (moved === null) return channel;
  const { from, to } = JSON.parse(moved) as { from: string; to: string };
  return from === channel.chat ? { ...channel, chat: to } : channel;
}

/** State of a channel for the API. Times are ISO 8601 UTC, null where there is none. */
export interface ChannelStatus {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  readonly state: 'new' | 'ok' | 'failing' | 'disabled';
  /** Why it is disabled. */
  readonly reason: string | null;
  readonly disabledAt: string | null;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** When continuous failure began; set once the failures lie 12 hours apart (lib/deliver/failing.ts). */
  readonly failingSince: string | null;
  /** Nothing is sent before this time. */
  readonly cooldownUntil: string | null;
  readonly lastSuccess: string | null;
  readonly pending: number;
  /** Creation time of the oldest pending delivery. */
  readonly oldest: string | null;
  readonly dead: number;
}

/** In the order of the configuration. */
export function channelStatuses(sql: SqlStorage, config: RunningConfig, wall: EpochMs): ChannelStatus[] {
  const counts = sql
    .exec<{ channel: string; pending: number; oldest: number | null; dead: number }>(
      `SELECT channel, count(*) FILTER (WHERE state = 'pending') AS pending,
              min(created) FILTER (WHERE state = 'pending') AS oldest,
              count(*) FILTER (WHERE state = 'dead') AS dead FROM outbox GROUP BY channel`,
    )
    .toArray();
  return config.channels.map(({ id, kind }) => {
    const row = rowOf(sql, id);
    const count = counts.find(({ channel }) => channel === id);
    const cooldownUntil = row !== null && row.cooldown_until > wall ? row.cooldown_until : null;
    return {
      id,
      kind,
      state: stateOf(row),
      reason: row?.disabled ?? null,
      disabledAt: iso(row?.disabled_at ?? null),
      failures: row?.failures ?? 0,
      failingSince: iso(row?.failing_since ?? null),
      cooldownUntil: iso(cooldownUntil),
      lastSuccess: iso(row?.last_success ?? null),
      pending: count?.pending ?? 0,
      oldest: iso(count?.oldest ?? null),
      dead: count?.dead ?? 0,
    };
  });
}

function stateOf(row: ChannelRow | null): ChannelStatus['state'] {
  if (row === null) return 'new';
  if (row.disabled !== null) return 'disabled';
  if (row.failures > 0) return 'failing';
  return row.last_success === null ? 'new' : 'ok';
}

function iso(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
