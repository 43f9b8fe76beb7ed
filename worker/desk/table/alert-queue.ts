/** Alerts that wait: for the end of quiet hours, for their digest, for the next hour, for company. Clock of ticks. */
import { digestEvents, type RoutedEvent, singleEvent } from '../../../lib/alert/event.ts';
import type { Alert, DigestReason } from '../../../lib/model/alert.ts';
import type { ChannelId, EpochMs, RuleId } from '../../../lib/model/flavor.ts';
import { HELD_RELEASED_MAX } from '../../../lib/model/limits.ts';

interface Held {
  readonly seq: number;
  readonly reason: DigestReason;
  readonly rule: RuleId;
  readonly channel: ChannelId;
  readonly alert: Alert;
}

export function hold(
  sql: SqlStorage,
  alert: Alert,
  { channel, reason, until }: { channel: ChannelId; reason: DigestReason; until: EpochMs },
): void {
  sql.exec(
    'INSERT INTO held (until, reason, rule, channel, alert) VALUES (?, ?, ?, ?, ?)',
    until,
    reason,
    alert.rule,
    channel,
    JSON.stringify(alert),
  );
}

/** Until when alerts of the rule wait for company on that channel; null: none waits, so a new wait begins. */
export function groupUntil(sql: SqlStorage, rule: RuleId, channel: ChannelId): EpochMs | null {
  return sql
    .exec<{ until: number | null }>(
      "SELECT min(until) AS until FROM held WHERE reason = 'group' AND rule = ? AND channel = ?",
      rule,
      channel,
    )
    .one().until;
}

/** Takes what is due by `now` out of the table, as events: what waited together comes together. */
export function releaseHeld(sql: SqlStorage, now: EpochMs): RoutedEvent[] {
  const rows = sql
    .exec<{ seq: number; reason: string; rule: string; channel: string; alert: string }>(
      'SELECT seq, reason, rule, channel, alert FROM held WHERE until <= ? ORDER BY seq LIMIT ?',
      now,
      HELD_RELEASED_MAX,
    )
    .toArray()
    .map(
      (row): Held => ({ ...row, reason: row.reason as DigestReason, alert: JSON.parse(row.alert) as Alert }),
    );
  for (const { seq } of rows) sql.exec('DELETE FROM held WHERE seq = ?', seq);
  const parties = Map.groupBy(rows, partyOf);
  return [...parties.values()].flatMap((held) => eventsOf(held, now));
}

/** Digests and nights gather all rules of a channel; a used-up hour and a group are of one rule. */
function partyOf({ reason, rule, channel }: Held): string {
  const own = reason === 'budget' || reason === 'group';
  return JSON.stringify([channel, reason, own ? rule : '']);
}

function eventsOf(held: readonly Held[], now: EpochMs): RoutedEvent[] {
  const [first] = held;
  if (first === undefined) return [];
  const { channel, reason } = first;
  const alerts =
    reason === 'group' ? byStory(held.map(({ alert }) => alert)) : held.map(({ alert }) => alert);
  const [only] = alerts;
  const single = alerts.length === 1 && reason !== 'digest';
  return single && only !== undefined
    ? [singleEvent(only, channel, now)]
    : digestEvents(alerts, { channel, reason, now });
}

/** One alert a story: the weightiest development, in the state of the latest, with the entries of all. */
function byStory(alerts: readonly Alert[]): Alert[] {
  return [...Map.groupBy(alerts, ({ story }) => story).values()].map((of) => {
    const first = of[0]!;
    const last = of.at(-1)!;
    const entries = new Map(of.flatMap((alert) => alert.entries.map((entry) => [entry.id, entry])));
    return { ...last, development: first.development, entries: [...entries.values()] };
  });
}

export function heldCount(sql: SqlStorage): number {
  return sql.exec<{ count: number }>('SELECT count(*) AS count FROM held').one().count;
}
