/** The Worker as one module, for the local runtime: the same source that wrangler deploys. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const ENTRY = fileURLToPath(new URL('../../worker/index.ts', import.meta.url));

/**
 * Throws with esbuild's message when the source does not build.
 * @param options.entry another module that stands before the Worker; not given: the Worker itself
 */
export function bundleWorker(options: { minify: boolean; entry?: string } = { minify: false }): string {
  // In one go: the asynchronous form leaves a process of 60 MB behind.
  const { outputFiles } = buildSync({
    entryPoints: [options.entry ?? ENTRY],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    // Words of many scripts as they are: escaped they weigh twice as much.
    charset: 'utf8',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    minify: options.minify,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
