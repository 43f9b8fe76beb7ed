/** Language-independent facts of a matched entry: what it names and counts, and which agencies it credits. */

import { type Lexicon, type Mention, mentionsOf } from '../match/compile/lexicon.ts';
import { type Figure, readFigures } from '../match/figure/figure.ts';
import type { EntryField, EntryText } from '../model/entry.ts';
import {
  CONTENT_MATCH_UNITS_MAX,
  FACT_FIGURES_MAX,
  FACT_NAMES_MAX,
  FACT_WORDS_MAX,
} from '../model/limits.ts';
import type { MatchSpan } from '../model/match.ts';
import type { EntryFacts, FactFigure } from '../model/story.ts';
import { nameSkeletons } from '../text/skeleton.ts';
import { capitalsOf } from './elsewhere.ts';
import { wordsOf } from './words.ts';

/** Largest distance in UTF-16 units between a figure and what it counts: about a clause. */
const COUNTED_UNITS_MAX = 30;
/** The same between a figure and its speaker. */
const SPEAKER_UNITS_MAX = 120;

/** The text that stories are compared by: the summary, or the beginning of the content if there is none. */
function bodyOf(entry: EntryText): { field: EntryField; text: string } {
  return entry.summary.trim() === ''
    ? { field: 'content', text: entry.content.slice(0, CONTENT_MATCH_UNITS_MAX) }
    : { field: 'summary', text: entry.summary };
}

/** Facts of an entry; lists are limited by the FACT_…_MAX of lib/model/limits.ts. */
export function factsOf(entry: EntryText, lexicon: Lexicon): EntryFacts {
  const body = bodyOf(entry);
  const text = `${entry.title}\n${body.text}`;
  const read = [{ field: 'title' as const, text: entry.title }, body].map((field) => ({
    ...field,
    figures: readFigures(field.text, entry.lang),
  }));
  const mentions = mentionsOf(lexicon, entry);
  const ids = (kind: Mention['name']['kind']) =>
    mentions.filter(({ name }) => name.kind === kind).map(({ name }) => name.id);
  return {
    entities: [...ids('entity'), ...ids('speaker')],
    concepts: ids('concept'),
    agencies: ids('agency'),
    ownAgency: agencyOf(entry, lexicon),
    figures: read.flatMap((field) => figuresIn(field, mentions)).slice(0, FACT_FIGURES_MAX),
    ...wordsOf(text, FACT_WORDS_MAX),
    values: [...new Set(read.flatMap(({ figures }) => figures.map(({ value }) => value)))].slice(
      0,
      FACT_FIGURES_MAX,
    ),
    capitals: capitalsOf(read, entry.lang, mentions),
    names: nameSkeletons(text, FACT_NAMES_MAX),
  };
}

/** The agency whose name is the publisher's name; null: not an agency. */
function agencyOf(entry: EntryText, lexicon: Lexicon): string | null {
  if (entry.publisher === null) return null;
  const named = mentionsOf(lexicon, { ...entry, title: entry.publisher, summary: '', content: '' });
  return named.find(({ name }) => name.kind === 'agency')?.name.id ?? null;
}

/** An entity or concept at a position of the text. */
interface Placed {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** A text field with its figures. */
interface ReadField {
  readonly field: EntryField;
  readonly text: string;
  readonly figures: readonly Figure[];
}

/** Figures of one field that count something that the lexicon names. */
function figuresIn({ field, text, figures }: ReadField, mentions: readonly Mention[]): FactFigure[] {
  const here = (wanted: (mention: Mention) => boolean): Placed[] =>
    mentions
      .filter(wanted)
      .flatMap(({ name, spans }) =>
        spans
          .filter((span: MatchSpan) => span.field === field)
          .map(({ start, end }) => ({ id: name.counted ?? name.id, start, end })),
      );
  const counted = here(({ name }) => name.counted !== null);
  const speakers = here(({ name }) => name.kind === 'speaker' || name.kind === 'agency');
  return figures.flatMap((figure) => {
    const of = nearest(figure, counted, COUNTED_UNITS_MAX, text);
    if (of === null) return [];
    return [
      {
        value: figure.value,
        approximate: figure.approximate,
        of,
        by: nearest(figure, speakers, SPEAKER_UNITS_MAX, text),
      },
    ];
  });
}

/** Factor for distances before the figure: "10,000 soldiers" is more common than "soldiers: 10,000". */
const BEFORE_WEIGHT = 1.5;
/** End of a sentence in any script of the news. */
const SENTENCE_END = /[.!?。！？؟।](?:\s|$)/u;

/** Id of the nearest place in the same sentence within `unitsMax`; null: none. Places after the figure are preferred. */
function nearest(
  figure: { readonly start: number; readonly end: number },
  places: readonly Placed[],
  unitsMax: number,
  text: string,
): string | null {
  let best: string | null = null;
  let least = unitsMax + 1;
  for (const { id, start, end } of places) {
    const behind = start >= figure.end;
    const distance = behind ? start - figure.end : (figure.start - end) * BEFORE_WEIGHT;
    if (distance < 0 || distance >= least) continue;
    const between = behind ? text.slice(figure.end, start) : text.slice(end, figure.start);
    if (SENTENCE_END.test(between)) continue;
    best = id;
    least = distance;
  }
  return best;
}
