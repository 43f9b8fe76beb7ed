/**
 * Everything a configuration has words for, whether its rules ask or not: each entity and concept of its packs and its
 * own as a rule of one word list. Run over matched entries only, it says what they speak of, in ids free of language.
 */
import type { Config, RuleConfig, TermList } from '../../model/config.ts';
import type { EntryText } from '../../model/entry.ts';
import type { MatchSpan } from '../../model/match.ts';
import { isPackId, packLists } from '../../packs/packs.ts';
import type { Rules } from '../run/load.ts';
import { matchEntry } from '../run/match.ts';
import { compileLoaded } from './compile.ts';

/** Always known: whom a report credits decides who is independent, who speaks and what happens which story it tells. */
const ALWAYS = ['attribution', 'people', 'happenings'].filter(isPackId);
/** Packs whose entities are more than that. */
const PACK_KINDS = new Map<string, ListName['kind']>([
  ['attribution', 'agency'],
  ['people', 'speaker'],
]);

/** What is said of a list beside its words. */
export interface ListName {
  readonly id: string;
  /** Short and English. */
  readonly title: string;
  readonly kind: TermList['kind'] | 'agency' | 'speaker';
  readonly country: string | null;
  /** Under which id figures count its words; null: they count none of them. */
  readonly counted: string | null;
}

export interface Lexicon {
  readonly rules: Rules;
  readonly names: ReadonlyMap<string, ListName>;
}

/** The lists of a configuration, its own before shipped ones of the same id. */
function listsOf(config: Config): Map<string, ListName> {
  const lists = new Map<
    string,
    { readonly list: TermList; readonly kind: ListName['kind']; readonly own: boolean }
  >();
  for (const pack of packsOf(config)) {
    for (const list of packLists(pack))
      lists.set(list.id, { list, kind: PACK_KINDS.get(pack) ?? list.kind, own: false });
  }
  for (const list of config.lists) lists.set(list.id, { list, kind: list.kind, own: true });
  // What is counted under a list that another one includes is counted under that; lists of the document are made for rules.
  const within = new Map<string, string>();
  for (const [id, { list, own }] of lists) if (!own) for (const part of list.include) within.set(part, id);
  return new Map(
    [...lists].map(([id, { list, kind }]) => {
      const counted = list.counted === true ? id : list.counted || null;
      return [id, nameOf(list, kind, counted === null ? null : (within.get(counted) ?? counted))];
    }),
  );
}

const packsOf = (config: Config) => [...new Set([...config.use, ...ALWAYS])];

function nameOf({ id, title, country }: TermList, kind: ListName['kind'], counted: string | null): ListName {
  return { id, title: title ?? id.replaceAll('-', ' '), kind, country, counted };
}

/** @returns binary rules and the names of their lists; null binary where a list of the document has a mistake */
export function compileLexicon(config: Config): { binary: Uint8Array | null; names: readonly ListName[] } {
  const names = listsOf(config);
  const { binary } = compileLoaded({
    version: 1,
    feeds: [],
    use: packsOf(config),
    lists: config.lists,
    rules: [...names.keys()].map((id) => ruleOfQuery(id, `@${id}`)),
    channels: [],
    families: {},
    allowHosts: [],
  });
  return { binary, names: [...names.values()] };
}

/** A rule that tells nobody: for what is only looked at. */
export function ruleOfQuery(id: string, query: string): RuleConfig {
  return {
    id,
    title: id,
    severity: 'info',
    query,
    score: null,
    quantity: null,
    where: { lang: [], notLang: [], publisher: [], notPublisher: [], tag: [], maxAgeMs: null },
    confirm: null,
    notify: {
      to: [],
      on: [],
      groupBy: 'none',
      groupWaitMs: 0,
      quiet: null,
      digest: null,
      repeatMs: null,
      perHour: 1,
    },
    testMode: false,
    backfillMs: null,
    tests: { match: [], noMatch: [] },
  };
}

/** A list that an entry speaks of. */
export interface Mention {
  readonly name: ListName;
  /** In reading order. */
  readonly spans: readonly MatchSpan[];
}

/** @returns what the entry speaks of, in the order of the lists */
export function mentionsOf({ rules, names }: Lexicon, entry: EntryText): Mention[] {
  return matchEntry(rules, entry).flatMap(({ rule, spans }) => {
    const name = names.get(rule);
    return name === undefined ? [] : [{ name, spans }];
  });
}
