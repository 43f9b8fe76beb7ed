/** The state of each channel: rate, cooldown, failures, and why it is disabled. Wall time throughout. */

import type { ChannelStatus } from '../../../lib/api/channels.ts';
import { type ChannelHealth, NEW_CHANNEL } from '../../../lib/deliver/after-attempt.ts';
import { pacedAfter, waitBefore } from '../../../lib/deliver/bucket.ts';
import { kindOf } from '../../../lib/deliver/channel/table.ts';
import type { Rate } from '../../../lib/deliver/payload.ts';
import type { ChannelConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { isoTimeOrNull } from '../../../lib/model/time.ts';
import type { Sql } from './sql.ts';

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

function rowOf(sql: Sql, id: ChannelId): ChannelRow | null {
  return sql.exec<ChannelRow>('SELECT * FROM channel WHERE id = ?', id).toArray()[0] ?? null;
}

/** A channel without a row was never used. */
export function channelHealth(sql: Sql, id: ChannelId): ChannelHealth {
  const row = rowOf(sql, id);
  if (row === null) return NEW_CHANNEL;
  const { disabled, disabled_at } = row;
  return {
    failures: row.failures,
    cooldownUntil: row.cooldown_until,
    paced: row.paced,
    failing: { from: row.failing_from, since: row.failing_since },
    lastSuccess: row.last_success,
    disabled: disabled === null ? null : { why: disabled, at: disabled_at ?? 0 },
  };
}

/** Keeps where a chat moved to, which attempts do not change. */
export function writeChannelHealth(sql: Sql, id: ChannelId, health: ChannelHealth): void {
  const { failures, cooldownUntil, paced, failing, lastSuccess, disabled } = health;
  sql.exec(
    `INSERT INTO channel (id, failures, cooldown_until, paced, failing_from, failing_since, last_success, disabled, disabled_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
     ON CONFLICT (id) DO UPDATE SET failures = ?2, cooldown_until = ?3, paced = ?4, failing_from = ?5,
       failing_since = ?6, last_success = ?7, disabled = ?8, disabled_at = ?9`,
    id,
    failures,
    cooldownUntil,
    paced,
    failing.from,
    failing.since,
    lastSuccess,
    disabled?.why ?? null,
    disabled?.at ?? null,
  );
}

/** After an outage, deliveries that wait for their own retry are due at once: the channel was at fault. */
export function makePendingDue(sql: Sql, id: ChannelId, wall: EpochMs): void {
  sql.exec("UPDATE outbox SET due = ? WHERE channel = ? AND state = 'pending' AND due > ?", wall, id, wall);
}

/** Nothing is sent to a disabled channel; its pending deliveries are kept as failed. @returns how many */
export function failPending(sql: Sql, id: ChannelId, wall: EpochMs): number {
  return settlePending(sql, id, { state: 'dead', reason: 'channel-disabled', wall });
}

/** The configuration no longer has the channel: its pending deliveries are cancelled and listed. @returns how many */
export function cancelChannel(sql: Sql, id: ChannelId, wall: EpochMs): number {
  return settlePending(sql, id, { state: 'cancelled', reason: 'channel-removed', wall });
}

function settlePending(
  sql: Sql,
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
export function isDisabled(sql: Sql, channel: ChannelId): boolean {
  return (rowOf(sql, channel)?.disabled ?? null) !== null;
}

/** Number of disabled channels. */
export function disabledChannels(sql: Sql): number {
  return sql.exec<{ count: number }>('SELECT count(*) AS count FROM channel WHERE disabled IS NOT NULL').one()
    .count;
}

const AS_NEW =
  'disabled = NULL, disabled_at = NULL, failures = 0, cooldown_until = 0, failing_from = NULL, failing_since = NULL';

/**
 * Saving a configuration enables disabled channels and resets channels whose settings changed. All others keep their
 * state: a cooldown that a receiver asked for continues.
 */
export function enableChannels(sql: Sql, before: RunningConfig | null, after: RunningConfig): void {
  sql.exec(`UPDATE channel SET ${AS_NEW} WHERE disabled IS NOT NULL`);
  const known = new Map(before?.channels.map((channel) => [channel.id, JSON.stringify(channel)]));
  for (const channel of after.channels) {
    if (known.get(channel.id) === JSON.stringify(channel)) continue;
    sql.exec(`UPDATE channel SET ${AS_NEW} WHERE id = ?`, channel.id);
  }
}

/** A test was delivered: the channel's failures are cleared. */
export function enableChannel(sql: Sql, id: ChannelId, wall: EpochMs): void {
  sql.exec('INSERT OR IGNORE INTO channel (id) VALUES (?)', id);
  sql.exec(`UPDATE channel SET ${AS_NEW}, last_success = ? WHERE id = ?`, wall, id);
}

/** Takes a token of the channel's rate for a delivery outside the outbox. @returns milliseconds to wait; 0: taken */
export function takeToken(sql: Sql, id: ChannelId, { rate, wall }: { rate: Rate; wall: EpochMs }): number {
  sql.exec('INSERT OR IGNORE INTO channel (id) VALUES (?)', id);
  const paced = rowOf(sql, id)?.paced ?? 0;
  const wait = waitBefore(paced, rate, wall);
  if (wait === 0)
    sql.exec('UPDATE channel SET paced = ? WHERE id = ?', pacedAfter(paced, rate, wall).full, id);
  return wait;
}

/** The receiver moved: deliveries go to its new address until the configuration has it. */
export function rememberMove(sql: Sql, id: ChannelId, move: { from: string; to: string }): void {
  sql.exec('UPDATE channel SET moved = ? WHERE id = ?', JSON.stringify(move), id);
}

/** How a channel of this kind follows its receiver; null: its receivers do not move. */
export function receiverOf(channel: ChannelConfig) {
  const kind = kindOf(channel);
  return 'text' in kind ? null : (kind.receiver ?? null);
}

/** The channel with the current address of its receiver. */
export function withMove(sql: Sql, channel: ChannelConfig): ChannelConfig {
  const receiver = receiverOf(channel);
  if (receiver === null) return channel;
  const moved = rowOf(sql, channel.id)?.moved ?? null;
  if (moved === null) return channel;
  const { from, to } = JSON.parse(moved) as { from: string; to: string };
  return from === receiver.of(channel) ? receiver.moved(channel, to) : channel;
}

/** In the order of the configuration. */
export function channelStatuses(sql: Sql, config: RunningConfig, wall: EpochMs): ChannelStatus[] {
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
      disabledAt: isoTimeOrNull(row?.disabled_at ?? null),
      failures: row?.failures ?? 0,
      failingSince: isoTimeOrNull(row?.failing_since ?? null),
      cooldownUntil: isoTimeOrNull(cooldownUntil),
      lastSuccess: isoTimeOrNull(row?.last_success ?? null),
      pending: count?.pending ?? 0,
      oldest: isoTimeOrNull(count?.oldest ?? null),
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
