/** The shape in which the generator writes a pack's lists: small to carry, quick to read. */
import type { TermList } from '../model/config.ts';

/** One list as the generator writes it: terms in one string, each on its line, under the languages that they belong to. */
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

/** Territories known by name only, in columns: a line for each, alternatives parted by tabs. */
export interface PackedTerritories {
  readonly codes: string;
  readonly ids: string;
  readonly titles: string;
  readonly names: { readonly [lang: string]: string };
  readonly exact: string;
  readonly notIn: string;
}
