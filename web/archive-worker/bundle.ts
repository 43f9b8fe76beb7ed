/** A document as the service compiles it: on the free plan it has no time to do so itself. Runs in the worker. */

import { readConfig } from '../../lib/config/document/config.ts';
import { packBundle } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';

/** @returns gzipped; null: the document has a mistake or a red test */
export async function bundleOf(source: string, floorMs: number): Promise<ArrayBuffer | null> {
  const { config } = readConfig(source, { hasVariable: null, floorMs });
  const compiled = config === null ? null : await compileRules(config);
  if (config === null || compiled === null || compiled.binary === null) return null;
  const bundle = new Blob([packBundle(config, compiled.binary, await versionOf(source))]);
  return await new Response(bundle.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

/** The name that the service gives to a document. */
async function versionOf(source: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
