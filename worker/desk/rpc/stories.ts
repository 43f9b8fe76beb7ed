/** Stories for worker/http: lists, one story with its history, acknowledging and muting. */
import { RpcTarget } from 'cloudflare:workers';
import type { ListedStory, StoryPage, StoryQuery, WholeStory } from '../../../lib/api/stories.ts';
import { storyDetail, storySummary } from '../../../lib/api/story-view.ts';
import type { RuleConfig } from '../../../lib/model/config.ts';
import { MUTE_MS_DEFAULT } from '../../../lib/model/defaults.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { STORIES_LISTED_MAX, STORIES_LOOKED_AT_MAX } from '../../../lib/model/limits.ts';
import { isoTimeOrNull } from '../../../lib/model/time.ts';
import type { DeskContext } from '../operation/context.ts';
import { deliveriesOfStory } from '../table/deliveries.ts';
import {
  type DevelopmentFilter,
  type DevelopmentPage,
  developmentsBefore,
  developmentsOf,
} from '../table/developments.ts';
import { addMute, type Mute, mutedBy, mutes, removeMute } from '../table/mutes.ts';
import { acknowledgeStory, countOpen, type StoryRow, storiesBefore, storyById } from '../table/stories.ts';

/** Which stories to list; a missing member does not filter. */
type StoryFilter = Omit<StoryQuery, 'cursor' | 'limit'> & {
  readonly limit?: number | undefined;
  /** Only stories seen before this; the id orders stories of the same tick. */
  readonly before?: Place | undefined;
};

interface Place {
  readonly seen: EpochMs;
  readonly id: string;
}

/** One page of a list of stories. `next`: where the next page begins; null: this is the last page. */
type Page = Omit<StoryPage, 'next'> & { readonly next: Place | null };

/** RPC target for stories, developments and mutes. */
export class StoriesRpc extends RpcTarget {
  readonly #desk: DeskContext;

  constructor(desk: DeskContext) {
    super();
    this.#desk = desk;
  }

  /** Newest first. */
  list(filter: StoryFilter): Page {
    const limit = Math.min(filter.limit ?? 50, STORIES_LISTED_MAX);
    const found: ListedStory[] = [];
    let last: StoryRow | null = null;
    for (const row of storiesBefore(this.#desk.sql, filter.before ?? null, STORIES_LOOKED_AT_MAX)) {
      last = row;
      const listed = this.#listed(row);
      if (!passes(listed, filter)) continue;
      found.push(listed);
      if (found.length === limit) break;
    }
    const more = found.length === limit && last !== null;
    return {
      stories: found,
      next: more ? { seen: last!.story.seen, id: last!.story.id } : null,
      open: countOpen(this.#desk.sql, this.#desk.tickTime()),
    };
  }

  get(id: string): WholeStory | null {
    const row = storyById(this.#desk.sql, id);
    const config = this.#desk.config();
    if (row === null || config === null) return null;
    const { acknowledged, alerted, muted, latest } = this.#listed(row);
    return {
      ...storyDetail(row.story, this.#rule(row), config.wording),
      acknowledged,
      alerted,
      muted,
      latest,
      history: developmentsOf(this.#desk.sql, { story: id }),
      deliveries: deliveriesOfStory(this.#desk.sql, id),
    };
  }

  /** Developments of all stories, newest first, with or without an alert. */
  developments(filter: DevelopmentFilter): DevelopmentPage {
    const config = this.#desk.config();
    return config === null
      ? { developments: [], next: null }
      : developmentsBefore(this.#desk.sql, filter, config);
  }

  /** Sets or removes the acknowledgement. @returns false when the story does not exist */
  acknowledge(id: string, isAcknowledged: boolean): boolean {
    const known = acknowledgeStory(this.#desk.sql, id, isAcknowledged ? this.#desk.tickTime() : null);
    if (known) this.#desk.changed('stories');
    return known;
  }

  /** A mute without an end lasts MUTE_MS_DEFAULT, or until its development occurs. */
  mute(mute: Omit<Mute, 'until'> & { readonly until: EpochMs | null }): 'muted' | 'past' | 'too-many' {
    const now = this.#desk.tickTime();
    const until = mute.until ?? now + MUTE_MS_DEFAULT;
    if (until <= now) return 'past';
    this.#desk.changed('stories');
    return addMute(this.#desk.sql, { ...mute, until }, now) ? 'muted' : 'too-many';
  }

  /** @returns false when the target was not muted */
  unmute(mute: Pick<Mute, 'scope' | 'target'>): boolean {
    this.#desk.changed('stories');
    return removeMute(this.#desk.sql, mute);
  }

  mutes(): Mute[] {
    return mutes(this.#desk.sql, this.#desk.tickTime());
  }

  #rule({ story }: StoryRow): RuleConfig | null {
    return this.#desk.config()?.value.rules.find(({ id }) => id === story.rule) ?? null;
  }

  #listed(row: StoryRow): ListedStory {
    const { story, acknowledged, alerted } = row;
    const { sql, tickTime, config } = this.#desk;
    const wording = config()?.wording ?? { names: new Map(), home: null };
    return {
      ...storySummary(story, this.#rule(row), wording),
      acknowledged: isoTimeOrNull(acknowledged),
      alerted: isoTimeOrNull(alerted),
      muted: mutedBy(sql, { rule: story.rule, story: story.id, publisher: null }, tickTime()),
      latest: developmentsOf(sql, { story: story.id }, 1)[0] ?? null,
    };
  }
}

function passes(story: ListedStory, { rule, severity, lang, state, text }: StoryFilter): boolean {
  if (rule !== undefined && story.rule !== rule) return false;
  if (severity !== undefined && story.severity !== severity) return false;
  if (lang !== undefined && !story.languages.includes(lang)) return false;
  if (state !== undefined && !isIn(story, state)) return false;
  return text === undefined || holds(story, text);
}

function isIn(story: ListedStory, state: NonNullable<StoryQuery['state']>): boolean {
  switch (state) {
    case 'open':
      return !story.closed;
    case 'closed':
      return story.closed;
    case 'acknowledged':
      return story.acknowledged !== null;
    case 'muted':
      return story.muted !== null;
    case 'silent':
      return story.alerted === null;
  }
}

function holds({ titles, publishers, ruleTitle }: ListedStory, text: string): boolean {
  const all = [...titles.map((title) => title.text), ...publishers, ruleTitle].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => all.includes(word));
}
