/** Bundles the Worker into one module for the local runtime, from the same source that wrangler deploys. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const ENTRY = fileURLToPath(new URL('../../worker/index.ts', import.meta.url));

/**
 * Throws with esbuild's message if the build fails.
 * @param options.entry a module that wraps the Worker; not given: the Worker itself
 */
export function bundleWorker(options: { minify: boolean; entry?: string } = { minify: false }): string {
  // Not the asynchronous function, which leaves a process of 60 MB running.
  const { outputFiles } = buildSync({
    entryPoints: [options.entry ?? ENTRY],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    // Escaped, the words of the packs would take twice the space.
    charset: 'utf8',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    minify: options.minify,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
