/** `npm run build:web`: builds the pages if they are out of date, and prints their sizes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleWeb } from '../cli/local/bundle-web.ts';

const folder = join(await bundleWeb(), 'assets');
for (const name of readdirSync(folder).sort()) {
  const bytes = readFileSync(join(folder, name));
  const kib = (count: number) => `${(count / 1024).toFixed(1)} KiB`;
  console.log(`${name}: ${kib(bytes.byteLength)}, ${kib(gzipSync(bytes).byteLength)} gzipped`);
}
