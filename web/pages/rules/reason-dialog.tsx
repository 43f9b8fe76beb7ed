/** Asks for the reason to save a document although a test fails. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TestRow } from '../../archive-worker/protocol.ts';
import { count } from '../../text/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Foreign } from '../../ui/foreign.tsx';

interface ReasonDialogProps {
  readonly tests: readonly TestRow[];
  readonly onSave: (reason: string) => void;
  readonly onClose: () => void;
}

export function ReasonDialog({ tests, onSave, onClose }: ReasonDialogProps): JSX.Element {
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <Dialog title="Save although a test fails" onClose={onClose}>
      <p>
        {tests.length === 0
          ? 'A test of another rule fails.'
          : `${count(tests.length, 'test fails', 'tests fail')} now.`}{' '}
        The reason is shown beside the version to all users.
      </p>
      <ul class="tests">
        {tests.map((test) => (
          <li key={`${test.side} ${test.title}`}>
            <b class="no">FAIL</b> <span class="s">{test.side}</span>{' '}
            <Foreign text={test.title} lang={test.lang} />
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (given !== '') onSave(given);
        }}
      >
        <label>
          Reason
          <input
            type="text"
            maxLength={300}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <p class="acts">
          <button
            type="submit"
            class={given === '' ? 'b' : 'b main'}
            aria-disabled={given === ''}
            aria-describedby="reason-first"
          >
            Save with this reason
          </button>
          <button type="button" class="b" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
        </p>
        <p class="xs s" id="reason-first">
          {given === '' ? 'Write a reason first.' : ''}
        </p>
      </form>
    </Dialog>
  );
}
