/** The bundle of a version, made again of its source where other code made it, or none is kept any more. */

import { readConfig } from '../../../lib/config/document/config.ts';
import { bundleState, packBundle } from '../../../lib/match/compile/bundle.ts';
import { compileDespiteTests } from '../../../lib/match/compile/compile.ts';
import { redRules } from '../../../lib/match/run/tests.ts';
import { log } from '../../log.ts';
import { headHash, noteRedRules, readBundle, readConfigSource, saveBundle } from '../table/configs.ts';

/** @returns null for a version that is not kept, or that this code no longer takes */
export async function usableBundle(sql: SqlStorage, hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const kept = readBundle(sql, hash);
  const state = kept === null ? 'foreign' : bundleState(kept);
  if (state === 'current') return kept;
  const source = readConfigSource(sql, hash);
  if (source === null) return state === 'usable' ? kept : null;
  const { config } = readConfig(source, { hasVariable: null, isStored: true });
  const compiled = config === null ? null : await compileDespiteTests(config);
  if (config === null || compiled === null || compiled.binary === null) {
    log('error', 'configuration', 'a version is not understood by this code any more: save it anew');
    return state === 'usable' ? kept : null;
  }
  const bundle = packBundle(config, compiled.binary, hash);
  // Newer code may match otherwise than the code under which these tests were green.
  if (hash === headHash(sql)) noteRedRules(sql, redRules(config, compiled.problems));
  saveBundle(sql, hash, bundle);
  return bundle;
}
