/** What a person does with a story, and how it is taken back. */
import { acknowledge, mute, unmute } from '../api/calls.ts';
import type { ListedStory, Mute } from '../api/types.ts';
import { act } from './undo.tsx';

/** @param after called once it is done or taken back, to show it */
export async function toggleAcknowledged(
  story: Pick<ListedStory, 'id' | 'acknowledged'>,
  after: () => void,
): Promise<void> {
  const inHand = story.acknowledged === null;
  const set = (value: boolean) => async () => {
    await acknowledge(story.id, value);
    after();
  };
  await act(
    inHand ? 'Acknowledged: it is not repeated.' : 'No longer acknowledged.',
    set(inHand),
    set(!inHand),
  );
}

export async function muteStory(wanted: Mute, after: () => void): Promise<void> {
  const { scope, target } = wanted;
  await act(
    scope === 'rule' ? 'The rule is muted.' : 'Muted. Entries are still read, matched and kept.',
    async () => {
      await mute(wanted);
      after();
    },
    async () => {
      await unmute({ scope, target });
      after();
    },
  );
}

/** @param wanted the mute that is in force, to put it back */
export async function unmuteStory(wanted: Mute, after: () => void): Promise<void> {
  const { scope, target } = wanted;
  await act(
    'No longer muted.',
    async () => {
      await unmute({ scope, target });
      after();
    },
    async () => {
      await mute(wanted);
      after();
    },
  );
}

/** Where the editor opens with the entry as a new test of the rule. */
export function testAddress(rule: string, entry: string, expected: 'match' | 'no_match'): string {
  return `/rules/${encodeURIComponent(rule)}?${new URLSearchParams({ test: expected, entry })}`;
}
