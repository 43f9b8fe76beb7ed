/** Puts a checked and compiled document in force, in one transaction. */
import { openHead, readBundleHead } from '../../../lib/match/compile/bundle.ts';
import type { RedRule } from '../../../lib/match/run/tests.ts';
import { enableChannels } from '../table/channels.ts';
import { headHash, noteRedRules, saveConfig } from '../table/configs.ts';
import { clearFact } from '../table/facts.ts';
import { enterArchivedEntries, newBackfillRules } from './backfill.ts';
import type { DeskContext } from './context.ts';

/** A checked and compiled document, as the page, the CLI or the API made it. */
export interface Publication {
  /** SHA-256 of the source, hex. */
  readonly hash: string;
  readonly source: string;
  readonly bundle: Uint8Array;
  readonly author: string | null;
  readonly reason: string | null;
  /** Rules whose own tests fail although the document was saved; `reason` says why. */
  readonly red: readonly RedRule[];
  /** Hashes of which one must be in force; null: any version may be. */
  readonly expected: readonly string[] | null;
}

/**
 * Rules with `backfill` are run over the archive; their alerts are sent as one digest.
 *
 * @returns false, with nothing changed, when a version outside `expected` is in force
 */
export async function publish(desk: DeskContext, publication: Publication): Promise<boolean> {
  const { sql, ledger } = desk;
  const wall = Date.now();
  const head = readBundleHead(publication.bundle);
  const after = head.config;
  const backfills = after.rules.some((rule) => rule.backfillMs !== null);
  const bundle = backfills ? await openHead(head) : null;
  const isTaken = ledger.transact(() => {
    const { expected } = publication;
    if (expected !== null && !expected.includes(headHash(sql) ?? '')) return false;
    const before = desk.config()?.value ?? null;
    saveConfig(sql, { ...publication, at: wall });
    noteRedRules(sql, publication.red);
    clearFact(sql, 'config-rejected');
    enableChannels(sql, before, after);
    const rules = newBackfillRules(before, after);
    if (rules.length > 0 && bundle !== null) {
      const wording = desk.wordingOf(head);
      enterArchivedEntries(sql, { bundle, rules, wording, now: desk.tickTime(), wall });
    }
    return true;
  });
  if (isTaken) desk.remember(publication.hash, head);
  return isTaken;
}
