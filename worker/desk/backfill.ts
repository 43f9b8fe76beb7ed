/** A rule that is switched on with `backfill` meets the archive: what it would have told goes out as one digest. */
import { type Matched, route } from '../../lib/alert/decide.ts';
import type { Rules } from '../../lib/match/load.ts';
import { matchEntry } from '../../lib/match/match.ts';
import type { Config, RuleConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { markHandled } from './alerts.ts';
import { archivedSince } from './archive.ts';
import { enqueue } from './outbox.ts';

/** Rules with `backfill` whose id was not there before: an edit of a rule re-alerts nothing. */
export function newBackfillRules(before: Config | null, after: Config): RuleConfig[] {
  const known = new Set(before?.rules.map((rule) => rule.id));
  return before === null ? [] : after.rules.filter((rule) => rule.backfillMs !== null && !known.has(rule.id));
}

/** Must run inside the transaction that publishes. */
export function enterArchivedEntries(
  sql: SqlStorage,
  { loaded, rules, now, wall }: { loaded: Rules; rules: readonly RuleConfig[]; now: EpochMs; wall: EpochMs },
): void {
  const wanted = new Map(rules.map((rule) => [rule.id, rule]));
  const longest = Math.max(...rules.map((rule) => rule.backfillMs ?? 0));
  const told: (Matched & { readonly at: EpochMs })[] = [];
  for (const { seen, keys, entry } of archivedSince(sql, now - longest)) {
    for (const match of matchEntry(loaded, entry)) {
      const rule = wanted.get(match.rule);
      if (rule === undefined || now - seen > (rule.backfillMs ?? 0)) continue;
      if (markHandled(sql, rule.id, keys, now))
        told.push({ rule, entry, match, at: entry.published ?? seen });
    }
  }
  const newestFirst = told.sort((a, b) => b.at - a.at);
  enqueue(sql, route(newestFirst, { digest: 'backfill', now }), wall);
}
