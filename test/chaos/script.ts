/** Builds the wrapped Worker, and variants of it that stand for older and newer releases. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorker } from '../../cli/local/bundle-worker.ts';

const ENTRY = fileURLToPath(new URL('./nemesis/worker.ts', import.meta.url));

/** `rebuilt`: another version whose compiled rules are laid out otherwise. `migrated`: that, with one more migration. */
export type Release = 'current' | 'rebuilt' | 'migrated';

let folder: string | null = null;
const built = new Map<Release, string>();

/** @returns the file of the script, built once in a process */
export function scriptOf(release: Release): string {
  const known = built.get(release);
  if (known !== undefined) return known;
  const file = join(ownFolder(), `${release}.js`);
  writeFileSync(file, changed(bundleWorker({ minify: false, entry: ENTRY }), release));
  built.set(release, file);
  return file;
}

/** Gone with the process. */
function ownFolder(): string {
  if (folder !== null) return folder;
  const fresh = mkdtempSync(join(tmpdir(), 'vigie-chaos-script-'));
  process.once('exit', () => rmSync(fresh, { recursive: true, force: true }));
  folder = fresh;
  return fresh;
}

function changed(script: string, release: Release): string {
  if (release === 'current') return script;
  const version = replaced(script, /VERSION = "\d[\d.]*"/u, 'VERSION = "9.9.9"');
  const layout = replaced(version, /FORMAT_VERSION = \d+/u, 'FORMAT_VERSION = 999');
  const rebuilt = replaced(
    layout,
    /BUNDLE_KIND = `\$\{(\w+)\}-\$\{(\w+)\}-\d+`/u,
    'BUNDLE_KIND = $1 + $2 + "-999"',
  );
  if (release === 'rebuilt') return rebuilt;
  const migration =
    'ALTER TABLE outbox ADD COLUMN tomorrow TEXT; CREATE TABLE tomorrow (id INTEGER PRIMARY KEY);';
  return replaced(rebuilt, /(var MIGRATIONS = \[[\s\S]*?)\n\];/u, `$1,\n${JSON.stringify(migration)}\n];`);
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the bundle has no ${pattern.source}: the rig is out of date`);
  return text.replace(pattern, by);
}
