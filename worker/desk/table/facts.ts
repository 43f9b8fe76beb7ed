/** Single values of the desk: its id, epoch, last tick, and the day's writes to KV and to its own tables. */
import type { Sql } from './sql.ts';

/** Names of facts; each value is stored as text. */
export type Fact =
  | 'desk'
  | 'epoch'
  | 'last-tick-wall'
  | 'last-tick-at'
  | 'claim-cap'
  | 'claim-out'
  | 'delivered-ids-written'
  | 'kv-writes'
  | 'rows-written'
  | 'ticks-stopped'
  | 'config-rejected'
  | 'red-rules'
  | 'ops-reported'
  | 'heartbeat'
  | 'feed-secret'
  | 'pruned';

/** The stored text; null: the fact was never written or was cleared. */
export function readFact(sql: Sql, name: Fact): string | null {
  const rows = sql.exec<{ value: string }>('SELECT value FROM fact WHERE name = ?', name).toArray();
  return rows[0]?.value ?? null;
}

/** A fact as a number; 0 if it does not exist. */
export function readNumber(sql: Sql, name: Fact): number {
  return Number(readFact(sql, name) ?? '0');
}

/** Creates or replaces a fact. */
export function writeFact(sql: Sql, name: Fact, value: string | number): void {
  sql.exec(
    'INSERT INTO fact (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2',
    name,
    String(value),
  );
}

/** Deletes a fact; a missing one is ignored. */
export function clearFact(sql: Sql, name: Fact): void {
  sql.exec('DELETE FROM fact WHERE name = ?', name);
}
