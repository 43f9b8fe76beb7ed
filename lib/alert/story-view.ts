/** A story as lists and pages show it. All values survive JSON. */

import type { ListName } from '../match/compile/lexicon.ts';
import type { AlertFigure, AlertSource } from '../model/alert.ts';
import type { DevelopmentKind, QuietHours, RuleConfig, Severity } from '../model/config.ts';
import type { ChannelId, EpochMs, LanguageTag, RuleId } from '../model/flavor.ts';
import { STORY_TIMES_MAX } from '../model/limits.ts';
import type { FactFigure, Report, Story } from '../model/story.ts';
import { independentCount, type Repeats, repeatsOf, sourceGroups } from '../story/independence.ts';
import { alertFigures, languagesOf, sourceOf, titleOf, type Wording } from './compose.ts';

/** The title of one report. */
export interface StoryTitle {
  readonly text: string;
  readonly lang: LanguageTag | null;
  readonly publisher: string | null;
  readonly entry: string;
  readonly at: EpochMs;
  /** It is a copy of another report of the story. */
  readonly copy: boolean;
}

/** A story in lists. Times are milliseconds since 1970; languages are BCP 47 tags. */
export interface StorySummary {
  readonly id: string;
  readonly rule: RuleId;
  readonly ruleTitle: string;
  readonly severity: Severity;
  readonly closed: boolean;
  readonly hasFirst: boolean;
  readonly confirmed: boolean;
  readonly first: EpochMs;
  readonly last: EpochMs;
  /** When Vigie first saw its latest report. */
  readonly seen: EpochMs;
  /** Title of the latest independent report. */
  readonly title: StoryTitle;
  /** The first title in each language. */
  readonly titles: readonly StoryTitle[];
  /** The title of the latest independent report in each language that has one. */
  readonly newest: readonly StoryTitle[];
  /** What most of its reports name, most frequent first. */
  readonly concepts: readonly StoryConcept[];
  readonly independent: number;
  /** Publishers' names, each once. */
  readonly publishers: readonly string[];
  readonly languages: readonly LanguageTag[];
  readonly figures: readonly AlertFigure[];
  readonly reports: number;
  /** Dates of the newest STORY_TIMES_MAX reports, oldest first, for a small chart. */
  readonly times: readonly EpochMs[];
  /** Dates of independent reports, oldest first. */
  readonly originals: readonly EpochMs[];
  /** Developments that its rule alerts on, and ids (never addresses) of its channels. */
  readonly alertOn: readonly DevelopmentKind[];
  readonly channels: readonly ChannelId[];
}

/** An entity or concept that a story names. */
export interface StoryConcept {
  readonly id: string;
  /** Short English title. */
  readonly title: string;
  readonly kind: ListName['kind'];
  /** Whether its terms name what figures count. */
  readonly counted: boolean;
}

/** A story with its reports, grouped by independent source. */
export interface StoryDetail extends StorySummary {
  readonly sources: readonly AlertSource[];
  readonly entries: readonly StoryEntry[];
  /** Quiet hours of its rule; null: none. */
  readonly quiet: QuietHours | null;
}

/** One report of a story. */
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
  /** English titles of the agencies that it credits. */
  readonly credits: readonly string[];
  readonly figures: readonly StoryEntryFigure[];
  /** The report that it copies; null: it is independent. */
  readonly repeats: Repeats | null;
}

/** A figure of one report. `by`: English title of the speaker; null: the publisher. `title`: what is counted; null: unknown. */
export type StoryEntryFigure = FactFigure & { readonly title: string | null };

/** Concepts listed for one story. */
const CONCEPTS_MAX = 6;

/** @param rule null: the configuration no longer has it, and its id stands for its title */
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
    hasFirst: story.hasFirst,
    confirmed: story.confirmed,
    first: story.first,
    last: story.last,
    seen: story.seen,
    title: titleIn(latest, originals),
    titles: [...byLanguage.values()].map((report) => titleIn(report, originals)),
    newest: [...new Map(originals.map((report) => [report.lang, titleIn(report, originals)])).values()],
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
    originals: originals
      .filter(({ publisher }) => publisher !== null)
      .map(({ at }) => at)
      .sort((a, b) => a - b),
    alertOn: rule?.notify.on ?? [],
    channels: rule?.notify.to ?? [],
  };
}

/** Like `storySummary`, with all stored reports. */
export function storyDetail(story: Story, rule: RuleConfig | null, wording: Wording): StoryDetail {
  const title = titleOf(wording.names);
  const groups = sourceGroups(story.reports);
  const repeats = repeatsOf(groups);
  return {
    ...storySummary(story, rule, wording),
    quiet: rule?.notify.quiet ?? null,
    sources: groups.map(sourceOf),
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
      figures: report.facts.figures.map((figure) => ({
        ...figure,
        by: figure.by === null ? null : title(figure.by),
        title: figure.of === null ? null : title(figure.of),
      })),
      repeats: repeatsIn(repeats, report.entry, title),
    })),
  };
}

/** @param originals reports that are not copies */
function titleIn(report: Report, originals: readonly Report[]): StoryTitle {
  const { title, lang, publisher, entry, at } = report;
  return { text: title, lang, publisher, entry, at, copy: !originals.includes(report) };
}

/** Replaces an agency's id by its title, because pages do not know the ids. */
function repeatsIn(
  repeats: ReadonlyMap<string, Repeats>,
  entry: string,
  title: (id: string) => string,
): Repeats | null {
  const found = repeats.get(entry);
  if (found === undefined) return null;
  return found.why.kind === 'agency'
    ? { ...found, why: { kind: 'agency', agency: title(found.why.agency) } }
    : found;
}

/** Entities and concepts that at least half of the reports name, most frequent first. */
function commonConcepts({ reports }: Story, { names }: Wording): StoryConcept[] {
  const counts = new Map<string, number>();
  for (const { facts } of reports)
    for (const id of [...facts.entities, ...facts.concepts]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return (
    [...counts]
      .filter(([, count]) => count * 2 >= reports.length)
      .sort(([, a], [, b]) => b - a)
      .flatMap(([id]) => names.get(id) ?? [])
      // A list of the document often has the same title as the shipped list that it includes.
      .filter(({ title }, i, all) => all.findIndex((other) => other.title === title) === i)
      .slice(0, CONCEPTS_MAX)
      .map(({ id, title, kind, counted }) => ({ id, title, kind, counted: counted !== null }))
  );
}
