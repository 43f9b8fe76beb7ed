/** Compiles a document as the service would, because on the free plan the service has no CPU time for it. Runs in the worker. */

import { readConfig } from '../../lib/config/document/config.ts';
import { packBundle } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';

/** @returns gzipped; null: the document has a mistake or a failing test */
export async function bundleOf(source: string, floorMs: number): Promise<ArrayBuffer | null> {
  const { config } = readConfig(source, { hasVariable: null, floorMs });
  const compiled = config === null ? null : await compileRules(config);
  if (config === null || compiled === null || compiled.binary === null) return null;
  const bundle = new Blob([packBundle(config, compiled.binary, await sha256Hex(source))]);
  return await new Response(bundle.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}
