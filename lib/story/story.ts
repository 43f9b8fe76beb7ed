/** Adds a report to the stories of its rule: which one it joins and what that changes. Pure; used by desk and CLI. */
import type { NotifyConfig } from '../model/config.ts';
import type { EpochMs, RuleId } from '../model/flavor.ts';
import { STORIES_OPEN_MAX, STORY_QUIET_MS_MAX, STORY_REPORTS_MAX } from '../model/limits.ts';
import type { Development, Report, Story } from '../model/story.ts';
import { id106 } from '../text/hash.ts';
import { type Copies, OwnCopies } from './copies.ts';
import { developmentsOf, type Judge } from './development.ts';
import { storyFor } from './join.ts';
import { Rarity } from './rarity.ts';

/** Result of adding a report or closing a story. */
export interface Entered {
  /** The story including the report. */
  readonly story: Story;
  readonly developments: readonly Development[];
}

/** The part of a rule that its stories depend on. */
export interface StoryRule extends Judge {
  readonly rule: RuleId;
  /** `none`: every entry is a story of its own. */
  readonly groupBy: NotifyConfig['groupBy'];
}

/** The open stories of one rule while reports arrive. */
export class OpenStories {
  readonly #rule: StoryRule;
  readonly #rarity = new Rarity();
  readonly #copies: Copies;
  #stories: Story[];

  /** @param stories in order of their latest report. @param copies index of the texts of older stories */
  constructor(rule: StoryRule, stories: readonly Story[], copies: Copies = new OwnCopies()) {
    this.#rule = rule;
    this.#copies = copies;
    this.#stories = [...stories];
    for (const story of stories) for (const report of story.reports) this.#rarity.add(report);
  }

  /** @param isNews false for entries listed before the feed was watched, or too old: they join without developments */
  enter(report: Report, isNews: boolean): Entered {
    this.#rarity.add(report);
    const before = this.#rule.groupBy === 'none' ? null : this.#storyFor(report);
    const developments = isNews ? developmentsOf(report, before, this.#rule) : [];
    const story = joined(report, before, this.#rule.rule, developments);
    this.#stories = [...this.#stories.filter(({ id }) => id !== story.id), story].slice(-STORIES_OPEN_MAX);
    this.#copies.add(report, story);
    return { story, developments };
  }

  /** Also finds an exact copy in any open story, so that many other stories do not make an old report new again. */
  #storyFor(report: Report): Story | null {
    const near = this.#stories.filter((story) => isNear(story, report.at));
    const found = storyFor(report, near, this.#rarity);
    if (found !== null) return found;
    const copied = this.#copies.find(report);
    return copied !== null && isNear(copied, report.at) ? storyFor(report, [copied], this.#rarity) : null;
  }

  /** Closes stories without a report for STORY_QUIET_MS_MAX. @returns them with their `closed` development */
  close(now: EpochMs): Entered[] {
    const closed = this.#stories.flatMap((story) => closedAt(story, now) ?? []);
    if (closed.length > 0)
      this.#stories = this.#stories.filter(({ id }) => !closed.some(({ story }) => story.id === id));
    return closed;
  }
}

/** Whether the story has a report within STORY_QUIET_MS_MAX before or after `at`: late reports of an older date fit, too. */
function isNear(story: Story, at: EpochMs): boolean {
  return !story.closed && at - story.last <= STORY_QUIET_MS_MAX && story.first - at <= STORY_QUIET_MS_MAX;
}

/** The story with one more report; without `before`, a new story whose id depends on rule and entry. */
function joined(
  report: Report,
  before: Story | null,
  rule: RuleId,
  developments: readonly Development[],
): Story {
  const has = (kind: Development['kind']) => developments.some((one) => one.kind === kind);
  return {
    id: before?.id ?? `s_${id106(`${rule}\n${report.entry}`)}`,
    rule,
    first: Math.min(before?.first ?? report.at, report.at),
    last: Math.max(before?.last ?? report.at, report.at),
    seen: Math.max(before?.seen ?? report.seen, report.seen),
    closed: false,
    reports: kept([...(before?.reports ?? []), report]),
    count: (before?.count ?? 0) + 1,
    maxima: raised(before?.maxima ?? {}, report),
    hasFirst: (before?.hasFirst ?? false) || has('first'),
    confirmed: (before?.confirmed ?? false) || has('confirmed'),
  };
}

/** @returns the closed story with its development; null: it is still open at that time */
export function closedAt(story: Story, now: EpochMs): Entered | null {
  if (story.closed || now - story.seen <= STORY_QUIET_MS_MAX) return null;
  return { story: { ...story, closed: true }, developments: [{ kind: 'closed', at: now, entry: null }] };
}

/** Limits stored reports: the first ones show who reported first, the newest ones are compared with new reports. */
function kept(reports: readonly Report[]): readonly Report[] {
  if (reports.length <= STORY_REPORTS_MAX) return reports;
  const first = Math.floor(STORY_REPORTS_MAX / 3);
  return [...reports.slice(0, first), ...reports.slice(first - STORY_REPORTS_MAX)];
}

/** Largest figures after the report. */
function raised(maxima: Readonly<Record<string, number>>, { facts }: Report): Record<string, number> {
  const out = new Map(Object.entries(maxima));
  for (const { of, value } of facts.figures) out.set(of ?? '', Math.max(out.get(of ?? '') ?? 0, value));
  return Object.fromEntries(out);
}
