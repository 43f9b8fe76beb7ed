/** The pages as files in `web/dist`: built when they are missing or older than what they are made of, else left alone. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['web', 'lib', 'package-lock.json', 'cli/local/bundle-web.ts'];
/** What the Worker puts a fresh nonce for (worker/http/pages.ts). */
const NONCE_PLACEHOLDER = '__NONCE__';

/** @returns the folder, absolute; throws with vite's message when the source does not build */
export async function bundleWeb(): Promise<string> {
  const folder = join(ROOT, 'web/dist');
  if (isFresh(folder)) return folder;
  try {
    await build(folder);
  } catch (error) {
    // Services that start together build together; one that comes off worst takes what another one has built.
    if (!isFresh(folder)) throw error;
  }
  return folder;
}

function isFresh(folder: string): boolean {
  const page = join(folder, 'index.html');
  return existsSync(page) && statSync(page).mtimeMs >= newestOf(SOURCES.map((name) => join(ROOT, name)));
}

/** Beside it first, then swapped: a service that runs on the old pages never sees half of the new ones. */
async function build(folder: string): Promise<void> {
  // Only now: it takes half a second to load, and most starts need no build.
  const vite = await import('vite');
  const fresh = `${folder}-${process.pid}`;
  try {
    await vite.build({
      root: join(ROOT, 'web'),
      configFile: false,
      envDir: false,
      logLevel: 'error',
      html: { cspNonce: NONCE_PLACEHOLDER },
      // Whoever builds, also a run of tests: with `development` every element names its file on this machine.
      mode: 'production',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
      worker: { format: 'es' },
      build: {
        outDir: fresh,
        emptyOutDir: true,
        target: 'es2024',
        // Every chunk is asked for by a script that has the nonce; links made on the fly would not have it.
        modulePreload: false,
        cssCodeSplit: false,
        assetsInlineLimit: 0,
        reportCompressedSize: false,
      },
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Latest change among files and folders, in ms; what was built before does not count. */
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
