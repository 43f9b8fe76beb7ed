/** `/api/stories`, `/api/developments` and `/api/mutes`. */
import * as z from 'zod';
import { answer, count, language, next, request, textOrNull, time, timeOrNull, type Wire } from './common.ts';
import { deliveryWithLog } from './deliveries.ts';
import { alertOn, development, figure, listName, severity, source } from './parts.ts';

const storyTitle = answer(
  'StoryTitle',
  z.object({
    text: z.string(),
    lang: language,
    publisher: textOrNull,
    entry: z.string(),
    at: time,
    /** It is a copy of another report of the story. */
    copy: z.boolean(),
  }),
);

const storyConcept = answer(
  'StoryConcept',
  listName.pick({ id: true, title: true, kind: true }).extend({
    /** Whether its terms name what figures count. */
    counted: z.boolean(),
  }),
);

const summary = z.object({
  id: z.string(),
  rule: z.string(),
  /** The rule's id if the configuration no longer has it. */
  ruleTitle: z.string(),
  severity,
  closed: z.boolean(),
  hasFirst: z.boolean(),
  confirmed: z.boolean(),
  /** Dates of the earliest and the latest report. */
  first: time,
  last: time,
  /** When Vigie first saw its latest report. */
  seen: time,
  /** Title of the latest independent report. */
  title: storyTitle,
  /** The first title in each language. */
  titles: z.array(storyTitle),
  /** The title of the latest independent report in each language that has one. */
  newest: z.array(storyTitle),
  /** What most of its reports name, most frequent first. */
  concepts: z.array(storyConcept),
  independent: count,
  /** Publishers' names, each once. */
  publishers: z.array(z.string()),
  languages: z.array(z.string()),
  figures: z.array(figure),
  reports: count,
  /** Dates of the newest reports, oldest first, for a small chart. */
  times: z.array(time),
  /** Dates of independent reports, oldest first. */
  originals: z.array(time),
  alertOn,
  /** Ids (never addresses) of its rule's channels. */
  channels: z.array(z.string()),
});

/** State of a story beside the story itself. */
const marks = {
  acknowledged: timeOrNull,
  /** Time of its latest alert. */
  alerted: timeOrNull,
  /** What is muted; null: not muted. */
  muted: z.enum(['rule', 'story', 'publisher']).nullable(),
  latest: development.nullable(),
};

/** A story in lists. */
const listedStory = answer('Story', summary.extend(marks));

export const storyPage = answer(
  'StoryPage',
  z.object({
    stories: z.array(listedStory),
    next,
    /** Of all stories, whatever the filter and the page: not closed, not acknowledged, not muted. */
    open: count,
  }),
);

const repeats = z.object({
  /** Entry of the report that it copies. */
  entry: z.string(),
  why: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('publisher') }),
    z.object({ kind: z.literal('agency'), agency: z.string() }),
    /** `share` of their words that both contain, 0 to 1. */
    z.object({ kind: z.literal('text'), share: z.number() }),
  ]),
});

const storyEntry = answer(
  'StoryEntry',
  z.object({
    id: z.string(),
    feed: textOrNull,
    url: textOrNull,
    title: z.string(),
    at: time,
    seen: time,
    lang: language,
    publisher: textOrNull,
    country: textOrNull,
    /** A–F: the user's grade of the feed. */
    grade: textOrNull,
    /** English titles of the agencies that it credits. */
    credits: z.array(z.string()),
    figures: z.array(figure.omit({ entry: true })),
    /** null: it is independent. */
    repeats: repeats.nullable(),
  }),
);

const detail = summary.extend({
  /** Reports by independent source. */
  sources: z.array(source),
  entries: z.array(storyEntry),
  /** Quiet hours of its rule, in minutes after local midnight. */
  quiet: z.object({ from: z.int(), to: z.int(), zone: z.string() }).nullable(),
});

/** One story with all its developments and deliveries, newest first. */
export const wholeStory = answer(
  'WholeStory',
  detail.extend(marks).extend({ history: z.array(development), deliveries: z.array(deliveryWithLog) }),
);

/** A development of any story, with the facts to describe it. */
const developmentSummary = answer(
  'DevelopmentSummary',
  development.extend({
    ruleTitle: z.string(),
    /** Number of independent publishers of the story now. */
    independent: count,
    /** Of the entry that caused it. */
    lang: language,
    /** The largest figure of that entry; null: it has none. */
    figure: figure.nullable(),
    alertOn,
    channels: z.array(z.string()),
  }),
);

export const developmentPage = answer(
  'DevelopmentPage',
  z.object({ developments: z.array(developmentSummary), next }),
);

export type StoryTitle = Wire<z.output<typeof storyTitle>>;
export type StoryConcept = Wire<z.output<typeof storyConcept>>;
export type StorySummary = Wire<z.output<typeof summary>>;
export type StoryDetail = Wire<z.output<typeof detail>>;
export type ListedStory = Wire<z.output<typeof listedStory>>;
export type StoryPage = Wire<z.output<typeof storyPage>>;
export type WholeStory = Wire<z.output<typeof wholeStory>>;
export type DevelopmentSummary = Wire<z.output<typeof developmentSummary>>;
export type DevelopmentPage = Wire<z.output<typeof developmentPage>>;

const limit = z.coerce.number().int().min(1).max(200).default(50);

export const storyQuery = z.object({
  rule: z.string().optional(),
  severity: severity.optional(),
  lang: z.string().optional(),
  /** `silent`: no alert was sent. */
  state: z.enum(['open', 'closed', 'acknowledged', 'muted', 'silent']).optional(),
  /** Words that must all occur in the titles or publisher names, in any case. */
  text: z.string().max(200).optional(),
  cursor: z.string().optional(),
  limit,
});
/** Which stories to list. */
export type StoryQuery = z.output<typeof storyQuery>;

export const developmentQuery = z.object({
  rule: z.string().optional(),
  cursor: z.string().optional(),
  limit,
});

/** true: a user has the story in hand, and it is not repeated. */
export const acknowledgement = request('Acknowledgement', z.strictObject({ inHand: z.boolean() }));

const scope = z.enum(['rule', 'story', 'publisher']);
/** The development that ends a mute early, and sends an alert; null: none does. */
const endsOn = z.enum(['figure']).nullable();

const mute = answer(
  'Mute',
  z.object({
    scope,
    /** Id of the rule or story, or the publisher's name. */
    target: z.string(),
    until: time,
    endsOn,
    reason: textOrNull,
  }),
);

/** The one that ends first at the top. */
export const muteList = answer('MuteList', z.object({ mutes: z.array(mute) }));

export type Mute = Wire<z.output<typeof mute>>;
export type MuteList = Wire<z.output<typeof muteList>>;

const muteFields = z.strictObject({
  scope,
  target: z.string().min(1).max(200),
  until: time.optional(),
  endsOn: endsOn.default(null),
  reason: z.string().max(300).nullable().default(null),
});

export const newMute = request(
  'NewMute',
  muteFields
    .refine(({ scope, endsOn }) => endsOn === null || scope === 'story', {
      path: ['endsOn'],
      error: 'only a mute of a story can end on a development: remove endsOn, or set scope to story',
    })
    .refine(({ until, endsOn }) => until !== undefined || endsOn !== null, {
      path: ['until'],
      error: 'is missing: give a time such as 2030-01-31T08:00:00Z',
    }),
);

export const muteTarget = request('MuteTarget', muteFields.pick({ scope: true, target: true }));
/** As a caller writes it. */
export type MuteTarget = Wire<z.input<typeof muteTarget>>;
