/** Notices about the service itself, sent to the `ops` channels: one for each transition and one when it is over. */

import {
  channelDisabledText,
  feedsText,
  feedText,
  OUTBOX_OK_TEXT,
  opsEvent,
  outboxOldText,
  type ReportedFeedState,
  TICKS_RESUMED_TEXT,
  ticksStoppedText,
} from '../../../lib/alert/ops.ts';
import type { OpsType } from '../../../lib/model/alert.ts';
import type { RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, EpochMs } from '../../../lib/model/flavor.ts';
import { OPS_FEEDS_NAMED_MAX, OUTBOX_AGE_MS_MAX } from '../../../lib/model/limits.ts';
import { MINUTE_MS } from '../../../lib/model/time.ts';
import type { FeedState } from '../../../lib/poll/state.ts';
import { hash53 } from '../../../lib/text/hash.ts';
import { readFact, writeFact } from '../table/facts.ts';
import { enqueue } from '../table/outbox.ts';
import type { Sql } from '../table/sql.ts';

/** Context of notices. */
export interface OpsContext {
  readonly config: RunningConfig;
  readonly wall: EpochMs;
}

interface Notice {
  readonly type: OpsType;
  readonly subject: string;
  readonly text: string;
}

/** The channel stopped accepting deliveries. The notice goes to all other ops channels. */
export function onChannelDisabled(
  sql: Sql,
  { channel, reason }: { channel: ChannelId; reason: string },
  context: OpsContext,
): void {
  const text = channelDisabledText(channel, reason);
  sendNotice(sql, { type: 'channel.disabled', subject: channel, text }, { ...context, except: channel });
}

/** @param intervalsMs time without a tick, in milliseconds */
export function onTicksStopped(sql: Sql, intervalsMs: number, context: OpsContext): void {
  const text = ticksStoppedText(Math.max(1, Math.round(intervalsMs / MINUTE_MS)));
  sendNotice(sql, { type: 'ticks.stopped', subject: 'ticks', text }, context);
}

/** Ends the notice of `onTicksStopped`. */
export function onTicksResumed(sql: Sql, context: OpsContext): void {
  sendNotice(sql, { type: 'ticks.resumed', subject: 'ticks', text: TICKS_RESUMED_TEXT }, context);
}

/** States that cause a notice. Not `slow` (the publisher's request), `new` or `paused` (the user's choice). */
const REPORTED: readonly FeedState[] = ['failing', 'suspect', 'stale', 'gone'];

/** Transitions of one batch. Recovery is reported only for feeds whose failure was reported. */
export function onFeedTransitions(
  sql: Sql,
  transitions: readonly { readonly feed: string; readonly to: FeedState }[],
  context: OpsContext,
): void {
  if (transitions.length === 0 || (context.config.ops ?? []).length === 0) return;
  const reported = reportedOf(sql);
  const byState = new Map<ReportedFeedState, string[]>();
  for (const { feed, to } of transitions) {
    const key = `feed ${feed}`;
    const recovered = to === 'ok' && reported.has(key);
    if (!recovered && (!REPORTED.includes(to) || reported.get(key) === to)) continue;
    if (recovered) reported.delete(key);
    else reported.set(key, to);
    const state = to as ReportedFeedState;
    byState.set(state, [...(byState.get(state) ?? []), feed]);
  }
  if (byState.size === 0) return;
  for (const [state, feeds] of byState) {
    const notices: Notice[] =
      feeds.length > OPS_FEEDS_NAMED_MAX
        ? [{ type: `feed.${state}`, subject: 'feeds', text: feedsText(feeds, state) }]
        : feeds.map((feed) => ({ type: `feed.${state}`, subject: feed, text: feedText(feed, state) }));
    for (const notice of notices) sendNotice(sql, notice, context);
  }
  saveReported(sql, reported);
}

/** Checks the oldest pending delivery at every tick. Its own channel gets no notice if another ops channel exists. */
export function watchOutbox(sql: Sql, context: OpsContext): void {
  if ((context.config.ops ?? []).length === 0) return;
  const reported = reportedOf(sql);
  const [oldest] = sql
    .exec<{ channel: string; created: number; waiting: number }>(
      `SELECT channel, min(created) AS created, (SELECT count(*) FROM outbox WHERE state = 'pending') AS waiting
       FROM outbox WHERE state = 'pending' AND json_valid(event)
         AND json_extract(event, '$.type') NOT LIKE 'outbox.%' GROUP BY channel ORDER BY created LIMIT 1`,
    )
    .toArray();
  const ageMs = oldest === undefined ? 0 : context.wall - oldest.created;
  const isOld = ageMs > OUTBOX_AGE_MS_MAX;
  if (isOld === reported.has('outbox')) return;
  if (oldest !== undefined && isOld) {
    reported.set('outbox', oldest.channel);
    const text = outboxOldText(oldest.channel, ageMs, oldest.waiting);
    sendNotice(
      sql,
      { type: 'outbox.old', subject: oldest.channel, text },
      { ...context, except: oldest.channel },
    );
  } else {
    // Same subject as the first notice, so that the receiver closes the incident which that notice opened.
    const subject = reported.get('outbox') ?? 'outbox';
    reported.delete('outbox');
    sendNotice(sql, { type: 'outbox.ok', subject, text: OUTBOX_OK_TEXT }, context);
  }
  saveReported(sql, reported);
}

function sendNotice(
  sql: Sql,
  { type, subject, text }: Notice,
  { config, wall, except }: OpsContext & { readonly except?: ChannelId },
): void {
  const configured = new Set(config.channels.map(({ id }) => id));
  const to = (config.ops ?? []).filter((channel) => channel !== except && configured.has(channel));
  const event = opsEvent(type, { subject, text, at: wall });
  const events = to.map((channel) => ({
    id: `msg_ops_${hash53(`${type}\n${subject}\n${wall}\n${channel}`).toString(36)}`,
    channel,
    event,
  }));
  enqueue(sql, events, wall);
}

/** Reported and not yet over: `feed <id>` → its state, `outbox` → the channel. */
function reportedOf(sql: Sql): Map<string, string> {
  const stored = readFact(sql, 'ops-reported');
  return new Map(stored === null ? [] : (JSON.parse(stored) as [string, string][]));
}

function saveReported(sql: Sql, reported: ReadonlyMap<string, string>): void {
  writeFact(sql, 'ops-reported', JSON.stringify([...reported]));
}
