/** Decides for each pending alert: send, queue or drop. The development table records the decision and its reason. */

import { type Decision, decide, hourOf } from '../../../lib/alert/decide.ts';
import { digestEvents, type RoutedEvent, singleEvent } from '../../../lib/alert/event.ts';
import type { Alert, DigestReason } from '../../../lib/model/alert.ts';
import type { RuleConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { FLOOD_ALERTS_MAX } from '../../../lib/model/limits.ts';
import { groupUntil, queueAlert } from '../table/alert-queue.ts';
import { endMutesOn, mutedBy } from '../table/mutes.ts';
import { enqueue } from '../table/outbox.ts';
import type { Sql } from '../table/sql.ts';
import { markAlerted } from '../table/stories.ts';

/** An alert before the decision about it. */
export interface PendingAlert {
  readonly rule: RuleConfig;
  readonly alert: Alert;
  /** Publisher of the report that caused the development; null: unknown, or no report caused it. */
  readonly publisher: string | null;
}

interface Dispatch {
  /** Why several alerts may be combined into one message; null: never combine. */
  readonly digest: DigestReason | null;
  readonly now: EpochMs;
  readonly wall: EpochMs;
}

/** Must run inside a transaction. @returns how many deliveries were enqueued */
export function dispatchAlerts(sql: Sql, pending: readonly PendingAlert[], dispatch: Dispatch): number {
  const { digest, now, wall } = dispatch;
  const gathered = digest === 'backfill' || (digest === 'flood' && pending.length > FLOOD_ALERTS_MAX);
  const sent: PendingAlert[] = [];
  for (const one of pending) {
    endMutesOn(sql, one.alert.story, one.alert.development);
    const decision = decisionOn(sql, one, { now, gathered });
    note(sql, one, decision, now);
    if (decision.kind === 'queue') queueOnAll(sql, one, decision);
    if (decision.kind === 'send') sent.push(one);
    if (decision.kind === 'send' || decision.kind === 'queue') markAlerted(sql, one.alert.story, now);
  }
  return enqueue(sql, gathered && digest !== null ? asDigest(sent, digest, now) : oneByOne(sent, now), wall);
}

/** Alerts that are combined into one digest do not count towards the rule's hourly budget. */
function decisionOn(
  sql: Sql,
  { rule, alert, publisher }: PendingAlert,
  { now, gathered }: { now: EpochMs; gathered: boolean },
): Decision {
  const muted = mutedBy(sql, { rule: rule.id, story: alert.story, publisher }, now);
  const decision = decide(alert.development, rule, {
    now,
    sent: gathered ? 0 : alertsThisHour(sql, rule.id, now),
    muted,
  });
  if (decision.kind === 'send' && !gathered) countAlert(sql, rule.id, now);
  return decision;
}

function oneByOne(sent: readonly PendingAlert[], now: EpochMs): RoutedEvent[] {
  return sent.flatMap(({ alert, rule }) => rule.notify.to.map((channel) => singleEvent(alert, channel, now)));
}

/** One digest for each channel, newest entry first: readers start at the top. */
function asDigest(sent: readonly PendingAlert[], reason: DigestReason, now: EpochMs): RoutedEvent[] {
  const newest = sent.toSorted((a, b) => dateOf(b.alert).localeCompare(dateOf(a.alert)));
  const channels = new Set(newest.flatMap(({ rule }) => rule.notify.to));
  return [...channels].flatMap((channel) => {
    const mine = newest.filter(({ rule }) => rule.notify.to.includes(channel)).map(({ alert }) => alert);
    return digestEvents(mine, { channel, reason, now });
  });
}

const dateOf = ({ entries }: Alert): string => entries[0]?.published ?? '';

function queueOnAll(
  sql: Sql,
  { rule, alert }: PendingAlert,
  { reason, until }: Decision & { kind: 'queue' },
): void {
  for (const channel of rule.notify.to) {
    const waiting = reason === 'group' ? groupUntil(sql, rule.id, channel) : null;
    queueAlert(sql, alert, { channel, reason, until: waiting ?? until });
  }
}

/** Records the decision in the ledger of developments, for traces and story pages. */
function note(sql: Sql, { alert }: PendingAlert, decision: Decision, now: EpochMs): void {
  sql.exec(
    'INSERT INTO development (at, rule, story, entry, kind, decision, alert) VALUES (?, ?, ?, ?, ?, ?, ?)',
    now,
    alert.rule,
    alert.story,
    alert.entries[0]?.id ?? null,
    alert.development,
    wordOf(decision),
    decision.kind === 'send' || decision.kind === 'queue' ? JSON.stringify({ ...alert, sources: [] }) : null,
  );
}

function wordOf(decision: Decision): string {
  if (decision.kind === 'queue') return `queued:${decision.reason}`;
  return decision.kind === 'muted' ? `muted:${decision.by}` : decision.kind;
}

function alertsThisHour(sql: Sql, rule: string, now: EpochMs): number {
  return (
    sql
      .exec<{ alerts: number }>('SELECT alerts FROM rule_hour WHERE rule = ? AND hour = ?', rule, hourOf(now))
      .toArray()[0]?.alerts ?? 0
  );
}

function countAlert(sql: Sql, rule: string, now: EpochMs): void {
  sql.exec(
    `INSERT INTO rule_hour (rule, hour, alerts) VALUES (?1, ?2, 1)
     ON CONFLICT (rule) DO UPDATE SET alerts = CASE WHEN hour = ?2 THEN alerts + 1 ELSE 1 END, hour = ?2`,
    rule,
    hourOf(now),
  );
}
