/** Deliveries for the API: lists, one delivery with its attempts, those of a story or an entry; and retrying one. */

import type { Attempt, Delivery, DeliveryDetail, DeliveryWithLog } from '../../../lib/api/deliveries.ts';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { DELIVERIES_LISTED_MAX, REPLAYED_MAX } from '../../../lib/model/limits.ts';
import { isoTime, isoTimeOrNull } from '../../../lib/model/time.ts';
import type { Sql } from './sql.ts';

/** Which deliveries to list; a missing member does not filter. */
export interface DeliveryFilter {
  readonly state?: Delivery['state'] | undefined;
  readonly channel?: ChannelId | undefined;
  readonly rule?: string | undefined;
  /** Created at or after. */
  readonly since?: EpochMs | undefined;
  /** Cursor: `next` of the page before. */
  readonly before?: number | undefined;
}

/** One page of a list of deliveries, newest first. */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  /** Cursor of the next page; null: this is the last page. */
  readonly next: number | null;
}

/** Result of retrying a delivery. `not-dead`: it is pending or delivered. */
export type Replayed = 'replayed' | 'not-dead' | 'unknown';

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly channel: string;
  readonly type: string | null;
  readonly rule: string | null;
  readonly title: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly created: number;
  readonly due: number;
  readonly settled: number | null;
  readonly attempts: number;
  readonly [column: string]: SqlStorageValue;
}

/** Rows whose event cannot be parsed are listed, too. */
const COLUMNS = `seq, id, channel, state, reason, created, due, settled, attempts,
  CASE WHEN json_valid(event) THEN json_extract(event, '$.type') END AS type,
  CASE WHEN json_valid(event) THEN json_extract(event, '$.data.rule') END AS rule,
  CASE WHEN json_valid(event) THEN coalesce(json_extract(event, '$.data.title'), json_extract(event, '$.data.text')) END AS title`;

/** A digest is listed for every rule of its alerts. */
const MATCHES = `(?1 IS NULL OR state = ?1) AND (?2 IS NULL OR channel = ?2) AND (?3 IS NULL OR created >= ?3)
  AND (?4 IS NULL OR (json_valid(event) AND (json_extract(event, '$.data.rule') = ?4 OR EXISTS (
    SELECT 1 FROM json_each(event, '$.data.alerts') WHERE json_extract(value, '$.rule') = ?4))))`;

function bindings({ state, channel, since, rule }: DeliveryFilter): SqlStorageValue[] {
  return [state ?? null, channel ?? null, since ?? null, rule ?? null];
}

/** Newest first. */
export function listDeliveries(sql: Sql, filter: DeliveryFilter): DeliveryPage {
  const rows = sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM outbox WHERE ${MATCHES} AND (?5 IS NULL OR seq < ?5) ORDER BY seq DESC LIMIT ?6`,
      ...bindings(filter),
      filter.before ?? null,
      DELIVERIES_LISTED_MAX + 1,
    )
    .toArray();
  const shown = rows.slice(0, DELIVERIES_LISTED_MAX);
  return {
    deliveries: shown.map(deliveryOf),
    next: rows.length > shown.length ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/** @returns null for an unknown id */
export function readDelivery(sql: Sql, id: string): DeliveryDetail | null {
  const [row] = sql
    .exec<Row & { event: string }>(`SELECT ${COLUMNS}, event FROM outbox WHERE id = ?`, id)
    .toArray();
  if (row === undefined) return null;
  return { ...deliveryOf(row), log: attemptsOf(sql, id), event: parsed(row.event) };
}

/** Retries failed and cancelled deliveries only: a delivered one is not sent twice. */
export function replayOne(sql: Sql, id: string, wall: EpochMs): Replayed {
  const [row] = sql.exec<{ state: string }>('SELECT state FROM outbox WHERE id = ?', id).toArray();
  if (row === undefined) return 'unknown';
  if (row.state !== 'dead' && row.state !== 'cancelled') return 'not-dead';
  sql.exec(`UPDATE outbox SET ${RETRIED} WHERE id = ?`, wall, id);
  return 'replayed';
}

const RETRIED = "state = 'pending', due = ?, attempts = 0, reason = NULL, settled = NULL";

/** Retries in order of creation, at most REPLAYED_MAX. @returns how many */
export function replayMany(sql: Sql, filter: DeliveryFilter, wall: EpochMs): number {
  const seqs = sql
    .exec<{ seq: number }>(
      `SELECT seq FROM outbox WHERE ${MATCHES} AND state IN ('dead', 'cancelled') ORDER BY seq LIMIT ?5`,
      ...bindings({ ...filter, state: undefined }),
      REPLAYED_MAX,
    )
    .toArray();
  for (const { seq } of seqs) sql.exec(`UPDATE outbox SET ${RETRIED} WHERE seq = ?`, wall, seq);
  return seqs.length;
}

function deliveryOf(row: Row): Delivery {
  const { id, channel, type, rule, title, reason, attempts, created, due, settled } = row;
  const state = row.state as Delivery['state'];
  return {
    id,
    channel,
    type,
    rule,
    title,
    state,
    reason,
    created: isoTime(created),
    due: state === 'pending' ? isoTime(due) : null,
    settled: isoTimeOrNull(settled),
    attempts,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // A damaged row is shown without its event.
    return null;
  }
}

/** Deliveries of events that contain the entry, newest first. */
export function deliveriesOfEntry(sql: Sql, entry: string): DeliveryWithLog[] {
  return deliveriesOf(sql, 'entry', entry);
}

/** Deliveries of events about the story, newest first. */
export function deliveriesOfStory(sql: Sql, story: string): DeliveryWithLog[] {
  return deliveriesOf(sql, 'story', story);
}

function deliveriesOf(sql: Sql, by: 'story' | 'entry', subject: string): DeliveryWithLog[] {
  return sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM outbox WHERE seq IN (SELECT seq FROM outbox_subject WHERE ${by} = ?)
       ORDER BY seq DESC LIMIT ?`,
      subject,
      DELIVERIES_LISTED_MAX,
    )
    .toArray()
    .map((row) => ({ ...deliveryOf(row), log: attemptsOf(sql, row.id) }));
}

/** The first 100, oldest first. */
function attemptsOf(sql: Sql, delivery: string): Attempt[] {
  return sql
    .exec<{ at: number; outcome: string; status: number | null; detail: string | null; ms: number }>(
      'SELECT at, outcome, status, detail, ms FROM attempt WHERE delivery = ? ORDER BY seq LIMIT 100',
      delivery,
    )
    .toArray()
    .map((attempt) => ({
      ...attempt,
      at: isoTime(attempt.at),
      // A channel that is not reached by HTTP, such as `console`, has no status.
      status: attempt.status === 0 ? null : attempt.status,
    }));
}
