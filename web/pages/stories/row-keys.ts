/** The current row, marked by a bar in the margin, and the shortcuts that act on it. */
import { useEffect, useState } from 'preact/hooks';
import type { ListedStory } from '../../../lib/api/stories.ts';
import { mutes } from '../../api/calls.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { testAddress, toggleAcknowledged, unmuteStory } from '../../ui/story-actions.ts';

interface Actions {
  readonly onUnfold: (id: string) => void;
  readonly onMute: (story: ListedStory) => void;
  readonly onChanged: () => void;
  readonly onShowNew: () => void;
}

/** @returns id of the story in the current row; null: the list is empty */
export function useRowKeys(rows: readonly ListedStory[], actions: Actions): string | null {
  const [at, setAt] = useState<string | null>(null);
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === at),
  );
  const current = rows[index] ?? null;
  // The bar stays with its story when the order changes.
  useEffect(() => {
    if (current !== null && current.id !== at) setAt(current.id);
  }, [current?.id]);
  const move = (by: number): void =>
    setAt(rows[Math.min(rows.length - 1, Math.max(0, index + by))]?.id ?? null);
  const on = (action: (story: ListedStory) => void) => () => {
    if (current !== null) action(current);
  };
  const open = on(({ id }) => go(`/stories/${encodeURIComponent(id)}`));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: open,
    o: open,
    x: on(({ id }) => actions.onUnfold(id)),
    a: on((story) => void toggleAcknowledged(story, actions.onChanged)),
    m: on((story) => void muteOrUnmute(story, actions)),
    f: on(({ rule, title }) => go(testAddress(rule, title.entry, 'no_match'))),
    '.': actions.onShowNew,
  });
  return current?.id ?? null;
}

async function muteOrUnmute(story: ListedStory, { onMute, onChanged }: Actions): Promise<void> {
  if (story.muted !== 'story') return onMute(story);
  const inForce = (await mutes()).find(({ scope, target }) => scope === 'story' && target === story.id);
  if (inForce !== undefined) await unmuteStory(inForce, onChanged);
}
