/** Finds languages in which a rule is deaf: some list knows them, but no way through the rule has all its words in them. */
import { operandsOf, type Query } from '../../rule/query.ts';
import type { Lists } from '../lists.ts';

const LANGUAGES_NAMED_MAX = 12;

/** @returns which list lacks which languages, in words; null: the rule can hold in every language that one of its lists has */
export function languageGap(query: Query, lists: Lists): string | null {
  const lacked = new Map<string, string[]>();
  for (const lang of [...languagesOf(query, lists)].sort()) {
    for (const id of lackingLists(query, lang, lists)) lacked.set(id, [...(lacked.get(id) ?? []), lang]);
  }
  if (lacked.size === 0) return null;
  return [...lacked].map(([id, langs]) => `@${id} lacks ${named(langs)}`).join('; ');
}

function named(langs: readonly string[]): string {
  if (langs.length <= LANGUAGES_NAMED_MAX) return langs.join(', ');
  return `${langs.slice(0, LANGUAGES_NAMED_MAX).join(', ')} and ${langs.length - LANGUAGES_NAMED_MAX} more`;
}

function labelsOf(id: string, lists: Lists): ReadonlySet<string> {
  return lists.has(id) ? lists.resolve(id).langs : new Set();
}

/** Languages of all lists that have to be there somewhere. */
function languagesOf(query: Query, lists: Lists): Set<string> {
  if (query.kind === 'list') return new Set(labelsOf(query.id, lists));
  if (query.kind === 'not') return new Set();
  return new Set(operandsOf(query).flatMap((operand) => [...languagesOf(operand, lists)]));
}

/** Lists without a word of the language, on the way through the rule that lacks fewest. */
function lackingLists(query: Query, lang: string, lists: Lists): readonly string[] {
  const of = () => operandsOf(query).map((operand) => lackingLists(operand, lang, lists));
  switch (query.kind) {
    case 'list': {
      const labels = labelsOf(query.id, lists);
      // Without any label it is meant for all.
      return labels.size === 0 || labels.has(lang) ? [] : [query.id];
    }
    case 'not':
      return [];
    case 'or':
    case 'any': {
      const count = query.kind === 'any' ? query.count : 1;
      const fewest = of().toSorted((a, b) => a.length - b.length);
      return [...new Set(fewest.slice(0, count).flat())];
    }
    default:
      return [...new Set(of().flat())];
  }
}
