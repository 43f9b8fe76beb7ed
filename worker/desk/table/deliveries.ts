/** Deliveries for the API: lists, one delivery with its attempts, those of a story or an entry; and retrying one. */

import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { DELIVERIES_LISTED_MAX, REPLAYED_MAX } from '../../../lib/model/limits.ts';
import type { Sql } from './sql.ts';

/** States of a delivery; `dead` deliveries have failed for good. */
export const DELIVERY_STATES = ['pending', 'delivered', 'dead', 'cancelled'] as const;
/** One of DELIVERY_STATES. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Which deliveries to list; a missing member does not filter. */
export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly channel?: ChannelId | undefined;
  readonly rule?: string | undefined;
  /** Created at or after. */
  readonly since?: EpochMs | undefined;
  /** Cursor: `next` of the page before. */
  readonly before?: number | undefined;
}

/** One page of a list of deliveries, newest first. */
export interface DeliveryPage {
  readonly deliveries: readonly DeliverySummary[];
  /** Cursor of the next page; null: this is the last page. */
  readonly next: number | null;
}

/** Result of retrying a delivery. `not-dead`: it is pending or delivered. */
export type Replayed = 'replayed' | 'not-dead' | 'unknown';

/** Times are ISO 8601 UTC, null where there is none. */
export interface DeliverySummary {
  readonly id: string;
  readonly channel: ChannelId;
  readonly type: string | null;
  readonly rule: string | null;
  readonly title: string | null;
  readonly state: DeliveryState;
  /** Why it is dead or cancelled. */
  readonly reason: string | null;
  readonly created: string;
  /** Next attempt of a pending one. */
  readonly due: string | null;
  readonly settled: string | null;
  readonly attempts: number;
}

/** One attempt for the API; `ms` is its duration. */
export interface AttemptSummary {
  readonly at: string;
  readonly outcome: string;
  readonly status: number | null;
  /** First characters of the receiver's answer, without secrets. */
  readonly detail: string | null;
  readonly ms: number;
}

/** A delivery with its event and its first 100 attempts, oldest first. */
export interface DeliveryDetail extends DeliverySummary {
  /** The event that was or will be sent; null: it cannot be parsed. */
  readonly event: unknown;
  readonly log: readonly AttemptSummary[];
}

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
    deliveries: shown.map(summaryOf),
    next: rows.length > shown.length ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/** @returns null for an unknown id */
export function readDelivery(sql: Sql, id: string): DeliveryDetail | null {
  const [row] = sql
    .exec<Row & { event: string }>(`SELECT ${COLUMNS}, event FROM outbox WHERE id = ?`, id)
    .toArray();
  if (row === undefined) return null;
  const log = sql
    .exec<{ at: number; outcome: string; status: number | null; detail: string | null; ms: number }>(
      'SELECT at, outcome, status, detail, ms FROM attempt WHERE delivery = ? ORDER BY seq LIMIT 100',
      id,
    )
    .toArray()
    .map((attempt) => ({ ...attempt, at: new Date(attempt.at).toISOString() }));
  return { ...summaryOf(row), event: parsed(row.event), log };
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

function summaryOf(row: Row): DeliverySummary {
  const { id, channel, type, rule, title, reason, attempts, created, due, settled } = row;
  const state = row.state as DeliveryState;
  return {
    id,
    channel,
    type,
    rule,
    title,
    state,
    reason,
    created: new Date(created).toISOString(),
    due: state === 'pending' ? new Date(due).toISOString() : null,
    settled: settled === null ? null : new Date(settled).toISOString(),
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

/** One attempt within a DeliveryNote; `ms` is its duration. */
export interface AttemptNote {
  readonly at: EpochMs;
  readonly outcome: string;
  readonly status: number | null;
  readonly detail: string | null;
  readonly ms: number;
}

/** A delivery with all its attempts, for traces and story pages. */
export interface DeliveryNote {
  /** The `webhook-id`. */
  readonly id: string;
  readonly channel: string;
  /** Such as `alert.first`. */
  readonly type: string;
  readonly created: EpochMs;
  /** pending, delivered, dead, cancelled */
  readonly state: string;
  readonly reason: string | null;
  readonly settled: EpochMs | null;
  readonly attempts: readonly AttemptNote[];
}

/** Deliveries of events that contain the entry, newest first. */
export function deliveriesOfEntry(sql: Sql, entry: string): DeliveryNote[] {
  return deliveries(sql, 'entry', entry);
}

/** Deliveries of events about the story, newest first. */
export function deliveriesOfStory(sql: Sql, story: string): DeliveryNote[] {
  return deliveries(sql, 'story', story);
}

function deliveries(sql: Sql, by: 'story' | 'entry', subject: string): DeliveryNote[] {
  return sql
    .exec<{
      id: string;
      channel: string;
      type: string;
      created: number;
      state: string;
      reason: string | null;
      settled: number | null;
    }>(
      `SELECT id, channel, json_extract(event, '$.type') AS type, created, state, reason, settled
       FROM outbox WHERE seq IN (SELECT seq FROM outbox_subject WHERE ${by} = ?) ORDER BY seq DESC LIMIT ?`,
      subject,
      DELIVERIES_LISTED_MAX,
    )
    .toArray()
    .map((row) => ({ ...row, attempts: attemptsOf(sql, row.id) }));
}

function attemptsOf(sql: Sql, delivery: string): AttemptNote[] {
  return sql
    .exec<AttemptNote & Record<string, SqlStorageValue>>(
      'SELECT at, outcome, status, detail, ms FROM attempt WHERE delivery = ? ORDER BY seq',
      delivery,
    )
    .toArray();
}
