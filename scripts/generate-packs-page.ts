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

Word lists that come with Vigie: \`use: [health, countries]\` in a configuration makes their lists known, \`@cholera\` in a query is any
word of one. A list of your own replaces a shipped one of the same id, and \`include: [cholera]\` adds to it. Each pack is one file,
\`lib/packs/<pack>.yaml\`, written for people: its head says how its words were chosen and which traps were met, its end holds the
sentences that each list must find and must leave alone, in every language that it claims. \`npm run generate\` makes from it what the
Worker carries, and this page.

To correct a list: edit its file, add the sentence that was missed or wrongly found to its \`tests\`, run \`npm run generate\` and
\`npx vitest run --project lib test/lib/packs\`. A change of what a list means raises the pack's \`version\`.

The pack \`countries\` also knows every other territory of ISO 3166-1 by its names in 53 languages (Unicode CLDR; long forms of
i18n-iso-countries), under its English name: \`@thailand\`, \`@cote-d-ivoire\`. Names that are other words too (Chad, Jordan, Turkey) count
only as written, with a capital.
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
