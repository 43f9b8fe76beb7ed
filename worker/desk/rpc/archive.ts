/** The archive for worker/http: pages of archived entries, single entries, and their history. */

import { RpcTarget } from 'cloudflare:workers';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { type ArchivedEntry, archivePage, entryById, findEntries } from '../table/archive.ts';
import { type DeliveryNote, deliveriesOfEntry } from '../table/deliveries.ts';
import { type DevelopmentRecord, developmentsOf } from '../table/developments.ts';
import type { Sql } from '../table/sql.ts';
import { storiesOfEntry } from '../table/stories.ts';

/** An entry with its stories, developments and deliveries. */
export interface EntryTrace {
  readonly seen: EpochMs;
  readonly entry: ArchivedEntry['entry'];
  /** Ids of the stories that contain it, with their rules. */
  readonly stories: readonly { readonly id: string; readonly rule: string }[];
  readonly developments: readonly DevelopmentRecord[];
  readonly deliveries: readonly DeliveryNote[];
}

/** RPC target for the archive. Reads only. */
export class ArchiveRpc extends RpcTarget {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    super();
    this.#sql = sql;
  }

  /**
   * One page as lines of JSON, oldest entry first. Pages go from newest to oldest.
   *
   * @param before id of the last page read; null: start with the newest
   */
  page(
    before: number | null,
  ): { readonly id: number; readonly entries: number; readonly lines: string } | null {
    return archivePage(this.#sql, before);
  }

  trace(id: string): EntryTrace | null {
    const found = entryById(this.#sql, id);
    if (found === null) return null;
    return {
      seen: found.seen,
      entry: found.entry,
      stories: storiesOfEntry(this.#sql, id),
      developments: developmentsOf(this.#sql, { entry: id }),
      deliveries: deliveriesOfEntry(this.#sql, id),
    };
  }

  /** Newest first: entries whose address or text contains the given text. */
  find(text: string, limit: number): ArchivedEntry[] {
    return findEntries(this.#sql, text, limit);
  }
}
