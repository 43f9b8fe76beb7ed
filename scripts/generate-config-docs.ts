/** Writes the tables of keys in docs/configuration.md, and config/config.schema.json, from the schema of the configuration. */
import type * as z from 'zod';
import { configJsonSchema } from '../lib/config/schema/json-schema.ts';
import { metaOf } from '../lib/config/schema/keys.ts';
import { SECTIONS } from '../lib/config/schema/schema.ts';

/** JSON Schema for editors, indented. */
export function configSchemaSource(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

/**
 * @param page docs/configuration.md
 * @returns the page with current tables between its markers
 * @throws Error if the page lacks a marker
 */
export function configPage(page: string): string {
  return Object.entries(SECTIONS).reduce(
    (text, [name, schema]) => withTable(text, name, tableOf(schema)),
    page,
  );
}

function withTable(page: string, name: string, table: string): string {
  const begin = `<!-- keys of ${name}: npm run generate writes them from lib/config/schema -->\n`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/configuration.md lacks ${begin.trim()} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${table}\n${page.slice(to)}`;
}

function tableOf(schema: z.ZodObject): string {
  const rows = Object.entries(schema.shape).map(([key, of]) => {
    const meta = metaOf(of as z.ZodType);
    if (meta === null) throw new Error(`the key ${key} has no description`);
    return `| \`${key}\` | ${escaped(meta.description)} | ${escaped(meta.standard ?? defaultOf(of as z.ZodType))} |\n`;
  });
  return `| key | meaning | default |\n|---|---|---|\n${rows.join('')}`;
}

/** The schema's own default as it is written; empty where the key has none. */
function defaultOf(schema: z.ZodType): string {
  const { data, success } = schema.safeParse(undefined);
  return success && data !== undefined ? `\`${JSON.stringify(data)}\``.replaceAll('"', '') : '';
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
