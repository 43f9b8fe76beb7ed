/** Writes lib/feed/date/months.gen.ts: names of months from CLDR, by the ICU of the running Node: `node scripts/months.ts`. */
import { writeFileSync } from 'node:fs';

const LANGUAGES = (
  'en fr de es it pt nl pl cs sk hu ro tr sv da nb fi et lv lt id ms hr sl sr bs mk bg ru uk be el ca gl eu sq is ga cy ' +
  'af sw fil az uz kk ky mn ka hy he ar fa ur hi bn mr ne ta te th km my am'
).split(' ');

/** name → its months in any language; a name with two meanings is left out (listopad). */
const months = new Map<string, Set<number>>();
const note = (name: string, month: number) => {
  const known = months.get(name) ?? new Set();
  months.set(name, known.add(month));
};

for (const language of LANGUAGES) {
  for (const width of ['long', 'short'] as const) {
    for (const options of [{ month: width }, { month: width, day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
        ...options,
        timeZone: 'UTC',
      });
      for (let month = 0; month < 12; month++) {
        const part = format.formatToParts(Date.UTC(2021, month, 15)).find(({ type }) => type === 'month');
        const name = (part?.value ?? '')
          .toLowerCase()
          .normalize('NFC')
          .replace(/[.\u200e\u200f]+$/, '');
        if (!/^[\p{L}\p{M}’']{2,}$/u.test(name)) continue;
        note(name, month);
        const plain = name
          .normalize('NFD')
          .replace(/[\u0300-\u036f]/g, '')
          .normalize('NFC');
        if (plain !== name) note(plain, month);
      }
    }
  }
}
const rows = Array.from({ length: 12 }, (_, month) =>
  [...months].filter(([, of]) => of.size === 1 && of.has(month)).map(([name]) => name),
);
writeFileSync(
  'lib/feed/date/months.gen.ts',
  `/** Names of the months in ${LANGUAGES.length} languages (Unicode CLDR), lower case, made by scripts/months.ts. January first. */
export const MONTHS: readonly string[] = [
${rows.map((names) => `  '${names.join(' ').replaceAll("'", "\\'")}',`).join('\n')}
];
`,
);
