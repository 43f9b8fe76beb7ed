/**
 * Everything a configuration has words for, whether its rules ask or not: each entity and concept of its packs and its
 * own as a rule of one word list. Run over matched entries only, it says what they speak of, in ids free of language.
 */
import type { Config, RuleConfig, TermList } from '../model/config.ts';
import type { EntryText } from '../model/entry.ts';
import type { MatchSpan } from '../model/match.ts';
import { packLists } from '../packs/packs.ts';
import { compileRules } from './compile.ts';
import type { Rules } from './load.ts';
import { matchEntry } from './match.ts';

/** Always known: whom a report credits decides who is independent. */
const ALWAYS = ['attribution'];
const AGENCY_PACK = 'attribution';

/** What is said of a list beside its words. */
export interface ListName {
  readonly id: string;
  /** Short and English. */
  readonly title: string;
  readonly kind: TermList['kind'] | 'agency';
  readonly country: string | null;
  /** Id of a list that includes this one: what is counted as either is counted as that. */
  readonly within: string | null;
}

export interface Lexicon {
  readonly rules: Rules;
  readonly names: ReadonlyMap<string, ListName>;
}

/** The lists of a configuration, its own before shipped ones of the same id. */
function listsOf(config: Config): Map<string, ListName> {
  const lists = new Map<string, { readonly list: TermList; readonly agency: boolean }>();
  for (const pack of packsOf(config)) {
    for (const list of packLists(pack)) lists.set(list.id, { list, agency: pack === AGENCY_PACK });
  }
  for (const list of config.lists) lists.set(list.id, { list, agency: false });
  const within = new Map<string, string>();
  for (const [id, { list }] of lists) for (const part of list.include) within.set(part, id);
  return new Map(
    [...lists].map(([id, { list, agency }]) => [id, nameOf(list, agency, within.get(id) ?? null)]),
  );
}

const packsOf = (config: Config) => [...new Set([...config.use, ...ALWAYS])];

function nameOf({ id, title, kind, country }: TermList, agency: boolean, within: string | null): ListName {
  return { id, title: title ?? id.replaceAll('-', ' '), kind: agency ? 'agency' : kind, country, within };
}

/** @returns binary rules and the names of their lists; null binary where a list of the document has a mistake */
export function compileLexicon(config: Config): { binary: Uint8Array | null; names: readonly ListName[] } {
  const names = listsOf(config);
  const { binary } = compileRules({
    version: 1,
    feeds: [],
    use: packsOf(config),
    lists: config.lists,
    rules: [...names.keys()].map(ruleOfList),
    channels: [],
    allowHosts: [],
  });
  return { binary, names: [...names.values()] };
}

function ruleOfList(id: string): RuleConfig {
  return {
    id,
    title: id,
    severity: 'info',
    query: `@${id}`,
    score: null,
    quantity: null,
    where: { lang: [], notLang: [], publisher: [], notPublisher: [], tag: [], maxAgeMs: null },
    notify: { to: [], on: [] },
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
