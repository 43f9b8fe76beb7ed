/** Finds the story that contains a report with the same text. Only the newest stories are compared in detail. */
import type { Hash53 } from '../model/flavor.ts';
import type { Report, Story } from '../model/story.ts';
import { hash53 } from '../text/hash.ts';

/** Index of one rule's stories by the texts of their reports. The desk stores it in a table, the CLI in memory. */
export interface Copies {
  /** Must be called for each report after it has joined its story. */
  add(report: Report, story: Story): void;
  /** @returns the story, open or closed, that last received a report with the same words; null: none */
  find(report: Report): Story | null;
}

/** @returns a key that reports with the same words share, independent of id, address and date; null: no words */
export function textKey({ facts: { words } }: Pick<Report, 'facts'>): Hash53 | null {
  return words.length === 0 ? null : hash53(words.join(' '));
}

/** In-memory index; grows with the number of reports. */
export class OwnCopies implements Copies {
  readonly #storyIds = new Map<Hash53, string>();
  readonly #stories = new Map<string, Story>();

  add(report: Report, story: Story): void {
    const key = textKey(report);
    if (key !== null) this.#storyIds.set(key, story.id);
    this.#stories.set(story.id, story);
  }

  find(report: Report): Story | null {
    const key = textKey(report);
    const id = key === null ? undefined : this.#storyIds.get(key);
    return id === undefined ? null : (this.#stories.get(id) ?? null);
  }
}
