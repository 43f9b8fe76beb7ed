/**
 * Turns judged entries into stories, and developments of stories into rows of the outbox. Each (entry, rule) pair is
 * handled once.
 */

import { alertEntry, composeAlert, type Wording } from '../../../lib/alert/compose.ts';
import { isNewsAtFirstSight, isTooOld } from '../../../lib/alert/decide.ts';
import type { DigestReason } from '../../../lib/model/alert.ts';
import type { FeedConfig, RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { EntryText } from '../../../lib/model/entry.ts';
import type { EpochMs, Hash53 } from '../../../lib/model/flavor.ts';
import type { Match } from '../../../lib/model/match.ts';
import type { EntryFacts } from '../../../lib/model/story.ts';
import { reportOf } from '../../../lib/story/report.ts';
import { log } from '../../log.ts';
import { handledPair, markHandled } from '../table/handled.ts';
import type { Sql } from '../table/sql.ts';
import { writeStory } from '../table/stories.ts';
import { dispatchAlerts, type PendingAlert } from './dispatch.ts';
import type { JudgedFeed } from './judge.ts';
import type { RuleStories } from './rule-stories.ts';

/** Context of the alerts of one feed. */
export interface FeedContext {
  readonly config: RunningConfig;
  readonly wording: Wording;
  /** Open stories of the batch's rules, read once. */
  readonly stories: RuleStories;
  readonly feed: FeedConfig;
  /** When the feed was first polled; null: unknown. */
  readonly since: EpochMs | null;
  readonly now: EpochMs;
  readonly wall: EpochMs;
}

/** An entry that a rule matched. */
export interface Matched {
  readonly rule: RuleConfig;
  readonly entry: EntryText;
  /** Keys that identify the (entry, rule) pair. */
  readonly keys: readonly Hash53[];
  readonly match: Match;
  readonly facts: EntryFacts;
  readonly grade: string | null;
}

/** Must run inside the transaction of its batch. @returns how many deliveries were enqueued */
export function alertOnFeed(sql: Sql, judged: JudgedFeed, context: FeedContext): number {
  const { feed, now } = context;
  let old = 0;
  const pending = matchesOf(judged, context).flatMap((matched) => {
    const { entry, rule } = matched;
    const isNews = judged.baseline
      ? isNewsAtFirstSight(entry.published, context)
      : !isTooOld(entry.published, rule.where.maxAgeMs ?? feed.maxAgeMs, now);
    const entered = enterOnce(sql, matched, isNews, context);
    if (entered !== null && !isNews && !judged.baseline) old++;
    return entered ?? [];
  });
  if (old > 0)
    log('info', `feed ${feed.id}`, `had ${old} new matches older than max_age: no alert was sent for them`);
  return dispatchAlerts(sql, pending, { ...context, digest: digestReason(judged, context) });
}

/** Each (entry, rule) pair enters a story once. @returns null when the rule handled the entry before */
export function enterOnce(
  sql: Sql,
  matched: Matched,
  isNews: boolean,
  context: Pick<FeedContext, 'stories' | 'wording' | 'now'>,
): PendingAlert[] | null {
  const { rule, keys } = matched;
  const known = handledPair(sql, rule.id, keys);
  const { story, pending } =
    known === null ? enterStory(sql, matched, isNews, context) : { ...known, pending: null };
  // Also when it is known: an edit may have brought keys that are not.
  markHandled(sql, { rule: rule.id, keys, story }, context.now);
  return pending;
}

/** Adds the entry to its story. @returns one pending alert for each development that this caused */
function enterStory(
  sql: Sql,
  { rule, entry, match, facts, grade }: Matched,
  isNews: boolean,
  { stories, wording, now }: Pick<FeedContext, 'stories' | 'wording' | 'now'>,
): { readonly story: string; readonly pending: PendingAlert[] } {
  const report = reportOf(entry, { facts, grade, seen: now, family: stories.familyOf(entry) });
  const { story, developments } = stories.of(rule).enter(report, isNews);
  writeStory(sql, story);
  const alerted = alertEntry(entry, { match, grade, names: wording.names });
  const pending = developments.map(({ kind }) => ({
    rule,
    publisher: report.publisher,
    alert: composeAlert(story, { rule, kind, entry: alerted, wording }),
  }));
  return { story: story.id, pending };
}

/** Matches of new or changed entries. Oldest entry first: of two reports in one poll, the earlier one opens the story. */
function matchesOf(judged: JudgedFeed, { config, feed, now }: FeedContext): Matched[] {
  const rules = new Map(config.rules.map((rule) => [rule.id, rule]));
  return judged.entries
    .filter(({ verdict }) => verdict !== 'known')
    .toSorted((a, b) => (a.polled.entry.published ?? now) - (b.polled.entry.published ?? now))
    .flatMap(({ polled, pairKeys }) =>
      polled.matches.flatMap((match) => {
        const rule = rules.get(match.rule);
        // The rule was removed during the poll: its matches are ignored.
        if (rule === undefined || polled.facts === null) return [];
        const { entry, facts } = polled;
        return [{ rule, entry, keys: pairKeys, match, facts, grade: feed.grade }];
      }),
    );
}

function digestReason(judged: JudgedFeed, { feed }: FeedContext): DigestReason | null {
  if (judged.baseline) return feed.backfillMs === null ? null : 'backfill';
  return judged.churn ? 'flood' : null;
}
