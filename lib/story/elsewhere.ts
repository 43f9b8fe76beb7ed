/**
 * When two reports in one language tell of two events of one kind: each names somebody or some place that the other does
 * not, they share no proper name but those of countries and the like, and their numbers differ.
 */
import type { Mention } from '../match/compile/lexicon.ts';
import type { EntryField } from '../model/entry.ts';
import { FACT_NAMES_MAX } from '../model/limits.ts';
import type { Capitals, EntryFacts } from '../model/story.ts';
import { wordsOf } from './words.ts';

/** Scripts without capitals have none of these. */
const CAPITALISED = /\p{Lu}[\p{L}\p{M}]{2,}/gu;
/** Before a word that is capitalised for its place in the sentence. */
const OPENING = /(?:^|[.!?…"“„«»”\n])\s*$/u;
/** Letters that inflection leaves alone: Белгорода and Белгороде are one. */
const STEM_UNITS = 5;

export interface Text {
  readonly field: EntryField;
  readonly text: string;
}

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

/** By primary language: publishers may label entries as they like. */
const calendars = new Map<string, ReadonlySet<number>>();

/** Stems of a language's days and months, which some write with a capital (CLDR). */
function calendarOf(lang: string | null): ReadonlySet<number> {
  const key = /^[a-z]{2,3}/i.exec(lang ?? 'en')?.[0].toLowerCase() ?? 'en';
  let stems = calendars.get(key);
  if (stems === undefined) {
    stems = new Set(calendarWords(key).flatMap((word) => wordsOf(word.slice(0, STEM_UNITS), 1).words));
    calendars.set(key, stems);
  }
  return stems;
}

/** English where CLDR does not know the language: never what the machine happens to speak. */
function calendarWords(lang: string): string[] {
  const written = (part: 'weekday' | 'month') =>
    new Intl.DateTimeFormat([lang, 'en'], { [part]: 'long', timeZone: 'UTC' });
  const [day, month] = [written('weekday'), written('month')];
  return [
    ...Array.from({ length: 7 }, (_, n) => day.format(Date.UTC(2024, 0, 1 + n))),
    ...Array.from({ length: 12 }, (_, n) => month.format(Date.UTC(2024, n, 1))),
  ];
}

type ComparedFacts = Pick<EntryFacts, 'figures' | 'values' | 'capitals'>;

/** Of two reports in one language. */
export function isElsewhere(a: ComparedFacts, b: ComparedFacts): boolean {
  const [x, y] = [a.capitals, b.capitals];
  if (x === undefined || y === undefined || !numbersDiffer(a, b)) return false;
  if (isShared(x, y) || isShared(y, x)) return false;
  // Names that are known on both sides may be who speaks of one event: Seoul, Kyiv.
  const [place, otherPlace] = [hasOther(x.own, y), hasOther(y.own, x)];
  return (place && (otherPlace || hasOther(y.known, x))) || (otherPlace && hasOther(x.known, y));
}

const all = ({ own, known, opening }: Capitals): number[] => [...own, ...known, ...opening];

function hasOther(names: readonly number[], b: Capitals): boolean {
  const others = all(b);
  return names.some((stem) => !others.includes(stem));
}

/** A name that no list knows is in both: mostly a town or a person. */
function isShared({ own }: Capitals, b: Capitals): boolean {
  const others = all(b);
  return own.some((stem) => others.includes(stem));
}

/** Both count one thing and no figure of it is the same, or both have numbers and share none. */
function numbersDiffer(a: ComparedFacts, b: ComparedFacts): boolean {
  if (a.figures.some((x) => b.figures.some((y) => x.value === y.value))) return false;
  if (a.figures.some((x) => b.figures.some((y) => x.of === y.of))) return true;
  const [x, y] = [a.values ?? [], b.values ?? []];
  return x.length > 0 && y.length > 0 && !x.some((value) => y.includes(value));
}
