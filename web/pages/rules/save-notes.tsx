/** Messages about the document: a restored draft, a failed save, a conflict. Each stays until the user settles it. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askWorker } from '../../archive-worker/client.ts';
import type { Hunk } from '../../archive-worker/protocol.ts';
import { discard, settleConflict, type Written } from '../../state/document.ts';
import { announce } from '../../ui/announce.tsx';
import { Time } from '../../ui/time.tsx';
import type { AddedTest } from './added-test.ts';
import { Lines } from './lines.tsx';

interface SaveNotesProps {
  readonly state: Written;
  readonly added: AddedTest | null;
  readonly refused: string | null;
  readonly onSave: () => void;
}

export function SaveNotes({ state, added, refused, onSave }: SaveNotesProps): JSX.Element {
  const { save, restored, kept } = state;
  useEffect(() => {
    if (save.kind === 'saved') announce('Saved. Active from the next poll.');
  }, [save.kind]);
  return (
    <div class="notes">
      {added !== null && <TestNote added={added} />}
      {refused !== null && (
        <p class="note" role="status">
          <b class="no">Not changed:</b> {refused}. The text is unchanged.
        </p>
      )}
      {restored !== null && (
        <p class="note" role="status">
          <span>
            This is your draft of <Time at={restored} />, stored in this browser. It is not active.
          </span>{' '}
          <button type="button" class="b text" onClick={discard}>
            Discard draft
          </button>
        </p>
      )}
      {!kept && (
        <p class="note" role="status">
          <b class="wait">This browser cannot store your draft.</b> Save before you leave the page.
        </p>
      )}
      {save.kind === 'saved' && (
        <p class="note">
          <b class="ok">Saved</b> <Time at={save.at} as="clock" />. Active from the next poll.
        </p>
      )}
      {save.kind === 'failed' && (
        <p class="note" role="alert">
          <span>
            <b class="no">Not saved:</b> {save.why} {kept && 'Your draft is stored in this browser.'} The
            version before is still active.
          </span>{' '}
          <button type="button" class="b" onClick={onSave}>
            Try again
          </button>
        </p>
      )}
      {save.kind === 'rejected' && (
        <p class="note" role="alert">
          <b class="no">Not saved:</b> the service found mistakes, listed below. The version before is still
          active.
        </p>
      )}
      {save.kind === 'conflict' && <Conflict state={state} theirs={save.theirs} />}
    </div>
  );
}

function TestNote({ added }: { readonly added: AddedTest }): JSX.Element {
  if (added.why !== null)
    return (
      <p class="note" role="status">
        <b class="no">No test was added:</b> the entry could not be loaded. {added.why}
      </p>
    );
  return (
    <p class="note" role="status">
      The entry is now a test that {added.expected === 'match' ? 'must match' : 'must not match'}. It fails in
      the preview until you change the rule. Nothing is saved yet.
    </p>
  );
}

/** Shows how their version and the draft differ. Neither is lost: their version stays in the history. */
function Conflict({
  state,
  theirs,
}: {
  readonly state: Written;
  readonly theirs: { source: string; hash: string };
}): JSX.Element {
  const [hunks, setHunks] = useState<readonly Hunk[] | null>(null);
  useEffect(() => {
    askWorker('diff', { before: theirs.source, after: state.text }).then(setHunks, () => setHunks([]));
  }, [theirs.hash, state.text]);
  return (
    <div class="note conflict" role="alert">
      <p>
        <b class="no">Not saved:</b> another user saved a version while you were editing. Their version is
        active; yours is stored in this browser. Differences, − theirs, + yours:
      </p>
      {hunks !== null && <Lines hunks={hunks} label="Their version and yours" />}
      <p class="acts">
        <button type="button" class="b" onClick={() => settleConflict(theirs, theirs.source)}>
          Use their version
        </button>
        <button type="button" class="b" onClick={() => settleConflict(theirs, state.text)}>
          Keep my version
        </button>
      </p>
    </div>
  );
}
