/** Stories, one row each with its reports as JSON. Open ones are few; closed ones are kept as long as the archive. */

import type { EpochMs, Hash53, RuleId } from '../../../lib/model/flavor.ts';
import { ARCHIVE_MS_MAX, STORIES_OPEN_MAX } from '../../../lib/model/limits.ts';
import type { Report, Story } from '../../../lib/model/story.ts';
import { type Copies, textKey } from '../../../lib/story/copies.ts';
import { handledPair } from './handled.ts';
import type { Sql } from './sql.ts';

/** Desk state of a story beside the story itself. Tick time. */
export interface StoryMarks {
  /** Time of its latest alert; null: none yet. */
  readonly alerted: EpochMs | null;
  /** When a user acknowledged it; no repeat alerts are sent. null: not acknowledged. */
  readonly acknowledged: EpochMs | null;
}

/** A story with its desk state. */
export interface StoryRow extends StoryMarks {
  readonly story: Story;
}

interface Row extends Record<string, SqlStorageValue> {
  readonly alerted: number | null;
  readonly acknowledged: number | null;
  readonly data: string;
}

const rowOf = ({ data, alerted, acknowledged }: Row): StoryRow => ({
  story: JSON.parse(data) as Story,
  alerted,
  acknowledged,
});

/** Open stories of a rule, in order of their latest report; at most STORIES_OPEN_MAX, the newest. */
export function openStories(sql: Sql, rule: RuleId): Story[] {
  return sql
    .exec<Row>(
      'SELECT data, alerted, acknowledged FROM story WHERE open = 1 AND rule = ? ORDER BY seen DESC LIMIT ?',
      rule,
      STORIES_OPEN_MAX,
    )
    .toArray()
    .map((row) => rowOf(row).story)
    .reverse();
}

/** Open stories without a report since `before`: candidates for closing. */
export function quietStories(sql: Sql, before: EpochMs): StoryRow[] {
  return sql
    .exec<Row>('SELECT data, alerted, acknowledged FROM story WHERE open = 1 AND seen < ?', before)
    .toArray()
    .map(rowOf);
}

/** Open stories with a report after their latest alert, which is older than `before`: candidates for a repeat alert. */
export function busyStories(sql: Sql, rule: RuleId, before: EpochMs): StoryRow[] {
  return sql
    .exec<Row>(
      `SELECT data, alerted, acknowledged FROM story
       WHERE open = 1 AND rule = ? AND acknowledged IS NULL AND alerted <= ? AND seen > alerted`,
      rule,
      before,
    )
    .toArray()
    .map(rowOf);
}

/** Newest first: stories before a place in the list, or all if null. */
export function* storiesBefore(
  sql: Sql,
  before: { readonly seen: EpochMs; readonly id: string } | null,
  max: number,
): Generator<StoryRow> {
  const cursor = sql.exec<Row>(
    `SELECT data, alerted, acknowledged FROM story
     WHERE seen < ?1 OR (seen = ?1 AND id < ?2) ORDER BY seen DESC, id DESC LIMIT ?3`,
    before?.seen ?? Number.MAX_SAFE_INTEGER,
    before?.id ?? '',
    max,
  );
  for (const row of cursor) yield rowOf(row);
}

/** Number of open stories that are not acknowledged and not muted by story or rule. */
export function countOpen(sql: Sql, now: EpochMs): number {
  return sql
    .exec<{ count: number }>(
      `SELECT count(*) AS count FROM story WHERE open = 1 AND acknowledged IS NULL AND NOT EXISTS (
         SELECT 1 FROM mute WHERE until > ? AND (scope, target) IN (VALUES ('rule', story.rule), ('story', story.id)))`,
      now,
    )
    .one().count;
}

/** null: unknown id, or deleted. */
export function storyById(sql: Sql, id: string): StoryRow | null {
  const [row] = sql.exec<Row>('SELECT data, alerted, acknowledged FROM story WHERE id = ?', id).toArray();
  return row === undefined ? null : rowOf(row);
}

/**
 * Stories that contain the entry, one per rule.
 *
 * @param keys of its pairs. @param rules to look for: pairs are found by rule and key
 */
export function storiesOfEntry(
  sql: Sql,
  { id, keys }: { readonly id: string; readonly keys: readonly Hash53[] },
  rules: Iterable<string>,
): { id: string; rule: string }[] {
  return [...new Set(rules)].flatMap((rule) => {
    const pair = handledPair(sql, rule, keys);
    if (pair === null) return [];
    const story = pair.story ?? storyInReports(sql, id, rule);
    return story === null ? [] : [{ id: story, rule }];
  });
}

/** Release 0.1 did not note the story of a pair: it is found among the reports of the rule's stories. */
function storyInReports(sql: Sql, entry: string, rule: string): string | null {
  const [row] = sql
    .exec<{ id: string }>(
      `SELECT story.id FROM story, json_each(story.data, '$.reports') AS report
       WHERE story.rule = ? AND json_extract(report.value, '$.entry') = ? LIMIT 1`,
      rule,
      entry,
    )
    .toArray();
  return row?.id ?? null;
}

/** Text hashes of a rule's reports as rows, independent of which stories are loaded. */
export class TextRows implements Copies {
  readonly #sql: Sql;
  readonly #rule: RuleId;

  constructor(sql: Sql, rule: RuleId) {
    this.#sql = sql;
    this.#rule = rule;
  }

  add(report: Report, story: Story): void {
    const key = textKey(report);
    if (key === null) return;
    this.#sql.exec(
      'INSERT OR REPLACE INTO story_text (rule, text, story, at) VALUES (?, ?, ?, ?)',
      this.#rule,
      key,
      story.id,
      report.seen,
    );
  }

  find(report: Report): Story | null {
    const key = textKey(report);
    if (key === null) return null;
    const [row] = this.#sql
      .exec<Row>(
        `SELECT data, alerted, acknowledged FROM story
         WHERE id = (SELECT story FROM story_text WHERE rule = ? AND text = ?)`,
        this.#rule,
        key,
      )
      .toArray();
    return row === undefined ? null : rowOf(row).story;
  }
}

/** Creates or replaces a story; alert time and acknowledgement stay. */
export function writeStory(sql: Sql, story: Story): void {
  sql.exec(
    `INSERT INTO story (id, rule, open, seen, data) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (id) DO UPDATE SET open = ?3, seen = ?4, data = ?5`,
    story.id,
    story.rule,
    story.closed ? 0 : 1,
    story.seen,
    JSON.stringify(story),
  );
}

/** @param at tick time of the alert */
export function markAlerted(sql: Sql, story: string, at: EpochMs): void {
  sql.exec('UPDATE story SET alerted = ? WHERE id = ?', at, story);
}

/** @returns false when the story does not exist */
export function acknowledgeStory(sql: Sql, story: string, at: EpochMs | null): boolean {
  return sql.exec('UPDATE story SET acknowledged = ? WHERE id = ?', at, story).rowsWritten > 0;
}

/** Deletes closed stories, developments and text hashes older than ARCHIVE_MS_MAX. */
export function pruneStories(sql: Sql, now: EpochMs): void {
  sql.exec('DELETE FROM story WHERE open = 0 AND seen < ?', now - ARCHIVE_MS_MAX);
  sql.exec('DELETE FROM development WHERE at < ?', now - ARCHIVE_MS_MAX);
  sql.exec('DELETE FROM story_text WHERE at < ?', now - ARCHIVE_MS_MAX);
}
