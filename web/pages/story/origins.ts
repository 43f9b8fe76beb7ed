/** Groups the reports of a story: each independent report with its copies. Pure. */
import type { WholeStory } from '../../../lib/api/stories.ts';
import { byTime } from '../../text/format.ts';

export type Entry = WholeStory['entries'][number];

export interface Origin {
  readonly entry: Entry;
  /** Entries that copy it or one of its copies, in order of time. */
  readonly copies: readonly Entry[];
}

/** In order of the independent reports. A copy whose original has been deleted counts as an origin. */
export function originsOf(entries: readonly Entry[]): Origin[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const rootOf = (entry: Entry): Entry => {
    const seen = new Set<string>();
    let root = entry;
    while (root.repeats !== null && !seen.has(root.id)) {
      seen.add(root.id);
      const next = byId.get(root.repeats.entry);
      if (next === undefined) break;
      root = next;
    }
    return root;
  };
  const origins = new Map<string, Entry[]>();
  for (const entry of entries) {
    const root = rootOf(entry).id;
    origins.set(root, [...(origins.get(root) ?? []), entry]);
  }
  return [...origins]
    .flatMap(([root, all]) => {
      const entry = byId.get(root);
      const copies = all.filter(({ id }) => id !== root).sort(byTime);
      return entry === undefined ? [] : [{ entry, copies }];
    })
    .sort((a, b) => byTime(a.entry, b.entry));
}

/** `credits Namsan TV`, `96 % of words the same`, `the same publisher` */
export function repeatWords({ why }: NonNullable<Entry['repeats']>): string {
  switch (why.kind) {
    case 'agency':
      return `credits ${why.agency}`;
    case 'text':
      return `${Math.round(why.share * 100)} % of words the same`;
    case 'publisher':
      return 'the same publisher';
  }
}

/** Name of the entry's publisher. */
export const publisherOf = ({ publisher }: Pick<Entry, 'publisher'>): string =>
  publisher ?? 'unknown publisher';
