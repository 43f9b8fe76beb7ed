/** Which open story a report belongs to. */
import { STORY_COMPARED_MAX } from '../model/limits.ts';
import type { Report, Story } from '../model/story.ts';
import type { Rarity } from './rarity.ts';
import { similarity } from './similarity.ts';

/** Log-odds from which a report joins a story. */
const JOIN_MIN = 1.4;
/** A report belongs to a story if it is like several of its reports, not like one that strayed in. */
const NEIGHBOURS = 5;

/**
 * @param rarity of things among the reports of the open stories and the report
 * @returns the best story that is good enough; null: the report opens its own. Of equals the older one.
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
