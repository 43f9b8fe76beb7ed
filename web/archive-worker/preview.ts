/** Matches of one rule in the archive, compared with the version in force. Runs in the worker, page by page. */
import { type AlertPreview, type CaughtEntry, previewAlerts } from '../../lib/alert/preview.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { compileLexicon, type Lexicon } from '../../lib/match/compile/lexicon.ts';
import { coverageOf } from '../../lib/match/lint/coverage.ts';
import { Lists } from '../../lib/match/lists.ts';
import { loadRules, openRules, type Rules } from '../../lib/match/run/load.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import { testResults } from '../../lib/match/run/tests.ts';
import type { Config, RuleConfig } from '../../lib/model/config.ts';
import type { ArchivedEntry, EntryText } from '../../lib/model/entry.ts';
import type { EntryFacts } from '../../lib/model/story.ts';
import { parseQuery } from '../../lib/rule/parse.ts';
import { factsOf } from '../../lib/story/facts.ts';
import { familiesOf } from '../../lib/story/publisher.ts';
import type { OpenDocument } from './documents.ts';
import type { Preview, TestRow } from './protocol.ts';
import { type Hit, missedRow, nearnessOf, rowOf } from './rows.ts';
import type { ArchivePage } from './store.ts';

/** A compiled rule. */
export interface Compiled {
  readonly rule: RuleConfig;
  readonly rules: Rules;
  readonly lists: Lists;
  readonly config: Config;
  /** Cache of its matches by page: pages do not change. */
  readonly caught: WeakMap<ArchivePage, readonly Hit[]>;
}

const ROWS_MAX = 60;
/** Entries searched for near misses if nothing matches. */
const NEAR_ENTRIES_MAX = 400;
const NEAR_ROWS_MAX = 5;

/** @returns null: the document has no such rule, or its query has a mistake */
export async function compiled(document: OpenDocument | null, id: string): Promise<Compiled | null> {
  const alone = document?.alone(id) ?? null;
  if (alone === null) return null;
  const { config, rule } = alone;
  // Without its tests, which run separately: a failing test would stop the compiler.
  const untested = { ...config, rules: [{ ...rule, tests: { match: [], noMatch: [] } }] };
  const { binary } = await compileRules(untested);
  if (binary === null) return null;
  return { rule, rules: await openRules(binary), lists: new Lists(config), config, caught: new WeakMap() };
}

/** Matches of the rule on one page. */
export function caughtOf(
  { rules, caught }: Pick<Compiled, 'rules' | 'caught'>,
  page: ArchivePage,
): readonly Hit[] {
  const known = caught.get(page);
  if (known !== undefined) return known;
  const found: Hit[] = [];
  for (const one of page.entries) {
    const [match] = matchEntry(rules, one.entry);
    if (match !== undefined) found.push({ one, match });
  }
  caught.set(page, found);
  return found;
}

/** Facts of entries and titles of lists, cached for one set of lists. */
export class Knowledge {
  readonly #lexicon: Lexicon;
  readonly #facts = new Map<string, EntryFacts>();

  constructor(config: Config) {
    const { binary, names } = compileLexicon(config);
    if (binary === null) throw new Error('lists that compile have a lexicon');
    this.familyOf = familiesOf(config.families);
    this.#lexicon = { rules: loadRules(binary), names: new Map(names.map((name) => [name.id, name])) };
  }

  readonly familyOf: (entry: EntryText) => string | null;

  readonly titleOf = (id: string): string => this.#lexicon.names.get(id)?.title ?? id;

  readonly factsOf = (entry: EntryText): EntryFacts => {
    const known = this.#facts.get(entry.id) ?? factsOf(entry, this.#lexicon);
    this.#facts.set(entry.id, known);
    return known;
  };
}

interface Searched {
  readonly pages: readonly ArchivePage[];
  readonly total: number;
  readonly complete: boolean;
  readonly done: boolean;
  readonly ms: number;
}

/** @param before the rule in the version in force; null: that version does not have it */
export function previewOf(
  now: Compiled,
  before: Compiled | null,
  knowledge: Knowledge,
  searched: Searched,
): Preview {
  const { pages, total, complete, done, ms } = searched;
  const caught = unique(pages.flatMap((page) => caughtOf(now, page)));
  const was = before === null ? null : unique(pages.flatMap((page) => caughtOf(before, page)));
  const gained = was === null ? [] : [...caught.values()].filter(({ one }) => !was.has(one.entry.id));
  const lost = was === null ? [] : [...was.values()].filter(({ one }) => !caught.has(one.entry.id));
  const first = lost.slice(0, ROWS_MAX);
  return {
    rule: { id: now.rule.id, title: now.rule.title, testMode: now.rule.testMode },
    searched: pages.reduce((sum, { entries }) => sum + entries.length, 0),
    total,
    complete,
    done,
    caught: caught.size,
    was: was?.size ?? null,
    gained: {
      count: gained.length,
      rows: gained.slice(0, ROWS_MAX).map((hit) => gainedRow(hit, now, before)),
    },
    lost: {
      count: lost.length,
      rows: first.map((hit) =>
        missedRow(hit, { rules: now.rules, rule: now.rule.id, lists: before?.lists ?? now.lists }),
      ),
    },
    rows: [...caught.values()].slice(0, ROWS_MAX).map((hit) => rowOf(hit, now.lists)),
    near: done && caught.size === 0 ? nearest(now, pages) : [],
    now: previewed(now, caught, knowledge),
    before: before === null || was === null ? null : previewed(before, was, knowledge),
    span: spanOf(pages),
    tests: testsOf(now),
    coverage:
      now.rule.query.trim() === ''
        ? { languages: [], rows: [] }
        : coverageOf(parseQuery(now.rule.query), now.lists),
    ms,
  };
}

function gainedRow(hit: Hit, now: Compiled, before: Compiled | null) {
  const row = rowOf(hit, now.lists);
  if (before === null) return row;
  return { ...row, why: missedRow(hit, { rules: before.rules, rule: before.rule.id, lists: now.lists }).why };
}

/** The newest version of each entry, by id; pages are ordered newest first. */
function unique(hits: readonly Hit[]): Map<string, Hit> {
  const found = new Map<string, Hit>();
  for (const hit of hits) if (!found.has(hit.one.entry.id)) found.set(hit.one.entry.id, hit);
  return found;
}

function previewed({ rule }: Compiled, caught: ReadonlyMap<string, Hit>, knowledge: Knowledge): AlertPreview {
  const entries: CaughtEntry[] = [...caught.values()].map(({ one }) => one);
  return previewAlerts(rule, entries, knowledge);
}

function spanOf(pages: readonly ArchivePage[]): Preview['span'] {
  const newest = pages[0]?.entries[0]?.seen;
  const oldest = pages.at(-1)?.entries.at(-1)?.seen;
  return newest === undefined || oldest === undefined ? null : { from: oldest, to: newest };
}

function testsOf({ rules, rule }: Compiled): TestRow[] {
  return testResults(rules, rule).map(({ side, test, fault }) => ({
    side: side === 'match' ? 'match' : 'no match',
    title: test.title === '' ? test.summary : test.title,
    lang: test.lang,
    passes: fault === null,
    why: fault?.hint ?? null,
  }));
}

function nearest({ rules, rule }: Compiled, pages: readonly ArchivePage[]) {
  const entries: ArchivedEntry[] = pages.flatMap((page) => page.entries).slice(0, NEAR_ENTRIES_MAX);
  return entries
    .flatMap((one) => {
      const near = nearnessOf(rules, rule.id, one.entry);
      return near === null ? [] : [{ row: near.row(one), held: near.held }];
    })
    .toSorted((a, b) => b.held - a.held)
    .slice(0, NEAR_ROWS_MAX)
    .map(({ row }) => row);
}
