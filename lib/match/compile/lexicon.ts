/**
 * The lexicon: each entity and concept of a configuration and its packs as a rule of one list, whether rules use it or not.
 * Applied to matched entries only, it yields what they name as language-independent ids.
 */
import type { Config, RuleConfig, TermList } from '../../model/config.ts';
import type { EntryText } from '../../model/entry.ts';
import type { MatchSpan } from '../../model/match.ts';
import { isPackId, packLists } from '../../packs/packs.ts';
import type { Rules } from '../run/load.ts';
import { matchEntry } from '../run/match.ts';
import { compileLoaded } from './compile.ts';

/** Packs that are always included: agencies decide independence, people and happenings decide stories. */
const ALWAYS = ['attribution', 'people', 'happenings'].filter(isPackId);
/** Packs whose entities have a special kind. */
const PACK_KINDS = new Map<string, ListName['kind']>([
  ['attribution', 'agency'],
  ['people', 'speaker'],
]);

/** Data of a list besides its terms. */
export interface ListName {
  readonly id: string;
  /** Short English title, which alerts and pages show instead of the id. */
  readonly title: string;
  readonly kind: TermList['kind'] | 'agency' | 'speaker';
  readonly country: string | null;
  /** Id under which figures count its terms; null: they do not. */
  readonly counted: string | null;
}

/** The compiled lexicon and the names of its lists by id. */
export interface Lexicon {
  readonly rules: Rules;
  readonly names: ReadonlyMap<string, ListName>;
}

/** Lists by id; a list of the configuration replaces a shipped one of the same id. */
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
  // A counted list that another shipped list includes is counted under the latter. Lists of the document do not change this.
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

/** Without a title, the id stands for it. */
function nameOf({ id, title, country }: TermList, kind: ListName['kind'], counted: string | null): ListName {
  return { id, title: title ?? id.replaceAll('-', ' '), kind, country, counted };
}

/** @returns compiled rules and the names of their lists; `binary` null if a list of the document has an error */
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

/** A rule without channels, for searches and the lexicon. */
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

/** A list that an entry names. */
export interface Mention {
  readonly name: ListName;
  /** Matches in reading order. */
  readonly spans: readonly MatchSpan[];
}

/** @returns the lists that the entry names, in the order of the lexicon */
export function mentionsOf({ rules, names }: Lexicon, entry: EntryText): Mention[] {
  return matchEntry(rules, entry).flatMap(({ rule, spans }) => {
    const name = names.get(rule);
    return name === undefined ? [] : [{ name, spans }];
  });
}
