/** Lowest log-odds at which a report joins a story. */
import { STORY_COMPARED_MAX } from '../model/limits.ts';
import type { Report, Story } from '../model/story.ts';
import type { Rarity } from './rarity.ts';
import { similarity } from './similarity.ts';

/** Log-odds from which a report joins a story. */
const JOIN_MIN = 1.4;
/** The score is the mean of this many nearest reports, so that one misplaced report does not attract others. */
const NEIGHBOURS = 5;

/**
 * @param rarity of ids, names and words among the reports of the open stories and this report
 * @returns the best story that reaches JOIN_MIN, of equals the older one; null: the report opens a story
 */
export function storyFor(report: Report, open: readonly Story[], rarity: Rarity): Story | null {
  let best: Story | null = null;
  let most = JOIN_MIN;
  for (const story of open) {
    const score = nearness(report, story, rarity);
    if (score > most || (score === most && best !== null && story.first < best.first)) {
      best = story;
      most = score;
    }
  }
  return best;
}

/** Mean of the best NEIGHBOURS similarities; in long stories only the first and the newest reports are compared. */
function nearness(report: Report, { reports }: Story, rarity: Rarity): number {
  const first = Math.floor(STORY_COMPARED_MAX / 4);
  const compared =
    reports.length <= STORY_COMPARED_MAX
      ? reports
      : [...reports.slice(0, first), ...reports.slice(first - STORY_COMPARED_MAX)];
  const scores = compared.map((other) => similarity(report, other, rarity)).sort((a, b) => b - a);
  const nearest = scores.slice(0, NEIGHBOURS);
  return nearest.reduce((sum, score) => sum + score, 0) / nearest.length;
}
