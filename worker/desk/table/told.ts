/** The ledger of developments: what changed, and whether it was sent, held, muted or not asked for. */
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { TOLD_LISTED_MAX } from '../../../lib/model/limits.ts';

export interface ToldNote {
  readonly at: EpochMs;
  readonly rule: string;
  readonly story: string;
  readonly entry: string | null;
  /** first, confirmed, figure, language, closed, repeat */
  readonly kind: string;
  /** send · held:quiet · held:digest · held:budget · held:group · muted:rule · muted:story · muted:publisher · rehearsal · not-asked */
  readonly decision: string;
}

/** Newest first. */
export function toldOf(
  sql: SqlStorage,
  by: { readonly story: string } | { readonly entry: string },
  limit = TOLD_LISTED_MAX,
): ToldNote[] {
  const [column, value] = 'story' in by ? ['story', by.story] : ['entry', by.entry];
  return sql
    .exec<ToldNote & Record<string, SqlStorageValue>>(
      `SELECT at, rule, story, entry, kind, decision FROM told WHERE ${column} = ? ORDER BY seq DESC LIMIT ?`,
      value,
      limit,
    )
    .toArray();
}

/** Newest first, over all stories that are kept. `seq` is the place of the row: the next page lies before the last one's. */
export function toldBefore(
  sql: SqlStorage,
  { rule, before, limit }: { rule: string | null; before: number | null; limit: number },
): (ToldNote & { readonly seq: number })[] {
  return sql
    .exec<ToldNote & { seq: number } & Record<string, SqlStorageValue>>(
      `SELECT seq, at, rule, story, entry, kind, decision FROM told
       WHERE seq < ?1 AND (?2 IS NULL OR rule = ?2) ORDER BY seq DESC LIMIT ?3`,
      before ?? Number.MAX_SAFE_INTEGER,
      rule,
      limit,
    )
    .toArray();
}

/** Newest first, over all stories: sent and held ones. */
export function latestAlerts(
  sql: SqlStorage,
  rule: string | null,
  limit: number,
): (ToldNote & { alert: string })[] {
  return sql
    .exec<ToldNote & { alert: string } & Record<string, SqlStorageValue>>(
      `SELECT at, rule, story, entry, kind, decision, alert FROM told
       WHERE alert IS NOT NULL AND (?1 IS NULL OR rule = ?1) ORDER BY seq DESC LIMIT ?2`,
      rule,
      limit,
    )
    .toArray();
}
