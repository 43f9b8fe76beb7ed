/** Actions on a feed, each with its undo. */

import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { pollNow } from '../../api/calls.ts';
import { ApiProblem } from '../../api/client.ts';
import type { Edit } from '../../archive-worker/protocol.ts';
import { changeNow } from '../../state/document.ts';
import { duration } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { act } from '../../ui/undo.tsx';

export type Polled =
  | { readonly kind: 'asking' }
  | { readonly kind: 'asked' }
  /** @param why as a sentence: the feed asks for a pause, say */
  | { readonly kind: 'refused'; readonly why: string };

export async function poll({ id }: FeedStatus): Promise<Polled> {
  try {
    await pollNow(id);
    return { kind: 'asked' };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 429) {
      const wait = Number(error.members['retryAfter'] ?? 0) * 1_000;
      const when = wait > 0 ? ` It can be polled again in ${duration(wait)}.` : '';
      return {
        kind: 'refused',
        why: `Not polled: the last poll was only just now, or the publisher asks for a pause.${when}`,
      };
    }
    return {
      kind: 'refused',
      why: `Not polled. ${reasonOf(error)}`,
    };
  }
}

export async function pauseOrResume({ url, state, title, id }: FeedStatus, after: () => void): Promise<void> {
  const paused = state !== 'paused';
  const name = title ?? id;
  await change(
    paused ? `Paused: ${name}. It is not polled.` : `Resumed: ${name}.`,
    { kind: 'pause-feed', url, paused },
    after,
  );
}

export async function removeFeed({ url, title, id }: FeedStatus, after: () => void): Promise<void> {
  const text = `Removed: ${title ?? id}. Its entries stay in the archive.`;
  await change(text, { kind: 'remove-feed', url }, after);
}

async function change(text: string, edit: Edit, after: () => void): Promise<void> {
  let undo: () => Promise<void> = async () => {};
  await act(
    text,
    async () => {
      undo = await changeNow(edit);
      after();
    },
    async () => {
      await undo();
      after();
    },
  );
}
