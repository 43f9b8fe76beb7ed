/** Loads the latest developments of all stories in one request, and gives the facts to describe each. */

import type { DevelopmentSummary } from '../../../lib/api/stories.ts';
import { developments } from '../../api/calls.ts';
import type { StoryFacts } from '../../text/wording.ts';

const SHOWN_MAX = '12';

/** Newest first. */
export async function latestDevelopments(): Promise<readonly DevelopmentSummary[]> {
  return (await developments({ limit: SHOWN_MAX })).developments;
}

export function factsOf({ independent, alertOn, channels, lang, figure }: DevelopmentSummary): StoryFacts {
  return {
    titles: [],
    figures: figure === null ? [] : [figure],
    independent,
    alertOn,
    channels,
    languageOfEntry: () => lang,
  };
}
