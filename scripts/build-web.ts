/** `npm run build:web`: builds the pages when they are not up to date, and says what they weigh. */
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
