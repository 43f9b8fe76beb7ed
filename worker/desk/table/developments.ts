/** The ledger of developments: what changed in a story, and the decision: sent, queued, muted or not asked for. */

import { alertFigures, type Wording } from '../../../lib/alert/compose.ts';
import type { AlertFigure } from '../../../lib/model/alert.ts';
import type { DevelopmentKind, RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, EpochMs, LanguageTag } from '../../../lib/model/flavor.ts';
import { DEVELOPMENTS_LISTED_MAX } from '../../../lib/model/limits.ts';
import type { Story } from '../../../lib/model/story.ts';
import { independentCount, sourceGroups } from '../../../lib/story/independence.ts';
import type { Sql } from './sql.ts';
import { storyById } from './stories.ts';

/** A row of the table `development`. `at` is tick time. */
export interface DevelopmentRecord {
  readonly at: EpochMs;
  readonly rule: string;
  readonly story: string;
  readonly entry: string | null;
  /** first, confirmed, figure, language, closed, repeat */
  readonly kind: string;
  /** send · queued:{quiet,digest,budget,group} · muted:{rule,story,publisher} · test-mode · not-asked */
  readonly decision: string;
}

/** Newest first. */
export function developmentsOf(
  sql: Sql,
  by: { readonly story: string } | { readonly entry: string },
  limit = DEVELOPMENTS_LISTED_MAX,
): DevelopmentRecord[] {
  const [column, value] = 'story' in by ? ['story', by.story] : ['entry', by.entry];
  return sql
    .exec<DevelopmentRecord & Record<string, SqlStorageValue>>(
      `SELECT at, rule, story, entry, kind, decision FROM development WHERE ${column} = ? ORDER BY seq DESC LIMIT ?`,
      value,
      limit,
    )
    .toArray();
}

/** Alerts that were sent or queued, newest first, over all stories. */
export function latestAlerts(
  sql: Sql,
  rule: string | null,
  limit: number,
): (DevelopmentRecord & { alert: string })[] {
  return sql
    .exec<DevelopmentRecord & { alert: string } & Record<string, SqlStorageValue>>(
      `SELECT at, rule, story, entry, kind, decision, alert FROM development
       WHERE alert IS NOT NULL AND (?1 IS NULL OR rule = ?1) ORDER BY seq DESC LIMIT ?2`,
      rule,
      limit,
    )
    .toArray();
}

/** A development with the facts of its story that are needed to describe it. */
export interface DevelopmentSummary extends DevelopmentRecord {
  /** The rule's id when the configuration no longer has the rule. */
  readonly ruleTitle: string;
  /** Number of independent publishers of the story now. */
  readonly independent: number;
  /** Language of the entry that caused it; null: unknown, or no entry did. */
  readonly lang: LanguageTag | null;
  /** The largest figure of that entry; null: none. */
  readonly figure: AlertFigure | null;
  /** The developments that the rule alerts on, and the ids (never addresses) of its channels. */
  readonly alertOn: readonly DevelopmentKind[];
  readonly channels: readonly ChannelId[];
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
): (DevelopmentRecord & { readonly seq: number })[] {
  return sql
    .exec<DevelopmentRecord & { seq: number } & Record<string, SqlStorageValue>>(
      `SELECT seq, at, rule, story, entry, kind, decision FROM development
       WHERE seq < ?1 AND (?2 IS NULL OR rule = ?2) ORDER BY seq DESC LIMIT ?3`,
      before ?? Number.MAX_SAFE_INTEGER,
      rule,
      limit,
    )
    .toArray();
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

function summaryOf(
  record: DevelopmentRecord,
  of: StoryFacts,
  rule: RuleConfig | undefined,
): DevelopmentSummary {
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
