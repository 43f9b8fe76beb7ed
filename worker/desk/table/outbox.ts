/** The outbox: pending deliveries, their attempts and outcomes. Wall time throughout. */

import { type RoutedEvent, subjectsOf } from '../../../lib/alert/event.ts';
import type { Effects } from '../../../lib/deliver/after-attempt.ts';
import type { AttemptOutcome } from '../../../lib/deliver/retry.ts';
import type { ChannelId, EpochMs, Hash53 } from '../../../lib/model/flavor.ts';
import {
  ATTEMPT_DETAIL_UNITS_MAX,
  ATTEMPTS_KEPT_MAX,
  DELIVERED_IDS_MAX,
  OUTBOX_KEPT_MS,
} from '../../../lib/model/limits.ts';
import type { DeliveredIds } from '../../../lib/poll/batch.ts';
import { hash53 } from '../../../lib/text/hash.ts';
import { failPending, makePendingDue, writeChannelHealth } from './channels.ts';
import type { Sql } from './sql.ts';

/** A delivery that is due. */
export interface Due {
  readonly seq: number;
  readonly id: string;
  readonly channel: ChannelId;
  /** JSON of an AlertEvent. */
  readonly event: string;
  readonly created: EpochMs;
  /** Attempts that count, made before this one. */
  readonly attempts: number;
}

/** An id that exists is left alone: the same event is never enqueued twice. @returns how many rows were added */
export function enqueue(sql: Sql, events: readonly RoutedEvent[], wall: EpochMs): number {
  let added = 0;
  for (const { id, channel, event } of events) {
    const isDone = wasDeliveredBeforeRestore(sql, id);
    const [row] = sql
      .exec<{ seq: number }>(
        `INSERT OR IGNORE INTO outbox (id, channel, event, created, due, state, reason, settled)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
        id,
        channel,
        JSON.stringify(event),
        wall,
        wall,
        isDone ? 'delivered' : 'pending',
        isDone ? 'before-restore' : null,
        isDone ? wall : null,
      )
      .toArray();
    if (row === undefined) continue;
    for (const { story, entry } of subjectsOf(event))
      sql.exec(
        'INSERT OR IGNORE INTO outbox_subject (story, entry, seq) VALUES (?, ?, ?)',
        story,
        entry,
        row.seq,
      );
    if (!isDone) added++;
  }
  return added;
}

/** Channels with due deliveries that are not in cooldown; those that fail come last. */
export function dueChannels(sql: Sql, wall: EpochMs): { id: ChannelId; failures: number }[] {
  return sql
    .exec<{ id: string; failures: number }>(
      `SELECT o.channel AS id, coalesce(c.failures, 0) AS failures
       FROM (SELECT channel, min(due) AS due FROM outbox WHERE state = 'pending' GROUP BY channel) o
       LEFT JOIN channel c ON c.id = o.channel
       WHERE o.due <= ?1 AND coalesce(c.cooldown_until, 0) <= ?1
       ORDER BY failures, o.due`,
      wall,
    )
    .toArray();
}

/** Due deliveries of a channel, earliest due first. */
export function dueOf(sql: Sql, channel: ChannelId, wall: EpochMs, count: number): Due[] {
  return sql
    .exec<{ seq: number; id: string; channel: string; event: string; created: number; attempts: number }>(
      `SELECT seq, id, channel, event, created, attempts FROM outbox
       WHERE state = 'pending' AND channel = ? AND due <= ? ORDER BY due, seq LIMIT ?`,
      channel,
      wall,
      count,
    )
    .toArray();
}

/** When the next delivery is due, after its channel's cooldown; null: the outbox is empty. */
export function nextDue(sql: Sql): EpochMs | null {
  const row = sql
    .exec<{ at: number | null }>(
      `SELECT min(max(o.due, coalesce(c.cooldown_until, 0))) AS at
       FROM (SELECT channel, min(due) AS due FROM outbox WHERE state = 'pending' GROUP BY channel) o
       LEFT JOIN channel c ON c.id = o.channel`,
    )
    .one();
  return row.at;
}

/** Records an attempt with all that follows from it. @param ms duration of the attempt */
export function applyAttempt(
  sql: Sql,
  due: Due,
  { outcome, effects }: { readonly outcome: AttemptOutcome; readonly effects: Effects },
  { wall, ms }: { readonly wall: EpochMs; readonly ms: number },
): void {
  logAttempt(sql, due, outcome, { wall, ms });
  const { attempts, step } = effects.delivery;
  if (step.kind === 'retry') {
    sql.exec('UPDATE outbox SET attempts = ?, due = ? WHERE seq = ?', attempts, step.at, due.seq);
  } else {
    const [state, reason] = step.kind === 'done' ? ['delivered', null] : ['dead', step.reason];
    sql.exec(
      'UPDATE outbox SET attempts = ?, state = ?, reason = ?, settled = ? WHERE seq = ?',
      attempts,
      state,
      reason,
      wall,
      due.seq,
    );
  }
  writeChannelHealth(sql, due.channel, effects.channel);
  if (effects.pending === 'due') makePendingDue(sql, due.channel, wall);
  if (effects.pending === 'dead') failPending(sql, due.channel, wall);
}

/** Appends an attempt to the log. @param ms duration of the attempt */
export function logAttempt(
  sql: Sql,
  due: Pick<Due, 'id' | 'channel'>,
  outcome: AttemptOutcome,
  { wall, ms }: { wall: EpochMs; ms: number },
): void {
  const detail = 'detail' in outcome ? outcome.detail.slice(0, ATTEMPT_DETAIL_UNITS_MAX) : null;
  const kind = outcome.kind === 'failed' && outcome.ambiguous ? 'ambiguous' : outcome.kind;
  sql.exec(
    'INSERT INTO attempt (delivery, channel, at, outcome, status, detail, ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
    due.id,
    due.channel,
    wall,
    kind,
    outcome.status,
    detail,
    ms,
  );
}

/** Hashes of the ids that receivers accepted most recently, oldest first; at most DELIVERED_IDS_MAX. */
export function deliveredIds(sql: Sql): DeliveredIds {
  const rows = sql
    .exec<{ id: string; settled: number }>(
      "SELECT id, settled FROM outbox WHERE state = 'delivered' ORDER BY settled DESC, seq DESC LIMIT ?",
      DELIVERED_IDS_MAX,
    )
    .toArray();
  return {
    mark: rows[0] === undefined ? 0 : hash53(`${rows.length} ${rows[0].id}`),
    ids: rows.map(({ id }) => hash53(id)).reverse(),
  };
}

/** Marks as delivered what a desk delivered after the copy from which it was restored: none of it is sent again. */
export function markDeliveredBeforeRestore(sql: Sql, hashes: readonly Hash53[], wall: EpochMs): void {
  for (const hash of hashes)
    sql.exec('INSERT OR IGNORE INTO delivered_before_restore (hash, at) VALUES (?, ?)', hash, wall);
  const pending = sql
    .exec<{ seq: number; id: string }>("SELECT seq, id FROM outbox WHERE state = 'pending'")
    .toArray();
  for (const { seq, id } of pending) {
    if (!wasDeliveredBeforeRestore(sql, id)) continue;
    sql.exec(
      "UPDATE outbox SET state = 'delivered', reason = 'before-restore', settled = ? WHERE seq = ?",
      wall,
      seq,
    );
  }
}

function wasDeliveredBeforeRestore(sql: Sql, id: string): boolean {
  return sql.exec('SELECT 1 FROM delivered_before_restore WHERE hash = ?', hash53(id)).toArray().length > 0;
}

/** Summary of the outbox. */
export interface OutboxState {
  readonly pending: number;
  /** Creation time of the oldest pending delivery; null: none is pending. */
  readonly oldest: EpochMs | null;
  readonly dead: number;
}

/** Counts pending and failed deliveries. */
export function outboxState(sql: Sql): OutboxState {
  return sql
    .exec<{ pending: number; oldest: number | null; dead: number }>(
      `SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
              min(created) FILTER (WHERE state = 'pending') AS oldest,
              count(*) FILTER (WHERE state = 'dead') AS dead FROM outbox`,
    )
    .one();
}

/** Deletes settled deliveries older than OUTBOX_KEPT_MS, and all but the newest ATTEMPTS_KEPT_MAX attempts. */
export function pruneOutbox(sql: Sql, wall: EpochMs): void {
  sql.exec("DELETE FROM outbox WHERE state <> 'pending' AND settled < ?", wall - OUTBOX_KEPT_MS);
  sql.exec('DELETE FROM outbox_subject WHERE seq NOT IN (SELECT seq FROM outbox)');
  sql.exec('DELETE FROM delivered_before_restore WHERE at < ?', wall - OUTBOX_KEPT_MS);
  sql.exec('DELETE FROM attempt WHERE seq <= (SELECT max(seq) FROM attempt) - ?', ATTEMPTS_KEPT_MAX);
}
