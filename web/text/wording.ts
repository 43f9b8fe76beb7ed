/** Says in words what developed in a story and whether an alert was sent. Pure. */
import type { Development } from '../../lib/api/parts.ts';
import type { ListedStory } from '../../lib/api/stories.ts';
import { count, figure, languageName, list, ordinal } from './format.ts';

const KINDS: Readonly<Record<string, string>> = {
  first: 'First',
  confirmed: 'Confirmed',
  language: 'Language',
  figure: 'Figure',
  closed: 'Closed',
  repeat: 'Reminder',
};
/** Kinds of development as a rule's settings name them. */
const ALERT_ON: Readonly<Record<string, string>> = {
  first: 'first report',
  confirmed: 'confirmation',
  language: 'new language',
  figure: 'larger figure',
  closed: 'end of the story',
  repeat: 'reminder',
};

/** One word for a kind of development; the kind itself where a newer service sends one that this page does not know. */
export const kindWord = (kind: string): string => KINDS[kind] ?? kind;

/** The facts of a story that the words need. */
export type StoryFacts = Pick<ListedStory, 'titles' | 'figures' | 'independent' | 'alertOn' | 'channels'> & {
  /** Language of an entry, for entries that `titles` lacks: it has only the first entry in each language. */
  readonly languageOfEntry?: (entry: string) => string | null;
};

/** `new language, German`; `figure 12,000, said by NIS`. Lower case: it follows a word and a colon. */
export function developmentWords(
  { kind, entry }: Pick<Development, 'kind' | 'entry'>,
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
      const named = story.figures.find((one) => one.entry === entry);
      if (named === undefined) return 'a larger figure';
      return `figure ${figure(named.value, named.approximate)}${named.by === null ? '' : `, said by ${named.by}`}`;
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
  /** An alert was sent, or is queued. */
  readonly sent: boolean;
  readonly text: string;
}

const QUEUED: Readonly<Record<string, string>> = {
  quiet: 'Queued until quiet hours end',
  digest: 'Queued for the digest',
  budget: 'Queued: the rule has reached its limit of alerts for this hour',
  group: 'Queued briefly, to be sent together with related alerts',
};
const MUTED: Readonly<Record<string, string>> = {
  rule: 'the rule is muted',
  story: 'the story is muted',
  publisher: 'the publisher is muted',
};

/**
 * `Alert to desk-slack, archive`; `Not sent: this rule only alerts on first report and confirmation`.
 * @param decision as the desk records it: `send`, `queued:…`, `muted:…`, `test-mode` or `not-asked`; one that this page
 *   does not know is shown as it is
 */
export function decisionWords(
  decision: string,
  { alertOn, channels }: Pick<StoryFacts, 'alertOn' | 'channels'>,
): DecisionWords {
  const [what = '', why = ''] = decision.split(':');
  if (what === 'send')
    return { sent: true, text: channels.length === 0 ? 'Alert sent' : `Alert to ${channels.join(', ')}` };
  if (what === 'queued') return { sent: true, text: QUEUED[why] ?? 'Queued' };
  if (what === 'muted') return { sent: false, text: `Not sent: ${MUTED[why] ?? 'it is muted'}` };
  if (what === 'test-mode') return { sent: false, text: 'Not sent: the rule is in test mode' };
  if (what === 'not-asked') {
    if (channels.length === 0) return { sent: false, text: 'Not sent: the rule has no channel' };
    const kinds = alertOn.map((kind) => ALERT_ON[kind] ?? kind);
    return { sent: false, text: `Not sent: this rule only alerts on ${list(kinds)}` };
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
    ? `${who}, the only independent publisher`
    : `${who}, ${ordinal(independent)} independent publisher`;
}

/** `1,500 to 12,000 · soldiers · 3 speakers`; null: the story has no figures. */
export function figureWords(figures: ListedStory['figures']): string | null {
  const [largest] = figures;
  if (largest === undefined) return null;
  const same = figures.filter(({ of }) => of === largest.of);
  const values = same.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const speakers = new Set(same.flatMap(({ by }) => by ?? []));
  const range = low === high ? figure(high, largest.approximate) : `${figure(low)} to ${figure(high)}`;
  // Not a comma: titles of lists contain commas.
  const of = largest.title === null ? '' : ` · ${largest.title}`;
  if (speakers.size === 0) return `${range}${of} · no speaker found`;
  return `${range}${of} · ${speakers.size === 1 ? `said by ${list([...speakers])}` : `${speakers.size} speakers`}`;
}
