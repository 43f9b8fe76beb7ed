/** What a report changes in its story: first report, confirmation, language or figure. */
import type { ConfirmConfig } from '../model/config.ts';
import { FIGURE_RISE_MIN } from '../model/limits.ts';
import type { Development, FactFigure, Report, Story, StoryFigure } from '../model/story.ts';
import { independentCount, sourceGroups } from './independence.ts';

/** What of a rule decides about developments. */
export interface Judge {
  readonly confirm: ConfirmConfig;
  /** English title of an entity or concept. */
  readonly titleOf: (id: string) => string;
}

/**
 * @param before the story that the report joins; null: the report opens one
 * @returns developments, most important first. If the story's first report caused no alert, this report counts as first
 */
export function developmentsOf(report: Report, before: Story | null, judge: Judge): Development[] {
  const { at, entry, lang } = report;
  const found: Development[] = [];
  const isFirst = before === null || !before.hasFirst;
  if (isFirst) found.push({ kind: 'first', at, entry });
  const independent = confirmedBy(report, before, judge.confirm);
  if (independent !== null) found.push({ kind: 'confirmed', at, entry, independent });
  // The alert of a first report already contains its figures and language.
  if (isFirst) return found;
  const figure = newFigure(report, before, judge.titleOf);
  if (figure !== null) found.push({ kind: 'figure', at, entry, figure });
  if (lang !== null && !before.reports.some((other) => other.lang === lang))
    found.push({ kind: 'language', at, entry, lang });
  return found;
}

/** @returns the number of independent sources if this report reaches the threshold; null: not, or reached before */
function confirmedBy(report: Report, before: Story | null, confirm: ConfirmConfig): number | null {
  if (before?.confirmed ?? false) return null;
  const recent = [...(before?.reports ?? []), report].filter(({ at }) => report.at - at <= confirm.withinMs);
  const count = independentCount(sourceGroups(recent), confirm.independent);
  if (count < confirm.sources) return null;
  const languages = new Set(recent.flatMap(({ lang }) => (lang === null ? [] : [lang]))).size;
  return languages >= confirm.languages ? count : null;
}

/** The largest figure of the report that exceeds the story's largest figure of the same thing by FIGURE_RISE_MIN. */
function newFigure(report: Report, before: Story, titleOf: Judge['titleOf']): StoryFigure | null {
  const rises = report.facts.figures.filter(({ of, value }) => {
    const known = before.maxima[of ?? ''];
    return known !== undefined && value >= known * FIGURE_RISE_MIN;
  });
  const [largest] = rises.toSorted((a, b) => b.value - a.value);
  return largest === undefined ? null : storyFigure(largest, report, titleOf);
}

/** Without a quoted speaker, the publisher is the speaker. */
function storyFigure(
  { value, approximate, of, by }: FactFigure,
  report: Report,
  titleOf: Judge['titleOf'],
): StoryFigure {
  return { value, approximate, of, by: by === null ? report.publisher : titleOf(by), entry: report.entry };
}

/** Figures of the story, each combination of thing, value and speaker once, largest first. */
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
