/** Mutes: rules, stories and publishers that cause no alerts for a time, or until a development. Tick time. */

import type { MuteScope } from '../../../lib/alert/decide.ts';
import type { AlertKind } from '../../../lib/model/alert.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { MUTES_MAX } from '../../../lib/model/limits.ts';
import { publisherKey } from '../../../lib/story/publisher.ts';
import type { Sql } from './sql.ts';

/** One mute. */
export interface Mute {
  readonly scope: MuteScope;
  /** Id of the rule or story, or the publisher's name. */
  readonly target: string;
  readonly until: EpochMs;
  /** The development that ends the mute early and causes an alert; null: none does. */
  readonly endsOn: 'figure' | null;
  readonly reason: string | null;
}

/** Replaces an earlier mute of the same target. @returns false when there are MUTES_MAX mutes */
export function addMute(sql: Sql, mute: Mute, now: EpochMs): boolean {
  const { count } = sql.exec<{ count: number }>('SELECT count(*) AS count FROM mute').one();
  if (count >= MUTES_MAX) return false;
  sql.exec(
    'INSERT OR REPLACE INTO mute (scope, target, until, at, reason, ends_on) VALUES (?, ?, ?, ?, ?, ?)',
    mute.scope,
    keyOf(mute),
    mute.until,
    now,
    mute.reason,
    mute.endsOn,
  );
  return true;
}

/** @returns false when the target was not muted */
export function removeMute(sql: Sql, mute: Pick<Mute, 'scope' | 'target'>): boolean {
  return sql.exec('DELETE FROM mute WHERE scope = ? AND target = ?', mute.scope, keyOf(mute)).rowsWritten > 0;
}

/** Mutes in force at `now`, the one that ends first at the top. */
export function mutes(sql: Sql, now: EpochMs): Mute[] {
  return sql
    .exec<{ scope: string; target: string; until: number; reason: string | null; endsOn: string | null }>(
      'SELECT scope, target, until, reason, ends_on AS endsOn FROM mute WHERE until > ? ORDER BY until',
      now,
    )
    .toArray()
    .map((row) => ({ ...row, scope: row.scope as MuteScope, endsOn: row.endsOn as Mute['endsOn'] }));
}

/** @returns the scope of the mute that applies; null: none does */
export function mutedBy(
  sql: Sql,
  { rule, story, publisher }: { rule: string; story: string; publisher: string | null },
  now: EpochMs,
): MuteScope | null {
  const targets: Pick<Mute, 'scope' | 'target'>[] = [
    { scope: 'rule', target: rule },
    { scope: 'story', target: story },
    ...(publisher === null ? [] : [{ scope: 'publisher', target: publisher } as const]),
  ];
  const found = targets.find(
    (target) =>
      sql
        .exec(
          'SELECT 1 FROM mute WHERE scope = ? AND target = ? AND until > ?',
          target.scope,
          keyOf(target),
          now,
        )
        .toArray().length > 0,
  );
  return found?.scope ?? null;
}

/** Ends mutes that wait for this development. Must run before the decision on its alert. */
export function endMutesOn(sql: Sql, story: string, development: AlertKind): void {
  sql.exec("DELETE FROM mute WHERE scope = 'story' AND target = ? AND ends_on = ?", story, development);
}

/** Deletes mutes that have ended. */
export function pruneMutes(sql: Sql, now: EpochMs): void {
  sql.exec('DELETE FROM mute WHERE until <= ?', now);
}

const keyOf = ({ scope, target }: Pick<Mute, 'scope' | 'target'>): string =>
  scope === 'publisher' ? publisherKey(target) : target;
