/** The format in which the generator writes lists of packs: compact and quick to read. */
import type { TermList } from '../model/config.ts';

/** One list as generated: terms by language, one per line in a single string. */
export interface PackedList {
  readonly id: string;
  readonly kind: TermList['kind'];
  readonly title: string;
  readonly country?: string;
  readonly counted?: boolean | string;
  readonly langs: { readonly [langs: string]: string };
  readonly exact?: readonly string[];
  readonly notIn?: readonly string[];
  readonly include?: readonly string[];
}

/** Territories known by name only, as columns: one line per territory, alternatives separated by tabs. */
export interface PackedTerritories {
  readonly codes: string;
  readonly ids: string;
  readonly titles: string;
  readonly names: { readonly [lang: string]: string };
  readonly exact: string;
  readonly notIn: string;
}
