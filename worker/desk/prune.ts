/** Once a day, what nobody needs any more goes. */
import type { EpochMs } from '../../lib/model/flavor.ts';
import { pruneHandled } from './alerts.ts';
import { pruneArchive } from './archive.ts';
import { readFact, writeFact } from './meta.ts';
import { pruneMutes } from './mutes.ts';
import { pruneOutbox } from './outbox.ts';
import { pruneStories } from './stories.ts';

const DAY_MS = 86_400_000;

export function prune(sql: SqlStorage, { at, wall }: { at: EpochMs; wall: EpochMs }): void {
  const today = String(Math.floor(wall / DAY_MS));
  if (readFact(sql, 'pruned') === today) return;
  writeFact(sql, 'pruned', today);
  pruneArchive(sql, at);
  pruneHandled(sql, at);
  pruneOutbox(sql, wall);
  pruneStories(sql, at);
  pruneMutes(sql, at);
}
