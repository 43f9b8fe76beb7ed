/** Writes the committed `*.gen.ts` files from their sources; `--check` only says whether they are up to date. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { foldTableSource } from './generate-fold.ts';
import { countriesOf, packsSource } from './generate-packs.ts';
import { packsPage } from './generate-packs-page.ts';
import { territoriesSource } from './generate-territories.ts';

const PACKS = 'lib/packs';

/** Path → text of every generated file. */
export function generated(): ReadonlyMap<string, string> {
  const packs = readdirSync(PACKS)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ id: name.replace('.yaml', ''), source: readFileSync(`${PACKS}/${name}`, 'utf8') }));
  return new Map([
    ['lib/text/fold-table.gen.ts', foldTableSource()],
    ['lib/packs/packs.gen.ts', packsSource(packs)],
    ['docs/packs.md', packsPage(packs)],
    ['lib/packs/territories.gen.ts', territoriesSource(countriesOf(sourceOf(packs, 'countries')))],
  ]);
}

function sourceOf(packs: readonly { readonly id: string; readonly source: string }[], id: string): string {
  return packs.find((pack) => pack.id === id)?.source ?? '';
}

if (import.meta.main) {
  for (const [path, text] of generated()) {
    writeFileSync(path, text);
    process.stdout.write(`${path}: ${text.length} characters\n`);
  }
}
