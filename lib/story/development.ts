/** What a report changes in its story: the first, a confirmation, a language, a figure. */
import type { ConfirmConfig } from '../model/config.ts';
import { FIGURE_RISE_MIN } from '../model/limits.ts';
import type { Development, FactFigure, Report, Story, StoryFigure } from '../model/story.ts';
import { independentCount, sourceGroups } from './independence.ts';

/** Where a rule has no `confirm`. */
export const CONFIRM_DEFAULT: ConfirmConfig = {
  sources: 2,
  languages: 0,
  withinMs: 86_400_000,
  independent: 'publisher',
  same: 'story',
};

export interface Judge {
  readonly confirm: ConfirmConfig;
  /** English title of an entity or concept. */
  readonly titleOf: (id: string) => string;
}

/**
 * @param before the story that the report joins; null: it opens one
 * @returns developments, the weightiest first. A story whose first report was not to be told has its first one now.
 */
export function developmentsOf(report: Report, before: Story | null, judge: Judge): Development[] {
  const { at, entry, lang } = report;
  const found: Development[] = [];
  const isFirst = before === null || !before.hasFirst;
  if (isFirst) found.push({ kind: 'first', at, entry });
  const independent = confirmedBy(report, before, judge.confirm);
  if (independent !== null) found.push({ kind: 'confirmed', at, entry, independent });
  // A first alert names figures and languages itself.
  if (isFirst) return found;
  const figure = newFigure(report, before, judge.titleOf);
  if (figure !== null) found.push({ kind: 'figure', at, entry, figure });
  if (lang !== null && !before.reports.some((other) => other.lang === lang))
    found.push({ kind: 'language', at, entry, lang });
  return found;
}

/** @returns how many independent sources there are, if the report makes them enough; null: not, or they were before */
function confirmedBy(report: Report, before: Story | null, confirm: ConfirmConfig): number | null {
  if (before?.confirmed ?? false) return null;
  const recent = [...(before?.reports ?? []), report].filter(({ at }) => report.at - at <= confirm.withinMs);
  const count = independentCount(sourceGroups(recent), confirm.independent);
  if (count < confirm.sources) return null;
  const languages = new Set(recent.flatMap(({ lang }) => (lang === null ? [] : [lang]))).size;
  return languages >= confirm.languages ? count : null;
}

/** The largest figure of the report that rises a fifth above the story's largest of the same thing. */
function newFigure(report: Report, before: Story, titleOf: Judge['titleOf']): StoryFigure | null {
  const rises = report.facts.figures.filter(({ of, value }) => {
    const known = before.maxima[of ?? ''];
    return known !== undefined && value >= known * FIGURE_RISE_MIN;
  });
  const [largest] = rises.toSorted((a, b) => b.value - a.value);
  return largest === undefined ? null : storyFigure(largest, report, titleOf);
}

function storyFigure(
  { value, approximate, of, by }: FactFigure,
  report: Report,
  titleOf: Judge['titleOf'],
): StoryFigure {
  return { value, approximate, of, by: by === null ? report.publisher : titleOf(by), entry: report.entry };
}

/** Each figure of the story once: by what is counted, how many and who says it; the largest first. */
export function figuresOf(story: Story, titleOf: Judge['titleOf']): StoryFigure[] {
  const found = new Map<string, StoryFigure>();
  for (const report of story.reports) {
    for (const fact of report.facts.figures) {
      const figure = storyFigure(fact, report, titleOf);
      const key = `${figure.of} ${figure.value} ${figure.by}`;
      if (!found.has(key)) found.set(key, figure);
    }
  }
  return [...found.values()].sort((a, b) => b.value - a.value);
}
