/** The latest developments of the newest stories, told and silent alike. */
import { story } from '../../api/calls.ts';
import type { ListedStory, ToldNote, WholeStory } from '../../api/types.ts';

export interface Development {
  readonly note: ToldNote;
  readonly story: Pick<
    WholeStory,
    'id' | 'ruleTitle' | 'titles' | 'figures' | 'independent' | 'hears' | 'channels' | 'languages'
  > & { readonly languageOfEntry?: (entry: string) => string | null };
}

/** Stories whose whole history is asked for, and developments shown. */
const STORIES_MAX = 6;
const SHOWN_MAX = 12;

/** Newest first. A story that cannot be read is left out. */
export async function latestDevelopments(listed: readonly ListedStory[]): Promise<readonly Development[]> {
  const newest = listed.filter(({ latest }) => latest !== null).slice(0, STORIES_MAX);
  const whole = await Promise.allSettled(newest.map(({ id }) => story(id)));
  return whole
    .flatMap((one) => (one.status === 'fulfilled' ? developmentsIn(one.value) : []))
    .sort((a, b) => b.note.at - a.note.at)
    .slice(0, SHOWN_MAX);
}

function developmentsIn(of: WholeStory): Development[] {
  const languages = new Map(of.entries.map(({ id, lang }) => [id, lang]));
  const languageOfEntry = (entry: string): string | null => languages.get(entry) ?? null;
  return of.history.map((note) => ({ note, story: { ...of, languageOfEntry } }));
}
