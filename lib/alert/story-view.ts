/** A story as lists and pages show it. JSON-safe. */
import type { AlertFigure, AlertSource } from '../model/alert.ts';
import type { RuleConfig, Severity } from '../model/config.ts';
import type { EpochMs, LanguageTag, RuleId } from '../model/flavor.ts';
import { STORY_TIMES_MAX } from '../model/limits.ts';
import type { Report, Story } from '../model/story.ts';
import { independentCount, sourceGroups } from '../story/independence.ts';
import { alertFigures, languagesOf, sourceOf, titleOf, type Wording } from './compose.ts';

export interface StoryTitle {
  readonly text: string;
  readonly lang: LanguageTag | null;
  readonly publisher: string | null;
  readonly entry: string;
}

export interface StorySummary {
  readonly id: string;
  readonly rule: RuleId;
  readonly ruleTitle: string;
  readonly severity: Severity;
  readonly closed: boolean;
  readonly told: boolean;
  readonly confirmed: boolean;
  readonly first: EpochMs;
  readonly last: EpochMs;
  /** When the lookout saw its latest report. */
  readonly seen: EpochMs;
  /** Of the latest independent report. */
  readonly title: StoryTitle;
  /** The first title in each language. */
  readonly titles: readonly StoryTitle[];
  /** English titles of what most of its reports speak of, the commonest first. */
  readonly concepts: readonly string[];
  readonly independent: number;
  /** Publishers' names, each once. */
  readonly publishers: readonly string[];
  readonly languages: readonly LanguageTag[];
  readonly figures: readonly AlertFigure[];
  readonly reports: number;
  /** Dates of reports, oldest first, for a small chart. */
  readonly times: readonly EpochMs[];
}

/** A story with its reports: one group for each independent source. */
export interface StoryDetail extends StorySummary {
  readonly sources: readonly AlertSource[];
  readonly entries: readonly StoryEntry[];
}

/** A report within its story. */
export interface StoryEntry {
  readonly id: string;
  readonly feed: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly at: EpochMs;
  readonly seen: EpochMs;
  readonly lang: LanguageTag | null;
  readonly publisher: string | null;
  readonly country: string | null;
  readonly grade: string | null;
  /** Agencies that it credits. */
  readonly credits: readonly string[];
  readonly figures: Report['facts']['figures'];
}

const CONCEPTS_MAX = 6;

/** @param rule null: the configuration no longer has it */
export function storySummary(story: Story, rule: RuleConfig | null, wording: Wording): StorySummary {
  const groups = sourceGroups(story.reports);
  const originals = groups.flatMap(({ reports: [original] }) => original ?? []);
  const latest = originals.at(-1) ?? story.reports.at(-1)!;
  const byLanguage = new Map<string | null, Report>();
  for (const report of story.reports) if (!byLanguage.has(report.lang)) byLanguage.set(report.lang, report);
  return {
    id: story.id,
    rule: story.rule,
    ruleTitle: rule?.title ?? story.rule,
    severity: rule?.severity ?? 'info',
    closed: story.closed,
    told: story.told,
    confirmed: story.confirmed,
    first: story.first,
    last: story.last,
    seen: story.seen,
    title: titleIn(latest),
    titles: [...byLanguage.values()].map(titleIn),
    concepts: commonConcepts(story, wording),
    independent: independentCount(groups, rule?.confirm?.independent ?? 'publisher'),
    publishers: [
      ...new Set(story.reports.flatMap(({ publisher }) => (publisher === null ? [] : [publisher]))),
    ],
    languages: languagesOf(story),
    figures: alertFigures(story, wording),
    reports: story.count,
    times: story.reports
      .map(({ at }) => at)
      .sort((a, b) => a - b)
      .slice(-STORY_TIMES_MAX),
  };
}

export function storyDetail(story: Story, rule: RuleConfig | null, wording: Wording): StoryDetail {
  const title = titleOf(wording.names);
  return {
    ...storySummary(story, rule, wording),
    sources: sourceGroups(story.reports).map(sourceOf),
    entries: story.reports.map((report) => ({
      id: report.entry,
      feed: report.feed,
      url: report.url,
      title: report.title,
      at: report.at,
      seen: report.seen,
      lang: report.lang,
      publisher: report.publisher,
      country: report.country,
      grade: report.grade,
      credits: report.facts.agencies.map(title),
      figures: report.facts.figures,
    })),
  };
}

function titleIn({ title, lang, publisher, entry }: Report): StoryTitle {
  return { text: title, lang, publisher, entry };
}

/** What at least half of the reports name, entities before concepts. */
function commonConcepts({ reports }: Story, { names }: Wording): string[] {
  const counts = new Map<string, number>();
  for (const { facts } of reports)
    for (const id of [...facts.entities, ...facts.concepts]) counts.set(id, (counts.get(id) ?? 0) + 1);
  const title = titleOf(names);
  return [...counts]
    .filter(([id, count]) => count * 2 >= reports.length && names.has(id))
    .sort(([, a], [, b]) => b - a)
    .slice(0, CONCEPTS_MAX)
    .map(([id]) => title(id));
}
