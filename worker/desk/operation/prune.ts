/** Deletes expired rows from all tables, once a day (UTC). */

import type { EpochMs } from '../../../lib/model/flavor.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import { pruneArchive } from '../table/archive.ts';
import { readFact, writeFact } from '../table/facts.ts';
import { pruneHandled } from '../table/handled.ts';
import { pruneMutes } from '../table/mutes.ts';
import { pruneOutbox } from '../table/outbox.ts';
import type { Sql } from '../table/sql.ts';
import { pruneStories } from '../table/stories.ts';

/** @param at tick time. @param wall wall time, which decides the day */
export function prune(sql: Sql, { at, wall }: { at: EpochMs; wall: EpochMs }): void {
  const today = String(Math.floor(wall / DAY_MS));
  if (readFact(sql, 'pruned') === today) return;
  writeFact(sql, 'pruned', today);
  pruneArchive(sql, at);
  pruneHandled(sql, at);
  pruneOutbox(sql, wall);
  pruneStories(sql, at);
  pruneMutes(sql, at);
}
