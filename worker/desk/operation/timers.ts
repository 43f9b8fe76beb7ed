/** What happens by the passage of tick time: queued alerts fall due, stories close, ongoing stories are repeated. */

import { composeAlert, type Wording } from '../../../lib/alert/compose.ts';
import type { RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { STORY_QUIET_MS_MAX } from '../../../lib/model/limits.ts';
import { closedAt } from '../../../lib/story/story.ts';
import { releaseQueued } from '../table/alert-queue.ts';
import { enqueue } from '../table/outbox.ts';
import type { Sql } from '../table/sql.ts';
import { busyStories, quietStories, writeStory } from '../table/stories.ts';
import { dispatchAlerts, type PendingAlert } from './dispatch.ts';

interface Now {
  readonly config: RunningConfig;
  readonly wording: Wording;
  readonly now: EpochMs;
  readonly wall: EpochMs;
}

/** Must run inside a transaction. */
export function runTimers(sql: Sql, at: Now): void {
  const rules = new Map(at.config.rules.map((rule) => [rule.id, rule]));
  const pending = [...closings(sql, rules, at), ...repetitions(sql, at)];
  dispatchAlerts(sql, pending, { digest: null, now: at.now, wall: at.wall });
  enqueue(sql, releaseQueued(sql, at.now), at.wall);
}

function closings(sql: Sql, rules: ReadonlyMap<string, RuleConfig>, { now, wording }: Now): PendingAlert[] {
  return quietStories(sql, now - STORY_QUIET_MS_MAX).flatMap(({ story }) => {
    const closed = closedAt(story, now);
    if (closed === null) return [];
    writeStory(sql, closed.story);
    const rule = rules.get(story.rule);
    // A story that never caused an alert closes without one.
    if (rule === undefined || !story.hasFirst) return [];
    return [
      {
        rule,
        publisher: null,
        alert: composeAlert(closed.story, { rule, kind: 'closed', entry: null, wording }),
      },
    ];
  });
}

function repetitions(sql: Sql, { config, now, wording }: Now): PendingAlert[] {
  return config.rules.flatMap((rule) => {
    const { repeatMs } = rule.notify;
    if (repeatMs === null) return [];
    return busyStories(sql, rule.id, now - repeatMs).map(({ story }) => ({
      rule,
      publisher: null,
      alert: composeAlert(story, { rule, kind: 'repeat', entry: null, wording }),
    }));
  });
}
