/**
 * Previews the alerts of a rule for entries that it matched: the stories, developments and decisions that the desk would
 * have made, computed by the same code. Sends nothing.
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

/** An archived entry that the rule matched. */
export interface CaughtEntry {
  readonly seen: EpochMs;
  /** Keys of its (entry, rule) pairs: an edited version of a known entry does not count again. */
  readonly keys: readonly Hash53[];
  readonly entry: EntryText;
}

/** Context besides the rule. */
export interface PreviewContext {
  /** English title of a list. */
  readonly titleOf: (id: string) => string;
  /** `factsOf` of lib/story/facts.ts, or its cached result. */
  readonly factsOf: (entry: EntryText) => EntryFacts;
  /** lib/story/publisher.ts */
  readonly familyOf: (entry: EntryText) => string | null;
}

/** Result of a preview. */
export interface AlertPreview {
  /** Number of alerts that would have been sent, queued ones included. */
  readonly alerts: number;
  /** Times of these alerts, in order. */
  readonly times: readonly EpochMs[];
  /** Entries that would have caused no alert: known, too old, or without a development. */
  readonly silent: number;
  readonly stories: number;
  /** The hour with the most alerts; null: no alerts. */
  readonly worstHour: { readonly at: EpochMs; readonly alerts: number } | null;
}

/** @param caught in any order. A rule without channels is previewed as if it had one. */
export function previewAlerts(
  rule: RuleConfig,
  caught: readonly CaughtEntry[],
  { titleOf, factsOf, familyOf }: PreviewContext,
): AlertPreview {
  const stories = new OpenStories(storyRuleOf(rule, titleOf), []);
  const notify = rule.notify.to.length > 0 ? rule.notify : { ...rule.notify, to: ['preview'] };
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

/** The hour with the most alerts; the first one of equals. */
function worst(byHour: ReadonlyMap<number, number>): AlertPreview['worstHour'] {
  let most: AlertPreview['worstHour'] = null;
  for (const [hour, alerts] of byHour)
    if (most === null || alerts > most.alerts) most = { at: hour * HOUR_MS, alerts };
  return most;
}
