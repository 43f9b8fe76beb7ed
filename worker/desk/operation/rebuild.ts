/** Rebuilds a version's bundle from its source when other code made it or it was deleted. */

import { readConfig } from '../../../lib/config/document/config.ts';
import { type BundleHead, packBundle, readBundleHead } from '../../../lib/match/compile/bundle.ts';
import { compileDespiteTests } from '../../../lib/match/compile/compile.ts';
import { redRules } from '../../../lib/match/run/tests.ts';
import { log } from '../../log.ts';
import { headHash, noteRedRules, readBundle, readConfigSource, saveBundle } from '../table/configs.ts';
import type { Sql } from '../table/sql.ts';

/** @returns null for a version that is not stored, or that this code cannot compile */
export async function usableBundle(sql: Sql, hash: string): Promise<BundleHead | null> {
  const kept = keptHead(sql, hash);
  if (kept?.state === 'current') return kept;
  const usable = kept?.state === 'usable' ? kept : null;
  const source = readConfigSource(sql, hash);
  if (source === null) return usable;
  const { config } = readConfig(source, { hasVariable: null, isStored: true });
  const compiled = config === null ? null : await compileDespiteTests(config);
  if (config === null || compiled === null || compiled.binary === null) {
    log(
      'error',
      'configuration',
      'could not be compiled by this version of Vigie: save it again to see its mistakes',
    );
    return usable;
  }
  const bundle = packBundle(config, compiled.binary, hash);
  // Newer code may match differently from the code under which the rules' tests passed.
  if (hash === headHash(sql)) noteRedRules(sql, redRules(config, compiled.problems));
  saveBundle(sql, hash, bundle);
  return readBundleHead(bundle);
}

function keptHead(sql: Sql, hash: string): BundleHead | null {
  const kept = readBundle(sql, hash);
  try {
    return kept === null ? null : readBundleHead(kept);
  } catch {
    // Of another layout, or damaged: the source is compiled again.
    return null;
  }
}
