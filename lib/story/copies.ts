/** Which story already has a report of the very same text: only the newest stories are compared word by word. */
import type { Hash53 } from '../model/flavor.ts';
import type { Report, Story } from '../model/story.ts';
import { hash53 } from '../text/hash.ts';

/** Stories of one rule by the texts of their reports. The desk keeps them as rows, the CLI in memory. */
export interface Copies {
  /** Called for each report once it is in its story. */
  add(report: Report, story: Story): void;
  /** @returns the story that last took in a report of the same words, open or closed; null: none */
  find(report: Report): Story | null;
}

/** @returns what two reports of the same text share; null: it has no words. Whatever their ids, addresses and dates. */
export function textKey({ facts: { words } }: Pick<Report, 'facts'>): Hash53 | null {
  return words.length === 0 ? null : hash53(words.join(' '));
}

/** In memory: as many as there are reports. */
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
