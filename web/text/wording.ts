/** Developments and what became of them, in words. A reason is one clause after a colon. Pure. */
import type { DevelopmentRecord, ListedStory } from '../api/types.ts';
import { count, figure, languageName, list, ordinal } from './format.ts';

const KINDS: Readonly<Record<string, string>> = {
  first: 'First',
  confirmed: 'Confirmed',
  language: 'Language',
  figure: 'Figure',
  closed: 'Closed',
  repeat: 'Again',
};

/** One word for a kind of development; the kind itself where a newer service sends one that this page does not know. */
export const kindWord = (kind: string): string => KINDS[kind] ?? kind;

/** What of a story the words are made from. */
export type StoryFacts = Pick<ListedStory, 'titles' | 'figures' | 'independent' | 'alertOn' | 'channels'> & {
  /** Languages of entries; a list has only the first in each. */
  readonly languageOfEntry?: (entry: string) => string | null;
};

/** `new language, German`; `figure 12,000, said by NIS`. Small letters: it stands behind a word and a colon. */
export function developmentWords(
  { kind, entry }: Pick<DevelopmentRecord, 'kind' | 'entry'>,
  story: StoryFacts,
): string {
  switch (kind) {
    case 'first':
      return 'first report';
    case 'confirmed':
      return `confirmed, by ${count(story.independent, 'independent publisher')} so far`;
    case 'language': {
      const lang = entry === null ? null : languageOf(entry, story);
      return lang === null ? 'a new language' : `new language, ${languageName(lang)}`;
    }
    case 'figure': {
      const told = story.figures.find((one) => one.entry === entry);
      if (told === undefined) return 'a larger figure';
      return `figure ${figure(told.value, told.approximate)}${told.by === null ? '' : `, said by ${told.by}`}`;
    }
    case 'closed':
      return 'closed, nothing new for 72 h';
    case 'repeat':
      return 'still going on';
    default:
      return kind;
  }
}

function languageOf(entry: string, { titles, languageOfEntry }: StoryFacts): string | null {
  return languageOfEntry?.(entry) ?? titles.find((title) => title.entry === entry)?.lang ?? null;
}

export interface DecisionWords {
  /** An alert went out, or will. */
  readonly sent: boolean;
  readonly text: string;
}

const HELD: Readonly<Record<string, string>> = {
  quiet: 'Held over quiet hours',
  digest: 'Held for the digest',
  budget: 'Held: the rule has used up its alerts of this hour',
  group: 'Held for a moment, to gather what comes together',
};
const MUTED: Readonly<Record<string, string>> = {
  rule: 'the rule is muted',
  story: 'the story is muted',
  publisher: 'the publisher is muted',
};

/** `Alert to desk-slack, archive`; `Silent: the rule hears first, confirmed`. */
export function decisionWords(
  decision: string,
  { alertOn, channels }: Pick<StoryFacts, 'alertOn' | 'channels'>,
): DecisionWords {
  const [what = '', why = ''] = decision.split(':');
  if (what === 'send')
    return { sent: true, text: channels.length === 0 ? 'Alert sent' : `Alert to ${channels.join(', ')}` };
  if (what === 'queued') return { sent: true, text: HELD[why] ?? 'Held' };
  if (what === 'muted') return { sent: false, text: `Silent: ${MUTED[why] ?? 'it is muted'}` };
  if (what === 'test-mode') return { sent: false, text: 'Not sent: the rule is in test mode' };
  if (what === 'not-asked') {
    if (channels.length === 0) return { sent: false, text: 'Silent: the rule tells nobody' };
    return { sent: false, text: `Silent: the rule hears ${alertOn.join(', ')}` };
  }
  return { sent: false, text: decision };
}

/** `Confirmed · open`; `One source · muted`. */
export function stateWords(
  story: Pick<ListedStory, 'confirmed' | 'closed' | 'muted' | 'acknowledged' | 'independent'>,
): string {
  const sources = story.independent === 1 ? 'One source' : `${count(story.independent, 'source')}`;
  return [story.confirmed ? 'Confirmed' : sources, openWord(story)].join(' · ');
}

function openWord({
  closed,
  muted,
  acknowledged,
}: Pick<ListedStory, 'closed' | 'muted' | 'acknowledged'>): string {
  if (muted !== null) return muted === 'story' ? 'muted' : `${muted} muted`;
  if (acknowledged !== null) return 'acknowledged';
  return closed ? 'closed' : 'open';
}

/** `Meridian TV, sixth independent publisher` */
export function latestReportWords({
  title,
  independent,
}: Pick<ListedStory, 'title' | 'independent'>): string {
  const who = title.publisher ?? 'an unknown publisher';
  return independent < 2
    ? `${who}, the only independent one`
    : `${who}, ${ordinal(independent)} independent publisher`;
}

/** `1,500 to 12,000 soldiers, 3 speakers`; null: there are no figures. */
export function figureWords(figures: ListedStory['figures']): string | null {
  const [largest] = figures;
  if (largest === undefined) return null;
  const same = figures.filter(({ of }) => of === largest.of);
  const values = same.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const speakers = new Set(same.flatMap(({ by }) => by ?? []));
  const range = low === high ? figure(high, largest.approximate) : `${figure(low)} to ${figure(high)}`;
  // Titles of lists hold commas of their own.
  const of = largest.title === null ? '' : ` · ${largest.title}`;
  if (speakers.size === 0) return `${range}${of} · no speaker found`;
  return `${range}${of} · ${speakers.size === 1 ? `said by ${list([...speakers])}` : `${speakers.size} speakers`}`;
}
