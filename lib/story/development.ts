/** What a report changes in its story: the first, a confirmation, a language, a figure. */
import type { DurationMs } from '../model/flavor.ts';
import type { Development, FactFigure, Report, Story, StoryFigure } from '../model/story.ts';
import { type IndependentBy, independentCount, sourceGroups } from './independence.ts';

/** When a story counts as confirmed: `confirm` of a rule. */
export interface Confirm {
  /** Independent publishers, 2 or more; null: the rule has no `confirm`, two are asked for. */
  readonly sources: number;
  /** Languages among them; 0: any. */
  readonly languages: number;
  readonly withinMs: DurationMs;
  readonly independent: IndependentBy;
}

export const CONFIRM_DEFAULT: Confirm = {
  sources: 2,
  languages: 0,
  withinMs: 86_400_000,
  independent: 'publisher',
};

/** A figure is news from a fifth above the largest so far. */
const FIGURE_RISE_MIN = 1.2;

/** @param before the story that the report joins; null: it opens one. @returns developments, the weightiest first */
export function developmentsOf(
  report: Report,
  before: Story | null,
  confirm: Confirm,
  titleOf: (id: string) => string,
): Development[] {
  const { at, entry, lang } = report;
  if (before === null) return [{ kind: 'first', at, entry }];
  const found: Development[] = [];
  const independent = confirmedBy(report, before, confirm);
  if (independent !== null) found.push({ kind: 'confirmed', at, entry, independent });
  const figure = newFigure(report, before, titleOf);
  if (figure !== null) found.push({ kind: 'figure', at, entry, figure });
  if (lang !== null && !before.reports.some((other) => other.lang === lang))
    found.push({ kind: 'language', at, entry, lang });
  return found;
}

/** @returns how many independent sources there are, if the report makes them enough; null: not, or they were before */
function confirmedBy(report: Report, before: Story, confirm: Confirm): number | null {
  if (before.confirmed) return null;
  const recent = [...before.reports, report].filter(({ at }) => report.at - at <= confirm.withinMs);
  const groups = sourceGroups(recent);
  const count = independentCount(groups, confirm.independent);
  if (count < confirm.sources) return null;
  const languages = new Set(recent.flatMap(({ lang }) => (lang === null ? [] : [lang]))).size;
  return languages >= confirm.languages ? count : null;
}

/** The largest figure of the report that rises a fifth above the story's largest of the same thing. */
function newFigure(report: Report, before: Story, titleOf: (id: string) => string): StoryFigure | null {
  const rises = report.facts.figures.filter(({ of, value }) => {
    const known = before.maxima[of ?? ''];
    return known !== undefined && value >= known * FIGURE_RISE_MIN;
  });
  const [largest] = rises.toSorted((a, b) => b.value - a.value);
  return largest === undefined ? null : storyFigure(largest, report, titleOf);
}

export function storyFigure(
  { value, approximate, of, by }: FactFigure,
  report: Report,
  titleOf: (id: string) => string,
): StoryFigure {
  return { value, approximate, of, by: by === null ? report.publisher : titleOf(by), entry: report.entry };
}
