/** What the first page weighs: a phone on a poor line has to read it too. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundleWeb } from '../../cli/local/bundle-web.ts';

/** KiB of script, gzipped. */
const FIRST_MAX = 40;

test('the list of stories takes little script', async () => {
  const folder = await bundleWeb();
  const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
  const first = /assets\/index-[\w-]+\.js/.exec(read('index.html'))?.[0] ?? '';
  // What the entry names, and what those name: all that any page could load at once, the largest of which is the first.
  const pages = [...read(first).matchAll(/["'`]\.?\/?(?:assets\/)?(page-[\w-]+\.js)["'`]/g)].map(
    ([, name]) => `assets/${name}`,
  );
  expect(pages.length).toBeGreaterThan(2);
  const weight = (name: string): number => gzipSync(read(name)).byteLength / 1024;
  const shared = (name: string): string[] =>
    [...read(name).matchAll(/from["'`]\.\/((?!index-)[\w-]+\.js)["'`]/g)].map(
      ([, other]) => `assets/${other}`,
    );
  for (const page of pages) {
    const all = new Set([first, page, ...shared(page)]);
    const total = [...all].reduce((sum, name) => sum + weight(name), 0);
    expect(total, page).toBeLessThan(FIRST_MAX);
  }
});

test('what is served names no folder of the machine that built it', async () => {
  const folder = await bundleWeb();
  const named = readdirSync(`${folder}/assets`).filter((name) =>
    readFileSync(`${folder}/assets/${name}`, 'utf8').includes(process.cwd()),
  );
  expect(named).toEqual([]);
});
