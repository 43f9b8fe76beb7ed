/** Generates docs/packs.md, which describes the shipped packs, from their sources. */
import { parse } from 'yaml';
import { languagesOf } from './generate-packs.ts';

interface List {
  readonly title: string;
  readonly langs?: Readonly<Record<string, readonly unknown[]>>;
  readonly exact?: readonly unknown[];
  readonly include?: readonly string[];
}

interface Pack {
  readonly version: number;
  readonly entities?: Readonly<Record<string, List>>;
  readonly concepts?: Readonly<Record<string, List>>;
}

const ABOUT = `# Packs

Packs are word lists that come with Vigie. \`use: [health, countries]\` in a configuration makes their lists available,
and \`@cholera\` in a query stands for any word of that list. Your own list replaces a shipped list with the same id, and
\`include: [cholera]\` adds a shipped list to yours.

Each pack is one file, \`lib/packs/<pack>.yaml\`, written for people. Its beginning says how the words were chosen and
which look-alikes were found. Its end contains sentences that each list must find or must not find, in every language of
the pack. \`npm run generate\` makes from it what the Worker uses, and this page.

To correct a list, edit its file, add the sentence that was missed or wrongly found to its \`tests\`, and run
\`npm run generate\` and \`npx vitest run --project lib test/lib/packs\`. If you change what a list means, raise the
\`version\` of the pack.

The pack \`countries\` also knows all other territories of ISO 3166-1 by their names in 53 languages (Unicode CLDR; long
forms of i18n-iso-countries), under their English names: \`@thailand\`, \`@cote-d-ivoire\`. Names that are other words too
(Chad, Jordan, Turkey) match only as written, with a capital.
`;

/** @returns content of the page */
export function packsPage(packs: readonly { readonly id: string; readonly source: string }[]): string {
  return [ABOUT, ...packs.map(({ id, source }) => packPart(id, parse(source) as Pack))].join('\n');
}

function packPart(id: string, pack: Pack): string {
  const lists = [...Object.entries(pack.entities ?? {}), ...Object.entries(pack.concepts ?? {})];
  const rows = lists.map(([list, { title, langs = {}, include = [] }]) => {
    const languages = new Set(Object.keys(langs).flatMap((key) => languagesOf(key)));
    const terms = Object.values(langs).reduce((sum, words) => sum + words.length, 0);
    const more =
      include.length === 0 ? '' : `, and all of ${include.map((other) => `\`@${other}\``).join(' ')}`;
    return `| \`@${list}\` | ${title}${more} | ${languages.size} | ${terms} |`;
  });
  return [
    `## ${id}`,
    '',
    `Version ${pack.version}.`,
    '',
    '| list | what it is | languages | words |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
