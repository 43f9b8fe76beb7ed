/** The (entry, rule) pairs that were handled, and the story that each entered. An entry has up to three keys, a row each. */
import type { EpochMs, Hash53 } from '../../../lib/model/flavor.ts';
import { HANDLED_KEPT_MS } from '../../../lib/model/limits.ts';
import type { Sql } from './sql.ts';

/** @returns null when the rule never handled an entry with one of these keys; `story` is null for pairs of release 0.1 */
export function handledPair(
  sql: Sql,
  rule: string,
  keys: readonly Hash53[],
): { readonly story: string | null } | null {
  for (const key of keys) {
    const [row] = sql
      .exec<{ story: string | null }>('SELECT story FROM handled WHERE rule = ? AND key = ?', rule, key)
      .toArray();
    if (row !== undefined) return row;
  }
  return null;
}

/** Rows that exist stay as they are. */
export function markHandled(
  sql: Sql,
  {
    rule,
    keys,
    story,
  }: { readonly rule: string; readonly keys: readonly Hash53[]; readonly story: string | null },
  now: EpochMs,
): void {
  for (const key of keys)
    sql.exec(
      'INSERT OR IGNORE INTO handled (rule, key, at, story) VALUES (?, ?, ?, ?)',
      rule,
      key,
      now,
      story,
    );
}

/** Deletes pairs older than HANDLED_KEPT_MS. */
export function pruneHandled(sql: Sql, now: EpochMs): void {
  sql.exec('DELETE FROM handled WHERE at < ?', now - HANDLED_KEPT_MS);
}
