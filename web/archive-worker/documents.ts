/** Reads a document and finds its problems, as the service would. Runs in the worker. */

import { checkDocument } from '../../lib/config/document/config.ts';
import { type ReadDocument, readDocument } from '../../lib/config/document/document.ts';
import { listsAlone, ruleAlone } from '../../lib/config/document/rule-alone.ts';
import { compileDespiteTests } from '../../lib/match/compile/compile.ts';
import { Lists } from '../../lib/match/lists.ts';
import type { Config, ConfigProblem, RuleConfig, Severity } from '../../lib/model/config.ts';
import { isPackId, packLists } from '../../lib/packs/packs.ts';
import { formOf } from '../../lib/rule/form.ts';
import { newLines } from './line-diff.ts';
import type { Checked, ListCard, RuleForm, RuleOutline } from './protocol.ts';

/** A parsed document; its lists are compiled on first use. */
export class OpenDocument {
  readonly source: string;
  readonly read: ReadDocument;
  #lists: { config: Config; lists: Lists } | null | undefined;

  constructor(source: string) {
    this.source = source;
    this.read = readDocument(source);
  }

  get isReadable(): boolean {
    return this.read.value !== null || this.read.problems.length === 0;
  }

  /** null: the lists have a mistake. */
  get lists(): { readonly config: Config; readonly lists: Lists } | null {
    if (this.#lists === undefined) {
      const config = listsAlone(this.read);
      this.#lists = config === null ? null : { config, lists: new Lists(config) };
    }
    return this.#lists;
  }

  alone(rule: string): ReturnType<typeof ruleAlone> {
    return ruleAlone(this.read, rule);
  }
}

/** @param floorMs shortest poll interval of the plan. @param rule the rule to return as a form */
export async function checkedOf(
  document: OpenDocument,
  { base, rule, floorMs }: { base: string | null; rule: string | null; floorMs: number },
): Promise<Checked> {
  const { config, problems } = checkDocument(document.read, { hasVariable: null, floorMs });
  const found = config === null ? [] : (await compileDespiteTests(config)).problems;
  const { lists } = document;
  return {
    problems: [...problems, ...found.map(asRefused)].sort((a, b) => a.offset - b.offset),
    unreadable: !document.isReadable,
    rules: rulesOf(document.read),
    lists: namesOf(lists),
    channels: Object.keys(asRecord(asRecord(document.read.value)?.['channels']) ?? {}),
    feeds: listOf(asRecord(document.read.value)?.['feeds']).length,
    changed: base === null ? [] : newLines(base, document.source),
    form: rule === null ? null : formOfRule(document, rule),
  };
}

/** The service refuses a document whose own test fails, unless a reason is given. */
function asRefused(problem: ConfigProblem): ConfigProblem {
  return problem.code === 'E_TEST_FAILED' ? { ...problem, level: 'error' } : problem;
}

function rulesOf(read: ReadDocument): RuleOutline[] {
  return listOf(asRecord(read.value)?.['rules']).flatMap((one, at) => {
    const rule = asRecord(one);
    const place = read.places.byPath[`rules[${at}]`];
    if (rule === null || place === undefined || typeof rule['id'] !== 'string') return [];
    const to = asRecord(rule['notify'])?.['to'];
    return [
      {
        id: rule['id'],
        title: typeof rule['title'] === 'string' ? rule['title'] : rule['id'],
        severity: typeof rule['severity'] === 'string' ? rule['severity'] : 'medium',
        testMode: rule['test_mode'] === true,
        hasChannel: typeof to === 'string' || listOf(to).length > 0,
        from: place.offset,
        to: place.offset + place.length,
      },
    ];
  });
}

export function namesOf(of: OpenDocument['lists']): Checked['lists'] {
  if (of === null) return [];
  const { config, lists } = of;
  return lists.ids().map((id) => ({ id, title: titleOf(lists, id), from: originOf(config, id) }));
}

const titleOf = (lists: Lists, id: string): string => lists.named(id)?.title ?? id.replaceAll('-', ' ');

function originOf(config: Config, id: string): string {
  if (config.lists.some((list) => list.id === id)) return 'this document';
  const pack = config.use.find((one) => idsOf(one).has(id));
  return pack === undefined ? 'a pack' : `${pack} pack`;
}

const packIds = new Map<string, ReadonlySet<string>>();

function idsOf(pack: string): ReadonlySet<string> {
  const known = packIds.get(pack) ?? new Set(isPackId(pack) ? packLists(pack).map(({ id }) => id) : []);
  packIds.set(pack, known);
  return known;
}

function formOfRule(document: OpenDocument, id: string): RuleForm | null {
  const alone = document.alone(id);
  return alone === null ? null : ruleForm(alone.rule);
}

function ruleForm({ title, severity, notify, testMode, query, quantity, score }: RuleConfig): RuleForm {
  const whole = quantity === null && score === null;
  return {
    title,
    severity: severity satisfies Severity,
    channels: notify.to,
    on: notify.on,
    testMode,
    query: query.trim(),
    form: whole ? formOf(query) : null,
  };
}

/** Terms of one language that a card shows. */
const CARD_TERMS_MAX = 8;

/** @param hits entries of the last week that contain a term; null: unknown. @returns null: no such list */
export function cardOf(
  { config, lists }: { config: Config; lists: Lists },
  id: string,
  hits: number | null,
): ListCard | null {
  const list = lists.named(id);
  if (list === null) return null;
  const byLanguage = new Map<string, string[]>();
  const labelled = [...lists.labelled(id), ...list.exact.map((term) => ({ term: `="${term}"`, lang: null }))];
  for (const { term, lang } of labelled) {
    const of = byLanguage.get(lang ?? '') ?? [];
    of.push(term);
    byLanguage.set(lang ?? '', of);
  }
  return {
    id,
    title: titleOf(lists, id),
    from: originOf(config, id),
    includes: list.include,
    terms: labelled.length,
    languages: [...byLanguage].map(([lang, terms]) => ({
      lang,
      terms: terms.slice(0, CARD_TERMS_MAX),
      more: Math.max(0, terms.length - CARD_TERMS_MAX),
    })),
    hits,
  };
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
