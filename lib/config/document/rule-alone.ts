/**
 * One rule of a document with the lists that it can name, for previews: mistakes elsewhere in the document, or in a key of
 * the rule that does not affect matching, do not prevent the preview.
 */
import type { Config, Places, RuleConfig } from '../../model/config.ts';
import { buildConfig } from '../schema/build.ts';
import { document } from '../schema/schema.ts';
import type { ReadDocument } from './document.ts';

/** Keys of a rule that decide which entries it matches. */
const DECISIVE = ['id', 'query', 'score', 'quantity', 'where'] as const;

/** @returns a configuration with the lists that a query can name and no rules; null: the lists have a mistake */
export function listsAlone(read: ReadDocument): Config | null {
  const value = asRecord(read.value);
  if (value === null) return null;
  const checked = document.safeParse({ version: 1, ...given(listSections(value)) }, { reportInput: false });
  return checked.success ? buildConfig(checked.data, NO_PLACES) : null;
}

/** Positions do not matter: problems of a preview are not shown. */
const NO_PLACES: Places = { lineStarts: [0], byPath: {} };

/** The sections that queries can refer to. */
function listSections(value: Readonly<Record<string, unknown>>) {
  return {
    use: value['use'],
    entities: value['entities'],
    concepts: value['concepts'],
    families: value['families'],
  };
}

/** @returns the rule and its path; null: the document has no such rule, or a key that affects matching is not valid */
export function ruleAlone(
  read: ReadDocument,
  id: string,
): { config: Config; rule: RuleConfig; path: string } | null {
  const value = asRecord(read.value);
  const rules = Array.isArray(value?.['rules']) ? (value['rules'] as unknown[]) : [];
  const at = rules.findIndex((rule) => asRecord(rule)?.['id'] === id);
  const rule = asRecord(rules[at]);
  if (value === null || rule === null) return null;
  const lists = listSections(value);
  const decisive = Object.fromEntries(DECISIVE.flatMap((key) => (key in rule ? [[key, rule[key]]] : [])));
  for (const one of [rule, decisive]) {
    const checked = document.safeParse({ version: 1, ...given(lists), rules: [one] }, { reportInput: false });
    if (!checked.success) continue;
    const config = buildConfig(checked.data, NO_PLACES);
    const [found] = config.rules;
    if (found !== undefined) return { config, rule: found, path: `rules[${at}]` };
  }
  return null;
}

/** Leaves out sections that are missing or empty. */
function given(lists: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined && list !== null));
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
