/** A new rule with `backfill` is run over the archive: its alerts are sent as one digest. */

import type { Wording } from '../../../lib/alert/compose.ts';
import type { Bundle } from '../../../lib/match/compile/bundle.ts';
import { matchEntry } from '../../../lib/match/run/match.ts';
import type { RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { factsOf } from '../../../lib/story/facts.ts';
import { archivedSince } from '../table/archive.ts';
import type { Sql } from '../table/sql.ts';
import { enterOnce, type Matched } from './alerts.ts';
import { dispatchAlerts } from './dispatch.ts';
import { RuleStories } from './rule-stories.ts';

/** Rules with `backfill` whose id is new: editing a rule does not alert again. */
export function newBackfillRules(before: RunningConfig | null, after: RunningConfig): RuleConfig[] {
  const known = new Set(before?.rules.map((rule) => rule.id));
  return before === null ? [] : after.rules.filter((rule) => rule.backfillMs !== null && !known.has(rule.id));
}

interface Backfill {
  readonly bundle: Bundle;
  readonly rules: readonly RuleConfig[];
  readonly wording: Wording;
  readonly now: EpochMs;
  readonly wall: EpochMs;
}

/** Must run inside the transaction that publishes the configuration. */
export function enterArchivedEntries(sql: Sql, backfill: Backfill): void {
  const { wording, now, wall } = backfill;
  const stories = new RuleStories(sql, wording.names, backfill.bundle.config.families);
  const oldestFirst = archivedMatches(sql, backfill).sort((a, b) => a.at - b.at);
  const pending = oldestFirst.flatMap(
    (matched) => enterOnce(sql, matched, true, { stories, wording, now }) ?? [],
  );
  dispatchAlerts(sql, pending, { digest: 'backfill', now, wall });
}

function archivedMatches(sql: Sql, { bundle, rules, now }: Backfill): (Matched & { readonly at: EpochMs })[] {
  const wanted = new Map(rules.map((rule) => [rule.id, rule]));
  const { rules: loaded, lexicon, config } = bundle;
  const grades = new Map(config.feeds.map((feed) => [feed.id, feed.grade]));
  const longest = Math.max(...rules.map((rule) => rule.backfillMs ?? 0));
  const found: (Matched & { readonly at: EpochMs })[] = [];
  for (const { seen, keys, entry } of archivedSince(sql, now - longest)) {
    for (const match of matchEntry(loaded, entry)) {
      const rule = wanted.get(match.rule);
      if (rule === undefined || now - seen > (rule.backfillMs ?? 0)) continue;
      const grade = grades.get(entry.feed ?? '') ?? null;
      found.push({
        rule,
        entry,
        keys,
        match,
        facts: factsOf(entry, lexicon),
        grade,
        at: entry.published ?? seen,
      });
    }
  }
  return found;
}
