/** A story as the API sends it. Pure. */

import { alertFigures, languagesOf, sourceOf, titleOf, type Wording } from '../alert/compose.ts';
import type { RuleConfig } from '../model/config.ts';
import { STORY_TIMES_MAX } from '../model/limits.ts';
import type { Report, Story } from '../model/story.ts';
import { isoTime } from '../model/time.ts';
import { independentCount, type Repeats, repeatsOf, sourceGroups } from '../story/independence.ts';
import type { StoryConcept, StoryDetail, StorySummary, StoryTitle } from './stories.ts';

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
    first: isoTime(story.first),
    last: isoTime(story.last),
    seen: isoTime(story.seen),
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
    times: timesOf(story.reports).slice(-STORY_TIMES_MAX),
    originals: timesOf(originals.filter(({ publisher }) => publisher !== null)),
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
      at: isoTime(report.at),
      seen: isoTime(report.seen),
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

/** Oldest first. */
function timesOf(reports: readonly Report[]): string[] {
  return reports
    .map(({ at }) => at)
    .sort((a, b) => a - b)
    .map(isoTime);
}

/** @param originals reports that are not copies */
function titleIn(report: Report, originals: readonly Report[]): StoryTitle {
  const { title, lang, publisher, entry, at } = report;
  return { text: title, lang, publisher, entry, at: isoTime(at), copy: !originals.includes(report) };
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
