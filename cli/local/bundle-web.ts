/** Builds the pages into `web/dist`, if they are missing or older than their sources. */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['web', 'lib', 'config/config.schema.json', 'package-lock.json', 'cli/local/bundle-web.ts'];
/** Replaced by a fresh nonce in each answer (worker/http/pages.ts). */
const NONCE_PLACEHOLDER = '__NONCE__';

/** @returns the folder, absolute; throws with vite's message if the build fails */
export async function bundleWeb(): Promise<string> {
  const folder = join(ROOT, 'web/dist');
  if (isFresh(folder)) return folder;
  try {
    await build(folder);
  } catch (error) {
    // Services that start at the same time build at the same time; if this build failed, use the other's result.
    if (!isFresh(folder)) throw error;
  }
  return folder;
}

function isFresh(folder: string): boolean {
  const page = join(folder, 'index.html');
  return existsSync(page) && statSync(page).mtimeMs >= newestOf(SOURCES.map((name) => join(ROOT, name)));
}

/** Builds into another folder first and then swaps, so that a running service never serves half of the new pages. */
async function build(folder: string): Promise<void> {
  // Loaded on demand: it takes half a second, and most starts need no build.
  const vite = await import('vite');
  const fresh = `${folder}-${process.pid}`;
  try {
    await vite.build({
      root: join(ROOT, 'web'),
      configFile: false,
      envDir: false,
      logLevel: 'error',
      html: { cspNonce: NONCE_PLACEHOLDER },
      // Also for tests: in development mode every element contains the path of its file on this machine.
      mode: 'production',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
      worker: { format: 'es' },
      build: {
        outDir: fresh,
        emptyOutDir: true,
        target: 'es2024',
        // Preload links would not have the nonce; chunks imported by a script with the nonce need none.
        modulePreload: false,
        cssCodeSplit: false,
        assetsInlineLimit: 0,
        reportCompressedSize: false,
      },
    });
    // For editors: served at /config.schema.json.
    copyFileSync(join(ROOT, 'config/config.schema.json'), join(fresh, 'config.schema.json'));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Latest change of files and folders, in ms since 1970; built files do not count. */
function newestOf(paths: readonly string[]): number {
  return Math.max(
    ...paths.map((path) => {
      const { mtimeMs } = statSync(path);
      if (!statSync(path).isDirectory()) return mtimeMs;
      const inside = readdirSync(path).filter((name) => !name.startsWith('dist'));
      return Math.max(0, ...inside.map((name) => newestOf([join(path, name)])));
    }),
  );
}
