/** Replays entries of an archive or a file into the stories that the desk would have made. */
import type { Bundle } from '../match/compile/bundle.ts';
import { matchEntry } from '../match/run/match.ts';
import type { RuleConfig } from '../model/config.ts';
import { CONFIRM_DEFAULT } from '../model/defaults.ts';
import type { EntryText } from '../model/entry.ts';
import type { EpochMs } from '../model/flavor.ts';
import type { Development, Report, Story } from '../model/story.ts';
import { factsOf } from './facts.ts';
import { familiesOf } from './publisher.ts';
import { reportOf } from './report.ts';
import { type Entered, OpenStories, type StoryRule } from './story.ts';

/** A story with everything that happened in it. */
export interface ReplayedStory {
  readonly story: Story;
  /** Ids of all its entries, in order of arrival. */
  readonly entries: readonly string[];
  readonly developments: readonly Development[];
}

/** The part of a rule that its stories depend on. */
export function storyRuleOf(rule: RuleConfig, titleOf: (id: string) => string): StoryRule {
  return {
    rule: rule.id,
    groupBy: rule.notify.groupBy,
    confirm: rule.confirm ?? CONFIRM_DEFAULT,
    titleOf,
  };
}

/**
 * @param entries in any order; an undated entry gets the date of the one before it
 * @returns stories in order of their first report, grouped by rule in the order of the configuration
 */
export function replayStories(
  { config, rules, lexicon }: Bundle,
  entries: readonly EntryText[],
): ReplayedStory[] {
  const byRule = new Map(config.rules.map((rule) => [rule.id, new RuleStories(rule, lexicon.names)]));
  const familyOf = familiesOf(config.families);
  let now: EpochMs = 0;
  for (const entry of inTimeOrder(entries)) {
    now = Math.max(now, entry.published ?? now);
    const matches = matchEntry(rules, entry);
    if (matches.length === 0) continue;
    const report = reportOf(entry, {
      facts: factsOf(entry, lexicon),
      grade: null,
      seen: now,
      family: familyOf(entry),
    });
    for (const match of matches) byRule.get(match.rule)?.enter(report);
  }
  return [...byRule.values()].flatMap((stories) => stories.all());
}

/** Undated entries get the date of the one before them. */
function inTimeOrder(entries: readonly EntryText[]): EntryText[] {
  let last = 0;
  const dated = entries.map((entry) => {
    last = entry.published ?? last;
    return { entry, at: last };
  });
  return dated.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

/** The stories of one rule during a replay. */
class RuleStories {
  readonly #open: OpenStories;
  readonly #stories = new Map<string, ReplayedStory>();

  constructor(rule: RuleConfig, names: Bundle['lexicon']['names']) {
    this.#open = new OpenStories(
      storyRuleOf(rule, (id) => names.get(id)?.title ?? id),
      [],
    );
  }

  enter(report: Report): void {
    for (const closed of this.#open.close(report.seen)) this.#note(closed, []);
    this.#note(this.#open.enter(report, true), [report.entry]);
  }

  #note({ story, developments }: Entered, entries: readonly string[]): void {
    const known = this.#stories.get(story.id);
    this.#stories.set(story.id, {
      story,
      entries: [...(known?.entries ?? []), ...entries],
      developments: [...(known?.developments ?? []), ...developments],
    });
  }

  all(): ReplayedStory[] {
    return [...this.#stories.values()];
  }
}
