/**
 * Turns judged entries into stories, and developments of stories into rows of the outbox. Each (entry, rule) pair is
 * handled once.
 */

import { alertEntry, composeAlert, type Wording } from '../../../lib/alert/compose.ts';
import { isTooOld } from '../../../lib/alert/decide.ts';
import type { DigestReason } from '../../../lib/model/alert.ts';
import type { FeedConfig, RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { EntryText } from '../../../lib/model/entry.ts';
import type { EpochMs, Hash53 } from '../../../lib/model/flavor.ts';
import { HANDLED_KEPT_MS } from '../../../lib/model/limits.ts';
import type { Match } from '../../../lib/model/match.ts';
import type { EntryFacts } from '../../../lib/model/story.ts';
import { reportOf } from '../../../lib/story/report.ts';
import { log } from '../../log.ts';
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

/** An entry that a rule matched for the first time. */
export interface Matched {
  readonly rule: RuleConfig;
  readonly entry: EntryText;
  readonly match: Match;
  readonly facts: EntryFacts;
  readonly grade: string | null;
}

/** Must run inside the transaction of its batch. @returns how many deliveries were enqueued */
export function alertOnFeed(sql: Sql, judged: JudgedFeed, context: FeedContext): number {
  const { feed, now } = context;
  const fresh = freshMatches(sql, judged, context);
  let old = 0;
  const pending = fresh.flatMap((matched) => {
    const { entry, rule } = matched;
    const isNews = judged.baseline
      ? isNewsAtFirstSight(entry.published, context)
      : !isTooOld(entry.published, rule.where.maxAgeMs ?? feed.maxAgeMs, now);
    if (!isNews && !judged.baseline) old++;
    return enterStory(sql, matched, isNews, context);
  });
  if (old > 0)
    log('info', `feed ${feed.id}`, `had ${old} new matches older than max_age: no alert was sent for them`);
  return dispatchAlerts(sql, pending, { ...context, digest: digestReason(judged, context) });
}

/** Adds the entry to its story. @returns one pending alert for each development that this caused */
export function enterStory(
  sql: Sql,
  { rule, entry, match, facts, grade }: Matched,
  isNews: boolean,
  { stories, wording, now }: Pick<FeedContext, 'stories' | 'wording' | 'now'>,
): PendingAlert[] {
  const report = reportOf(entry, { facts, grade, seen: now, family: stories.familyOf(entry) });
  const { story, developments } = stories.of(rule).enter(report, isNews);
  writeStory(sql, story);
  const alerted = alertEntry(entry, { match, grade, names: wording.names });
  return developments.map(({ kind }) => ({
    rule,
    publisher: report.publisher,
    alert: composeAlert(story, { rule, kind, entry: alerted, wording }),
  }));
}

/**
 * Matches of new or changed entries, each (entry, rule) pair only the first time. Oldest entry first: of two reports
 * in one poll, the earlier one opens the story.
 */
function freshMatches(sql: Sql, judged: JudgedFeed, { config, feed, now }: FeedContext): Matched[] {
  const rules = new Map(config.rules.map((rule) => [rule.id, rule]));
  return judged.entries
    .filter(({ verdict }) => verdict !== 'known')
    .toSorted((a, b) => (a.polled.entry.published ?? now) - (b.polled.entry.published ?? now))
    .flatMap(({ polled, pairKeys }) =>
      polled.matches.flatMap((match) => {
        const rule = rules.get(match.rule);
        // The rule was removed during the poll: its matches are ignored.
        if (rule === undefined || polled.facts === null) return [];
        if (!markHandled(sql, rule.id, pairKeys, now)) return [];
        return [{ rule, entry: polled.entry, match, facts: polled.facts, grade: feed.grade }];
      }),
    );
}

/** The first poll of a feed alerts only on what `backfill` asks for and on entries from after the feed was first tried. */
function isNewsAtFirstSight(published: EpochMs | null, { feed, since, now }: FeedContext): boolean {
  if (published === null) return false;
  if (feed.backfillMs !== null && now - published <= feed.backfillMs) return true;
  return since !== null && since < now && published > since && published <= now;
}

function digestReason(judged: JudgedFeed, { feed }: FeedContext): DigestReason | null {
  if (judged.baseline) return feed.backfillMs === null ? null : 'backfill';
  return judged.churn ? 'flood' : null;
}

/** @returns false when the rule handled an entry with one of these keys before */
export function markHandled(sql: Sql, rule: string, keys: readonly Hash53[], now: EpochMs): boolean {
  let fresh = true;
  for (const key of keys) {
    const known =
      sql.exec('SELECT 1 FROM handled WHERE rule = ? AND key = ?', rule, key).toArray().length > 0;
    if (known) fresh = false;
  }
  for (const key of keys) {
    sql.exec('INSERT OR IGNORE INTO handled (rule, key, at) VALUES (?, ?, ?)', rule, key, now);
  }
  return fresh;
}

/** Deletes pairs older than HANDLED_KEPT_MS. */
export function pruneHandled(sql: Sql, now: EpochMs): void {
  sql.exec('DELETE FROM handled WHERE at < ?', now - HANDLED_KEPT_MS);
}
