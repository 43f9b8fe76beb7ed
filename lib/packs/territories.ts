/** Unpacks the territories of the pack `countries` that are known by name only (CLDR, see scripts/generate-territories.ts). */
import type { TermList } from '../model/config.ts';
import type { PackedTerritories } from './packed-list.ts';
import { TERRITORIES } from './territories.gen.ts';

/** @returns one list per territory, in the order of the columns */
export function territories(packed: PackedTerritories = TERRITORIES): TermList[] {
  const ids = packed.ids.split(' ');
  const codes = packed.codes.split(' ');
  const titles = packed.titles.split('\n');
  const exact = column(packed.exact);
  const notIn = column(packed.notIn);
  const names = Object.entries(packed.names).map(([lang, text]) => ({ lang, rows: column(text) }));
  return ids.map((id, at) => ({
    id,
    kind: 'entity',
    title: titles[at] ?? null,
    country: codes[at] ?? null,
    counted: false,
    terms: names.flatMap(({ lang, rows }) => (rows[at] ?? []).map((term) => ({ term, lang }))),
    exact: exact[at] ?? [],
    notIn: notIn[at] ?? [],
    include: [],
  }));
}

function column(text: string): string[][] {
  return text.split('\n').map((line) => line.split('\t').filter((term) => term !== ''));
}
