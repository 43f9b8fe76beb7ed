/**
 * Recognises reports in one language about two similar events: each names a person or place that the other does not, they
 * share no proper name except those of countries and the like, and their numbers differ.
 */
import type { Mention } from '../match/compile/lexicon.ts';
import type { EntryField } from '../model/entry.ts';
import { FACT_NAMES_MAX } from '../model/limits.ts';
import type { Capitals, EntryFacts } from '../model/story.ts';
import { wordsOf } from './words.ts';

/** Capitalised words of at least three letters; scripts without capitals have none. */
const CAPITALISED = /\p{Lu}[\p{L}\p{M}]{2,}/gu;
/** The text before a word that is capitalised because it begins a sentence or a quotation. */
const OPENING = /(?:^|[.!?…"“„«»”\n])\s*$/u;
/** Letters at the start of a word that inflection does not change: Белгорода and Белгороде count as one. */
const STEM_UNITS = 5;

/** One text field of an entry. */
export interface Text {
  readonly field: EntryField;
  readonly text: string;
}

/**
 * Stems of capitalised words, without days and months.
 *
 * @returns hashes: `known` is part of an entity that a list names, `opening` begins a sentence, `own` is all others
 */
export function capitalsOf(
  texts: readonly Text[],
  lang: string | null,
  mentions: readonly Mention[],
): Capitals {
  const found = { own: new Set<number>(), known: new Set<number>(), opening: new Set<number>() };
  const spans = mentions.filter(({ name }) => name.kind !== 'concept').flatMap((mention) => mention.spans);
  const calendar = calendarOf(lang);
  for (const { field, text } of texts) {
    for (const { 0: word, index } of text.matchAll(CAPITALISED)) {
      const [stem] = wordsOf(word.slice(0, STEM_UNITS), 1).words;
      if (stem === undefined || calendar.has(stem)) continue;
      const isKnown = spans.some(
        (span) => span.field === field && index < span.end && index + word.length > span.start,
      );
      if (OPENING.test(text.slice(Math.max(0, index - 4), index))) found.opening.add(stem);
      else (isKnown ? found.known : found.own).add(stem);
    }
  }
  const first = (stems: ReadonlySet<number>): number[] => [...stems].slice(0, FACT_NAMES_MAX);
  return { own: first(found.own), known: first(found.known), opening: first(found.opening) };
}

/** Cache by primary language: publishers may use any language tag. */
const calendars = new Map<string, ReadonlySet<number>>();

/** Stems of the names of days and months, which some languages capitalise (CLDR). */
function calendarOf(lang: string | null): ReadonlySet<number> {
  const key = /^[a-z]{2,3}/i.exec(lang ?? 'en')?.[0].toLowerCase() ?? 'en';
  let stems = calendars.get(key);
  if (stems === undefined) {
    stems = new Set(calendarWords(key).flatMap((word) => wordsOf(word.slice(0, STEM_UNITS), 1).words));
    calendars.set(key, stems);
  }
  return stems;
}

/** English if CLDR does not know the language; never the language of the machine. */
function calendarWords(lang: string): string[] {
  const written = (part: 'weekday' | 'month') =>
    new Intl.DateTimeFormat([lang, 'en'], { [part]: 'long', timeZone: 'UTC' });
  const [day, month] = [written('weekday'), written('month')];
  return [
    ...Array.from({ length: 7 }, (_, n) => day.format(Date.UTC(2024, 0, 1 + n))),
    ...Array.from({ length: 12 }, (_, n) => month.format(Date.UTC(2024, n, 1))),
  ];
}

/** The facts that are compared. */
type ComparedFacts = Pick<EntryFacts, 'figures' | 'values' | 'capitals'>;

/** @returns whether two reports in one language are about different events; false in doubt */
export function isElsewhere(a: ComparedFacts, b: ComparedFacts): boolean {
  const [x, y] = [a.capitals, b.capitals];
  if (x === undefined || y === undefined || !numbersDiffer(a, b)) return false;
  if (isShared(x, y) || isShared(y, x)) return false;
  // Names that lists know may belong to those who comment on one event: Seoul, Kyiv.
  const [place, otherPlace] = [hasOther(x.own, y), hasOther(y.own, x)];
  return (place && (otherPlace || hasOther(y.known, x))) || (otherPlace && hasOther(x.known, y));
}

const all = ({ own, known, opening }: Capitals): number[] => [...own, ...known, ...opening];

/** Whether one of the names does not occur in the other report. */
function hasOther(names: readonly number[], b: Capitals): boolean {
  const others = all(b);
  return names.some((stem) => !others.includes(stem));
}

/** Both have a name that no list knows: usually a town or a person. */
function isShared({ own }: Capitals, b: Capitals): boolean {
  const others = all(b);
  return own.some((stem) => others.includes(stem));
}

/** Both count the same thing with different figures, or both contain numbers and share none. */
function numbersDiffer(a: ComparedFacts, b: ComparedFacts): boolean {
  if (a.figures.some((x) => b.figures.some((y) => x.value === y.value))) return false;
  if (a.figures.some((x) => b.figures.some((y) => x.of === y.of))) return true;
  const [x, y] = [a.values ?? [], b.values ?? []];
  return x.length > 0 && y.length > 0 && !x.some((value) => y.includes(value));
}
