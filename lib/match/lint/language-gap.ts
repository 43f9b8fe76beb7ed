/** Finds languages that some list of a rule has but in which the whole rule cannot match. */
import { operandsOf, type Query } from '../../rule/query.ts';
import type { Lists } from '../lists.ts';

/** Languages listed in one warning. */
const LANGUAGES_NAMED_MAX = 12;

/** @returns which lists lack which languages, as text; null: the rule can match in every language of its lists */
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

/** Languages of a list; none for an unknown id. */
function labelsOf(id: string, lists: Lists): ReadonlySet<string> {
  return lists.has(id) ? lists.resolve(id).langs : new Set();
}

/** Languages of all lists outside NOT. */
function languagesOf(query: Query, lists: Lists): Set<string> {
  if (query.kind === 'list') return new Set(labelsOf(query.id, lists));
  if (query.kind === 'not') return new Set();
  return new Set(operandsOf(query).flatMap((operand) => [...languagesOf(operand, lists)]));
}

/** Lists without terms of the language, along the alternative that lacks the fewest. */
function lackingLists(query: Query, lang: string, lists: Lists): readonly string[] {
  const of = () => operandsOf(query).map((operand) => lackingLists(operand, lang, lists));
  switch (query.kind) {
    case 'list': {
      const labels = labelsOf(query.id, lists);
      // A list without language labels applies to all languages.
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
