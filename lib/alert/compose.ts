/** Builds the alert of a story: the entry that changed it, its sources and their copies, and the figures so far. */
import type { ListName } from '../match/compile/lexicon.ts';
import type { Alert, AlertEntry, AlertFigure, AlertKind, AlertSource } from '../model/alert.ts';
import type { RuleConfig } from '../model/config.ts';
import type { EntryText } from '../model/entry.ts';
import type { EpochMs, LanguageTag } from '../model/flavor.ts';
import {
  ALERT_COPIES_MAX,
  ALERT_FIGURES_MAX,
  ALERT_SOURCES_MAX,
  SUMMARY_UNITS_MAX,
} from '../model/limits.ts';
import type { Match } from '../model/match.ts';
import type { Report, SourceGroup, Story } from '../model/story.ts';
import { figuresOf } from '../story/development.ts';
import { independentCount, sourceGroups } from '../story/independence.ts';

/** Context of alerts besides the story. */
export interface Wording {
  /** Entities and concepts by id. */
  readonly names: ReadonlyMap<string, ListName>;
  /** Public address of the service without trailing slash; null: not configured. */
  readonly home: string | null;
}

/** English title of an entity or concept; for an unknown id, the id with spaces for hyphens. */
export const titleOf =
  (names: Wording['names']) =>
  (id: string): string =>
    names.get(id)?.title ?? id.replaceAll('-', ' ');

/** @param entry the entry that caused the development; null: time caused it, and the latest report represents the story */
export function composeAlert(
  story: Story,
  {
    rule,
    kind,
    entry,
    wording,
  }: { rule: RuleConfig; kind: AlertKind; entry: AlertEntry | null; wording: Wording },
): Alert {
  const groups = sourceGroups(story.reports);
  return {
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    story: story.id,
    development: kind,
    entries: entry === null ? story.reports.slice(-1).map(reportEntry) : [entry],
    figures: alertFigures(story, wording),
    independent: independentCount(groups, rule.confirm?.independent ?? 'publisher'),
    languages: languagesOf(story),
    reports: story.count,
    sources: groups.slice(0, ALERT_SOURCES_MAX).map(sourceOf),
    page: wording.home === null ? null : `${wording.home}/stories/${story.id}`,
  };
}

/** An entry as alerts show it; its spans are those within the title and the shown part of the summary. */
export function alertEntry(
  entry: EntryText,
  { match, grade, names }: { match: Match; grade: string | null; names: Wording['names'] },
): AlertEntry {
  const body = entry.summary === '' ? entry.content : entry.summary;
  const concepts = match.spans.flatMap(({ concept }) => (concept === null ? [] : [titleOf(names)(concept)]));
  return {
    id: entry.id,
    feed: entry.feed ?? '',
    url: entry.url,
    title: entry.title,
    summary: cut(body, SUMMARY_UNITS_MAX),
    lang: entry.lang,
    published: entry.published === null ? null : iso(entry.published),
    publisher: entry.publisher,
    country: entry.country,
    grade,
    concepts: [...new Set(concepts)],
    spans: match.spans.filter((span) => span.field === 'title' || span.end <= SUMMARY_UNITS_MAX),
  };
}

/** A report as an entry; without summary, which only the archive keeps. */
function reportEntry({ entry, feed, url, title, lang, publisher, country, grade, at }: Report): AlertEntry {
  return {
    id: entry,
    feed: feed ?? '',
    url,
    title,
    summary: '',
    lang,
    published: iso(at),
    publisher,
    country,
    grade,
    concepts: [],
    spans: [],
  };
}

/** The largest ALERT_FIGURES_MAX figures of a story, with English titles. */
export function alertFigures(story: Story, { names }: Wording): AlertFigure[] {
  const title = titleOf(names);
  return figuresOf(story, title)
    .slice(0, ALERT_FIGURES_MAX)
    .map((figure) => ({ ...figure, title: figure.of === null ? null : title(figure.of) }));
}

/** Languages of a story's reports (BCP 47), in order of their first report. */
export function languagesOf(story: Story): LanguageTag[] {
  return [...new Set(story.reports.flatMap(({ lang }) => (lang === null ? [] : [lang])))];
}

/** The first report of a group with at most ALERT_COPIES_MAX copies. */
export function sourceOf({ reports: [original, ...copies] }: SourceGroup): AlertSource {
  // A group contains at least its first report.
  return { ...leafOf(original!), copies: copies.slice(0, ALERT_COPIES_MAX).map(leafOf) };
}

function leafOf({ entry, publisher, country, grade, lang, title, url, at }: Report): AlertSource {
  return { entry, publisher, country, grade, lang, title, url, at: iso(at), copies: [] };
}

const iso = (at: EpochMs) => new Date(at).toISOString();

/** Cuts to `unitsMax` UTF-16 units, never inside a surrogate pair. */
function cut(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const last = text.charCodeAt(unitsMax - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? unitsMax - 1 : unitsMax);
}
