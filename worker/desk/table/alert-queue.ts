/** Alerts that wait: for the end of quiet hours, the next digest, the next hour, or the rest of their group. Tick time. */

import { digestEvents, type RoutedEvent, singleEvent } from '../../../lib/alert/event.ts';
import type { Alert, DigestReason } from '../../../lib/model/alert.ts';
import type { ChannelId, EpochMs, RuleId } from '../../../lib/model/flavor.ts';
import { QUEUED_RELEASED_MAX } from '../../../lib/model/limits.ts';
import type { Sql } from './sql.ts';

interface QueuedAlert {
  readonly seq: number;
  readonly reason: DigestReason;
  readonly rule: RuleId;
  readonly channel: ChannelId;
  readonly alert: Alert;
}

/** @param until tick time at which the alert falls due */
export function queueAlert(
  sql: Sql,
  alert: Alert,
  { channel, reason, until }: { channel: ChannelId; reason: DigestReason; until: EpochMs },
): void {
  sql.exec(
    'INSERT INTO alert_queue (until, reason, rule, channel, alert) VALUES (?, ?, ?, ?, ?)',
    until,
    reason,
    alert.rule,
    channel,
    JSON.stringify(alert),
  );
}

/** Until when alerts of the rule are grouped on that channel; null: no group is open. */
export function groupUntil(sql: Sql, rule: RuleId, channel: ChannelId): EpochMs | null {
  return sql
    .exec<{ until: number | null }>(
      "SELECT min(until) AS until FROM alert_queue WHERE reason = 'group' AND rule = ? AND channel = ?",
      rule,
      channel,
    )
    .one().until;
}

/** Removes alerts that are due by `now` and returns them as events: alerts queued together are sent together. */
export function releaseQueued(sql: Sql, now: EpochMs): RoutedEvent[] {
  const rows = sql
    .exec<{ seq: number; reason: string; rule: string; channel: string; alert: string }>(
      'SELECT seq, reason, rule, channel, alert FROM alert_queue WHERE until <= ? ORDER BY seq LIMIT ?',
      now,
      QUEUED_RELEASED_MAX,
    )
    .toArray()
    .map(
      (row): QueuedAlert => ({
        ...row,
        reason: row.reason as DigestReason,
        alert: JSON.parse(row.alert) as Alert,
      }),
    );
  for (const { seq } of rows) sql.exec('DELETE FROM alert_queue WHERE seq = ?', seq);
  const groups = Map.groupBy(rows, groupOf);
  return [...groups.values()].flatMap((queued) => eventsOf(queued, now));
}

/** `digest` and `quiet` combine all rules of a channel; `budget` and `group` only alerts of one rule. */
function groupOf({ reason, rule, channel }: QueuedAlert): string {
  const own = reason === 'budget' || reason === 'group';
  return JSON.stringify([channel, reason, own ? rule : '']);
}

function eventsOf(queued: readonly QueuedAlert[], now: EpochMs): RoutedEvent[] {
  const [first] = queued;
  if (first === undefined) return [];
  const { channel, reason } = first;
  const alerts =
    reason === 'group' ? byStory(queued.map(({ alert }) => alert)) : queued.map(({ alert }) => alert);
  const [only] = alerts;
  const single = alerts.length === 1 && reason !== 'digest';
  return single && only !== undefined
    ? [singleEvent(only, channel, now)]
    : digestEvents(alerts, { channel, reason, now });
}

/** One alert for each story: the first development, the latest state, and the entries of all. */
function byStory(alerts: readonly Alert[]): Alert[] {
  return [...Map.groupBy(alerts, ({ story }) => story).values()].map((of) => {
    const first = of[0]!;
    const last = of.at(-1)!;
    const entries = new Map(of.flatMap((alert) => alert.entries.map((entry) => [entry.id, entry])));
    return { ...last, development: first.development, entries: [...entries.values()] };
  });
}

/** Number of queued alerts. */
export function queuedCount(sql: Sql): number {
  return sql.exec<{ count: number }>('SELECT count(*) AS count FROM alert_queue').one().count;
}
