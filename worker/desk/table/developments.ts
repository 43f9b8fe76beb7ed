/** The ledger of developments: what changed in a story, and the decision: sent, queued, muted or not asked for. */

import { alertFigures, type Wording } from '../../../lib/alert/compose.ts';
import type { Development } from '../../../lib/api/parts.ts';
import type { DevelopmentSummary } from '../../../lib/api/stories.ts';
import type { AlertFigure } from '../../../lib/model/alert.ts';
import type { RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { DEVELOPMENTS_LISTED_MAX } from '../../../lib/model/limits.ts';
import type { Story } from '../../../lib/model/story.ts';
import { isoTime } from '../../../lib/model/time.ts';
import { independentCount, sourceGroups } from '../../../lib/story/independence.ts';
import type { Sql } from './sql.ts';
import { storyById } from './stories.ts';

/** A row of the table `development`. `at` is tick time. */
type Row = Omit<Development, 'at'> & { readonly at: EpochMs } & Record<string, SqlStorageValue>;

/** Newest first. */
export function developmentsOf(
  sql: Sql,
  by: { readonly story: string } | { readonly entry: string },
  limit = DEVELOPMENTS_LISTED_MAX,
): Development[] {
  const [column, value] = 'story' in by ? ['story', by.story] : ['entry', by.entry];
  return sql
    .exec<Row>(
      `SELECT at, rule, story, entry, kind, decision FROM development WHERE ${column} = ? ORDER BY seq DESC LIMIT ?`,
      value,
      limit,
    )
    .toArray()
    .map((row) => ({ ...row, at: isoTime(row.at) }));
}

/** Alerts that were sent or queued, newest first, over all stories. */
export function latestAlerts(
  sql: Sql,
  rule: string | null,
  limit: number,
): { readonly at: EpochMs; readonly alert: string }[] {
  return sql
    .exec<{ at: number; alert: string }>(
      `SELECT at, alert FROM development
       WHERE alert IS NOT NULL AND (?1 IS NULL OR rule = ?1) ORDER BY seq DESC LIMIT ?2`,
      rule,
      limit,
    )
    .toArray();
}

/** Which developments to list; a missing member does not filter. */
export interface DevelopmentFilter {
  readonly rule?: string | undefined;
  /** Cursor: `next` of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** One page of developments, newest first. */
export interface DevelopmentPage {
  readonly developments: readonly DevelopmentSummary[];
  /** Cursor of the next page; null: this is the last page. */
  readonly next: number | null;
}

/** Newest first. Developments whose story has been deleted are left out. */
export function developmentsBefore(
  sql: Sql,
  { rule, before, limit }: DevelopmentFilter,
  { value, wording }: { readonly value: RunningConfig; readonly wording: Wording },
): DevelopmentPage {
  const rows = developmentRows(sql, { rule: rule ?? null, before: before ?? null, limit });
  const rules = new Map(value.rules.map((one) => [one.id as string, one]));
  // Several developments of a page may belong to one story, whose row can take a hundred kilobytes.
  const facts = new Map<string, StoryFacts>();
  const developments = rows.flatMap(({ seq: _, ...record }) => {
    const of =
      facts.get(record.story) ?? factsOf(sql, record.story, { rule: rules.get(record.rule), wording });
    if (of === null) return [];
    facts.set(record.story, of);
    return [summaryOf(record, of, rules.get(record.rule))];
  });
  return { developments, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
}

/** Newest first, over all stored stories. `seq` orders the rows: the next page begins below the last one's. */
function developmentRows(
  sql: Sql,
  { rule, before, limit }: { rule: string | null; before: number | null; limit: number },
): (Development & { readonly seq: number })[] {
  return sql
    .exec<Row & { seq: number }>(
      `SELECT seq, at, rule, story, entry, kind, decision FROM development
       WHERE seq < ?1 AND (?2 IS NULL OR rule = ?2) ORDER BY seq DESC LIMIT ?3`,
      before ?? Number.MAX_SAFE_INTEGER,
      rule,
      limit,
    )
    .toArray()
    .map((row) => ({ ...row, at: isoTime(row.at) }));
}

interface StoryFacts {
  readonly story: Story;
  readonly independent: number;
  readonly figures: readonly AlertFigure[];
}

function factsOf(
  sql: Sql,
  id: string,
  { rule, wording }: { readonly rule: RuleConfig | undefined; readonly wording: Wording },
): StoryFacts | null {
  const story = storyById(sql, id)?.story ?? null;
  if (story === null) return null;
  const by = rule?.confirm?.independent ?? 'publisher';
  return {
    story,
    independent: independentCount(sourceGroups(story.reports), by),
    figures: alertFigures(story, wording),
  };
}

function summaryOf(record: Development, of: StoryFacts, rule: RuleConfig | undefined): DevelopmentSummary {
  return {
    ...record,
    ruleTitle: rule?.title ?? record.rule,
    independent: of.independent,
    lang: of.story.reports.find(({ entry }) => entry === record.entry)?.lang ?? null,
    figure: of.figures.find(({ entry }) => entry === record.entry) ?? null,
    alertOn: rule?.notify.on ?? [],
    channels: rule?.notify.to ?? [],
  };
}
