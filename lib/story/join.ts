/** Which open story a report belongs to. */
import type { Report, Story } from '../model/story.ts';
import { Rarity } from './rarity.ts';
import { similarity } from './similarity.ts';

/** Log-odds from which a report joins a story. */
export const JOIN_MIN = 0;
/** A report belongs to a story if it is like several of its reports, not like one that strayed in. */
const NEIGHBOURS = 3;

/** Rarity of things among the reports of open stories. */
export function rarityOf(stories: readonly Story[]): Rarity {
  const rarity = new Rarity();
  for (const story of stories) for (const report of story.reports) rarity.add(report);
  return rarity;
}

/** @returns the best story that is good enough; null: the report opens its own. Of equals the older one. */
export function storyFor(report: Report, open: readonly Story[]): Story | null {
  const rarity = rarityOf(open);
  rarity.add(report);
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

function nearness(report: Report, story: Story, rarity: Rarity): number {
  const scores = story.reports.map((other) => similarity(report, other, rarity)).sort((a, b) => b - a);
  const nearest = scores.slice(0, NEIGHBOURS);
  return nearest.reduce((sum, score) => sum + score, 0) / nearest.length;
}
