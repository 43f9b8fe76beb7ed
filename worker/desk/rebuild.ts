/** The bundle of a version, made again of its source where other code made it, or none is kept any more. */
import { isCurrentBundle, packBundle } from '../../lib/match/bundle.ts';
import { compileDespiteTests } from '../../lib/match/compile.ts';
import { readConfig } from '../../lib/rule/config.ts';
import { log } from '../log.ts';
import { readBundle, readConfigSource, saveBundle } from './configs.ts';

/** @returns null for a version that is not kept, or that this code no longer takes */
export async function usableBundle(sql: SqlStorage, hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const kept = readBundle(sql, hash);
  if (kept !== null && isCurrentBundle(kept)) return kept;
  const source = readConfigSource(sql, hash);
  if (source === null) return null;
  const { config } = readConfig(source, { hasVariable: null });
  const binary = config === null ? null : (await compileDespiteTests(config)).binary;
  if (config === null || binary === null) {
    log('error', 'configuration', 'a version is not understood by this code any more: save it anew');
    return null;
  }
  const bundle = packBundle(config, binary);
  saveBundle(sql, hash, bundle);
  return bundle;
}
