/** Writes lib/text/entities.gen.ts from WHATWG's entities.json: `node scripts/entities.ts PATH`. */
import { readFileSync, writeFileSync } from 'node:fs';

const [path = ''] = process.argv.slice(2);
const entities = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { characters: string }>;

/** `name` → characters, and whether HTML accepts the name without a semicolon. */
const names = new Map<string, { characters: string; legacy: boolean }>();
for (const [reference, { characters }] of Object.entries(entities)) {
  const name = reference.replace(/^&|;$/g, '');
  const legacy = (names.get(name)?.legacy ?? false) || !reference.endsWith(';');
  names.set(name, { characters, legacy });
}
const escaped = (characters: string) =>
  [...characters]
    .map((c) => {
      const code = c.codePointAt(0) ?? 0;
      if (c === '\\' || c === "'") return `\\${c}`;
      return code > 0x20 && code < 0x7f ? c : `\\u{${code.toString(16)}}`;
    })
    .join('');
const lines = (legacy: boolean) =>
  [...names]
    .filter(([name, entity]) => entity.legacy === legacy && name !== 'NewLine')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entity]) => `${name} ${escaped(entity.characters)}`)
    .join('\\n');
writeFileSync(
  'lib/text/entities.gen.ts',
  `/** Named character references of HTML (WHATWG HTML §13.5), made by scripts/entities.ts. One \`name characters\` a line. */

/** Known with and without their semicolon. */
export const LEGACY_ENTITIES =
  '${lines(true)}';

/** Known only with their semicolon; without NewLine, which would break the lines. */
export const ENTITIES =
  '${lines(false)}';
`,
);
