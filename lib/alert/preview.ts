/**
 * What a rule would have told of entries that it matched: the stories, developments and decisions that the desk would
 * have made of them, by the code that the desk runs. For previews; sends nothing.
 */

import type { RuleConfig } from '../model/config.ts';
import type { EntryText } from '../model/entry.ts';
import type { EpochMs, Hash53 } from '../model/flavor.ts';
import type { EntryFacts } from '../model/story.ts';
import { HOUR_MS } from '../model/time.ts';
import { storyRuleOf } from '../story/replay.ts';
import { reportOf } from '../story/report.ts';
import { OpenStories } from '../story/story.ts';
import { decide, hourOf, isTooOld } from './decide.ts';

/** An entry of the archive that the rule matched. */
export interface CaughtEntry {
  readonly seen: EpochMs;
  /** Under which (entry, rule) pairs of it are remembered: an edit of a known entry is none of its own. */
  readonly keys: readonly Hash53[];
  readonly entry: EntryText;
}

/** What has to be known beside the rule. */
export interface PreviewContext {
  /** English title of a list. */
  readonly titleOf: (id: string) => string;
  /** lib/story/facts.ts, or what it said of the entry before. */
  readonly factsOf: (entry: EntryText) => EntryFacts;
  /** lib/story/publisher.ts */
  readonly familyOf: (entry: EntryText) => string | null;
}

export interface AlertPreview {
  /** Messages would have gone out for so many developments, held ones included. */
  readonly alerts: number;
  /** When, in order. */
  readonly times: readonly EpochMs[];
  /** Entries that would have been told to nobody: known, too old, or nothing new in their story. */
  readonly silent: number;
  readonly stories: number;
  /** The hour with most alerts; null: there is none. */
  readonly worstHour: { readonly at: EpochMs; readonly alerts: number } | null;
}

/** @param caught in any order. A rule that tells nobody is counted as if it told somebody. */
export function previewAlerts(
  rule: RuleConfig,
  caught: readonly CaughtEntry[],
  { titleOf, factsOf, familyOf }: PreviewContext,
): AlertPreview {
  const stories = new OpenStories(storyRuleOf(rule, titleOf), []);
  const notify = rule.notify.to.length > 0 ? rule.notify : { ...rule.notify, to: ['nobody'] };
  const handled = new Set<Hash53>();
  const known = new Set<string>();
  const times: EpochMs[] = [];
  const byHour = new Map<number, number>();
  let silent = 0;
  for (const { seen, keys, entry } of caught.toSorted((a, b) => a.seen - b.seen)) {
    const isHandled = keys.some((key) => handled.has(key));
    for (const key of keys) handled.add(key);
    if (isHandled) continue;
    const isNews = !isTooOld(entry.published, rule.where.maxAgeMs, seen);
    const closed = stories
      .close(seen)
      .flatMap(({ story, developments }) => (story.hasFirst ? developments : []));
    const report = reportOf(entry, { facts: factsOf(entry), grade: null, seen, family: familyOf(entry) });
    const entered = stories.enter(report, isNews);
    known.add(entered.story.id);
    let sentNow = 0;
    for (const { kind } of [...closed, ...entered.developments]) {
      const sent = byHour.get(hourOf(seen)) ?? 0;
      const decision = decide(kind, { notify, testMode: false }, { now: seen, sent, muted: null });
      if (decision.kind !== 'send' && decision.kind !== 'queue') continue;
      byHour.set(hourOf(seen), sent + 1);
      times.push(seen);
      sentNow++;
    }
    if (sentNow === 0) silent++;
  }
  return { alerts: times.length, times, silent, stories: known.size, worstHour: worst(byHour) };
}

function worst(byHour: ReadonlyMap<number, number>): AlertPreview['worstHour'] {
  let most: AlertPreview['worstHour'] = null;
  for (const [hour, alerts] of byHour)
    if (most === null || alerts > most.alerts) most = { at: hour * HOUR_MS, alerts };
  return most;
}
