/** The ledger over all stories: developments, told and silent alike, each with the facts that say it in words. */
import { alertFigures, type Wording } from '../../../lib/alert/compose.ts';
import type { AlertFigure } from '../../../lib/model/alert.ts';
import type { DevelopmentKind, RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import type { ChannelId, LanguageTag } from '../../../lib/model/flavor.ts';
import type { Story } from '../../../lib/model/story.ts';
import { independentCount, sourceGroups } from '../../../lib/story/independence.ts';
import { storyById } from './stories.ts';
import { type ToldNote, toldBefore } from './told.ts';

/** A development of any story. */
export interface DevelopmentNote extends ToldNote {
  /** The rule's id where the configuration no longer has it. */
  readonly ruleTitle: string;
  /** Publishers of the story that are independent, as of now. */
  readonly independent: number;
  /** Of the entry that brought it; null: unknown, or no entry did. */
  readonly lang: LanguageTag | null;
  /** The largest figure of that entry; null: it has none. */
  readonly figure: AlertFigure | null;
  /** Which developments the rule wants to hear of, and where they go. Ids of channels, never their addresses. */
  readonly hears: readonly DevelopmentKind[];
  readonly channels: readonly ChannelId[];
}

export interface DevelopmentFilter {
  readonly rule?: string | undefined;
  /** Only those noted before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface NotedPage {
  readonly developments: readonly DevelopmentNote[];
  /** Where the next page begins; null: there is none. */
  readonly next: number | null;
}

/** Newest first. Those of stories that are no longer kept are left out. */
export function developmentsBefore(
  sql: SqlStorage,
  { rule, before, limit }: DevelopmentFilter,
  { value, wording }: { readonly value: RunningConfig; readonly wording: Wording },
): NotedPage {
  const rows = toldBefore(sql, { rule: rule ?? null, before: before ?? null, limit });
  const rules = new Map(value.rules.map((one) => [one.id as string, one]));
  // Several developments of a page are of one story, whose row may weigh a hundred kilobytes.
  const facts = new Map<string, StoryFacts>();
  const developments = rows.flatMap(({ seq: _, ...note }) => {
    const of = facts.get(note.story) ?? factsOf(sql, note.story, { rule: rules.get(note.rule), wording });
    if (of === null) return [];
    facts.set(note.story, of);
    return [noted(note, of, rules.get(note.rule))];
  });
  return { developments, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
}

interface StoryFacts {
  readonly story: Story;
  readonly independent: number;
  readonly figures: readonly AlertFigure[];
}

function factsOf(
  sql: SqlStorage,
  id: string,
  { rule, wording }: { readonly rule: RuleConfig | undefined; readonly wording: Wording },
): StoryFacts | null {
  const story = storyById(sql, id)?.story ?? null;
  if (story === null) return null;
  const by = rule?.confirm?.independent ?? 'publisher';
  return {
    story,
    independent: independentCount(sourceGroups(story.reports), by),
    figures: alertFigures(story, wording),
  };
}

function noted(note: ToldNote, of: StoryFacts, rule: RuleConfig | undefined): DevelopmentNote {
  return {
    ...note,
    ruleTitle: rule?.title ?? note.rule,
    independent: of.independent,
    lang: of.story.reports.find(({ entry }) => entry === note.entry)?.lang ?? null,
    figure: of.figures.find(({ entry }) => entry === note.entry) ?? null,
    hears: rule?.notify.on ?? [],
    channels: rule?.notify.to ?? [],
  };
}
