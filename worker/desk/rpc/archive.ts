/** The archive for worker/http: pages of archived entries, single entries, and their history. */

import { RpcTarget } from 'cloudflare:workers';
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { ArchivedEntry } from '../../../lib/model/entry.ts';
import type { DeskContext } from '../operation/context.ts';
import { archivePage, entryById, findEntries } from '../table/archive.ts';
import { deliveriesOfEntry } from '../table/deliveries.ts';
import { developmentsOf } from '../table/developments.ts';
import { storiesOfEntry } from '../table/stories.ts';

/** An entry as it is stored, with what followed; worker/http explains it. */
type StoredTrace = Pick<ArchivedEntry, 'seen' | 'entry'> &
  Pick<EntryTrace, 'stories' | 'developments' | 'deliveries'>;

/** RPC target for the archive. Reads only. */
export class ArchiveRpc extends RpcTarget {
  readonly #desk: Pick<DeskContext, 'sql' | 'config'>;

  constructor(desk: Pick<DeskContext, 'sql' | 'config'>) {
    super();
    this.#desk = desk;
  }

  /**
   * One page as lines of JSON, oldest entry first. Pages go from newest to oldest.
   *
   * @param before id of the last page read; null: start with the newest
   */
  page(
    before: number | null,
  ): { readonly id: number; readonly entries: number; readonly lines: string } | null {
    return archivePage(this.#desk.sql, before);
  }

  trace(id: string): StoredTrace | null {
    const { sql, config } = this.#desk;
    const found = entryById(sql, id);
    if (found === null) return null;
    const developments = developmentsOf(sql, { entry: id });
    const rules = [
      ...(config()?.value.rules ?? []).map((rule) => rule.id),
      ...developments.map(({ rule }) => rule),
    ];
    return {
      seen: found.seen,
      entry: found.entry,
      stories: storiesOfEntry(sql, { id, keys: found.keys }, rules),
      developments,
      deliveries: deliveriesOfEntry(sql, id),
    };
  }

  /** Newest first: entries whose address or text contains the given text. */
  find(text: string, limit: number): ArchivedEntry[] {
    return findEntries(this.#desk.sql, text, limit);
  }
}
