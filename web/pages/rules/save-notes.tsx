/** What happened to the document: a draft that was found, a save that failed, somebody else's save. They stay until settled. */
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
    if (save.kind === 'saved') announce('Saved, and in force.');
  }, [save.kind]);
  return (
    <div class="notes">
      {added !== null && <TestNote added={added} />}
      {refused !== null && (
        <p class="note" role="status">
          <b class="no">Not changed:</b> {refused}. The text is as it was.
        </p>
      )}
      {restored !== null && (
        <p class="note" role="status">
          <span>
            This is your draft of <Time at={restored} />, kept in this browser. It is not in force.
          </span>{' '}
          <button type="button" class="b text" onClick={discard}>
            Discard it
          </button>
        </p>
      )}
      {!kept && (
        <p class="note" role="status">
          <b class="wait">This browser keeps no draft.</b> Save before you leave the page.
        </p>
      )}
      {save.kind === 'saved' && (
        <p class="note">
          <b class="ok">Saved</b> <Time at={save.at} as="seconds" />, and in force from the next poll on.
        </p>
      )}
      {save.kind === 'failed' && (
        <p class="note" role="alert">
          <span>
            <b class="no">Not saved:</b> {save.why} {kept && 'Your draft is kept in this browser.'} The
            version before is still in force.
          </span>{' '}
          <button type="button" class="b" onClick={onSave}>
            Save again
          </button>
        </p>
      )}
      {save.kind === 'rejected' && (
        <p class="note" role="alert">
          <b class="no">Not saved:</b> the service found mistakes, listed below. The version before is still
          in force.
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
        <b class="no">No test was added:</b> the entry was not read. {added.why}
      </p>
    );
  return (
    <p class="note" role="status">
      The entry is now a test that {added.expected === 'match' ? 'must match' : 'must not match'}. It stays
      red in the preview until the rule does what it says; nothing is saved yet.
    </p>
  );
}

/** Both versions and their difference. Neither is lost: the one that is not taken stays in the versions, or in the editor. */
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
        <b class="no">Not saved:</b> somebody else saved another version while you wrote. Theirs is in force;
        yours is here and kept in this browser. Lines in which they differ, − theirs, + yours:
      </p>
      {hunks !== null && <Lines hunks={hunks} label="Their version and yours" />}
      <p class="acts">
        <button type="button" class="b" onClick={() => settleConflict(theirs, theirs.source)}>
          Take their version here
        </button>
        <button type="button" class="b" onClick={() => settleConflict(theirs, state.text)}>
          Keep mine on top of theirs
        </button>
      </p>
    </div>
  );
}
