/** Says what was just done and offers to undo it: for ten seconds, by a button or `u`. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useKeys } from '../state/keys.ts';
import { createStore, useStore } from '../state/store.ts';
import { reasonOf } from '../text/reason.ts';

type Done =
  | { readonly kind: 'done'; readonly text: string; readonly undo: () => Promise<unknown> }
  | { readonly kind: 'undone' }
  /** Stays until the reader closes it. */
  | { readonly kind: 'failed'; readonly text: string };

const SHOWN_MS = 10_000;
const done = createStore<Done | null>(null);

/** Runs an action and offers to undo it; if it fails, says why. @param text says in the past tense what was done */
export async function act(
  text: string,
  action: () => Promise<unknown>,
  undo: () => Promise<unknown>,
): Promise<void> {
  try {
    await action();
    done.set({ kind: 'done', text, undo });
  } catch (error) {
    // Outcome: refused by the service, or no answer.
    showFailure(error);
  }
}

function showFailure(error: unknown): void {
  const reason = reasonOf(error);
  done.set({ kind: 'failed', text: `Not done. ${reason} Nothing was changed.` });
}

export function UndoBand(): JSX.Element {
  const last = useStore(done);
  useEffect(() => {
    if (last === null || last.kind === 'failed') return undefined;
    const timer = setTimeout(() => done.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const takeBack = (): void => {
    if (last?.kind !== 'done') return;
    done.set(null);
    last.undo().then(() => done.set({ kind: 'undone' }), showFailure);
  };
  useKeys(last?.kind === 'done' ? { u: takeBack } : {});
  return (
    <div class="undo" role="status">
      {last !== null && (
        <p>
          <span>{last.kind === 'undone' ? 'Undone.' : last.text}</span>
          {last.kind === 'done' && (
            <button type="button" class="b" onClick={takeBack}>
              Undo <kbd>u</kbd>
            </button>
          )}
          {last.kind === 'failed' && (
            <button type="button" class="b" onClick={() => done.set(null)}>
              Close
            </button>
          )}
        </p>
      )}
    </div>
  );
}
