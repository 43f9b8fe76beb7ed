/** What a matched entry says, free of its language: whom and what it names, what it counts, whom it credits. */

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

/** Units between a figure and what it counts, or who says it: a clause, not a paragraph. */
const COUNTED_UNITS_MAX = 30;
const SPEAKER_UNITS_MAX = 120;

/** The text a story is told by: title and summary, or the content's opening where there is none. */
function bodyOf(entry: EntryText): { field: EntryField; text: string } {
  return entry.summary.trim() === ''
    ? { field: 'content', text: entry.content.slice(0, CONTENT_MATCH_UNITS_MAX) }
    : { field: 'summary', text: entry.summary };
}

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

function agencyOf(entry: EntryText, lexicon: Lexicon): string | null {
  if (entry.publisher === null) return null;
  const named = mentionsOf(lexicon, { ...entry, title: entry.publisher, summary: '', content: '' });
  return named.find(({ name }) => name.kind === 'agency')?.name.id ?? null;
}

interface Placed {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

interface ReadField {
  readonly field: EntryField;
  readonly text: string;
  readonly figures: readonly Figure[];
}

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

/** "10,000 soldiers" is commoner than "soldiers: 10,000". */
const BEFORE_WEIGHT = 1.5;
const SENTENCE_END = /[.!?。！？؟।](?:\s|$)/u;

/** Id of the nearest place within reach and within the sentence; what follows comes before what precedes. */
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
