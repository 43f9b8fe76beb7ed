/** Actions on a story, each with its undo. */

import type { ListedStory, Mute } from '../../lib/api/stories.ts';
import { acknowledge, mute, unmute } from '../api/calls.ts';
import { act } from './undo.tsx';

/** @param after called when the action or its undo is done, to show the result */
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
    inHand ? 'Acknowledged: no reminders are sent.' : 'Acknowledgement undone.',
    set(inHand),
    set(!inHand),
  );
}

export async function muteStory(wanted: Mute, after: () => void): Promise<void> {
  const { scope, target } = wanted;
  await act(
    scope === 'rule' ? 'The rule is muted.' : 'Muted. Entries are still read, matched and stored.',
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

/** @param wanted the mute to end; its undo restores it */
export async function unmuteStory(wanted: Mute, after: () => void): Promise<void> {
  const { scope, target } = wanted;
  await act(
    'Unmuted.',
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

/** Address of Rules that opens a rule with the entry as a new test. */
export function testAddress(rule: string, entry: string, expected: 'match' | 'no_match'): string {
  return `/rules/${encodeURIComponent(rule)}?${new URLSearchParams({ test: expected, entry })}`;
}
