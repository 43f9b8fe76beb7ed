/** The shipped packs: entities and concepts by id, unpacked on first use from generated data. */
import type { TermList } from '../model/config.ts';
import type { PackedList } from './packed-list.ts';
import { PACKS } from './packs.gen.ts';
import { territories } from './territories.ts';

/** Ids of all shipped packs. */
export const PACK_IDS: readonly string[] = Object.keys(PACKS);

/** Whether a pack of this id is shipped. */
export function isPackId(id: string): boolean {
  return Object.hasOwn(PACKS, id);
}

const unpacked = new Map<string, readonly TermList[]>();

/** @returns the lists of a shipped pack, unpacked once; none for an unknown id */
export function packLists(pack: string): readonly TermList[] {
  const known = unpacked.get(pack);
  if (known !== undefined) return known;
  const written = (isPackId(pack) ? (PACKS[pack] ?? []) : []).map(unpack);
  const lists = pack === 'countries' ? [...written, ...territories()] : written;
  unpacked.set(pack, lists);
  return lists;
}

/** Terms of several languages are listed once per language. */
function unpack(list: PackedList): TermList {
  return {
    id: list.id,
    kind: list.kind,
    title: list.title,
    country: list.country ?? null,
    counted: list.counted ?? false,
    terms: Object.entries(list.langs).flatMap(([langs, terms]) =>
      langs.split(' ').flatMap((lang) => terms.split('\n').map((term) => ({ term, lang }))),
    ),
    exact: list.exact ?? [],
    notIn: list.notIn ?? [],
    include: list.include ?? [],
  };
}
