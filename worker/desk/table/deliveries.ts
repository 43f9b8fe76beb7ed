/** Deliveries as people look at them: what went where, with each attempt. */
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { DELIVERIES_LISTED_MAX } from '../../../lib/model/limits.ts';

export interface AttemptNote {
  readonly at: EpochMs;
  readonly outcome: string;
  readonly status: number | null;
  readonly detail: string | null;
  readonly ms: number;
}

export interface DeliveryNote {
  /** The `webhook-id`. */
  readonly id: string;
  readonly channel: string;
  /** `alert.first` and its like. */
  readonly type: string;
  readonly created: EpochMs;
  /** pending, delivered, dead, cancelled */
  readonly state: string;
  readonly reason: string | null;
  readonly settled: EpochMs | null;
  readonly attempts: readonly AttemptNote[];
}

/** Of events that name the entry; newest first. */
export function deliveriesOfEntry(sql: SqlStorage, entry: string): DeliveryNote[] {
  return deliveries(sql, `"id":${JSON.stringify(entry)}`);
}

export function deliveriesOfStory(sql: SqlStorage, story: string): DeliveryNote[] {
  return deliveries(sql, `"story":${JSON.stringify(story)}`);
}

/** @param part of the event's JSON */
function deliveries(sql: SqlStorage, part: string): DeliveryNote[] {
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
       FROM outbox WHERE instr(event, ?) > 0 ORDER BY seq DESC LIMIT ?`,
      part,
      DELIVERIES_LISTED_MAX,
    )
    .toArray()
    .map((row) => ({ ...row, attempts: attemptsOf(sql, row.id) }));
}

function attemptsOf(sql: SqlStorage, delivery: string): AttemptNote[] {
  return sql
    .exec<AttemptNote & Record<string, SqlStorageValue>>(
      'SELECT at, outcome, status, detail, ms FROM attempt WHERE delivery = ? ORDER BY seq',
      delivery,
    )
    .toArray();
}
