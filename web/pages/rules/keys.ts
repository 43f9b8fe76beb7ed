/** Shortcuts of Rules that work in text fields too: Ctrl S and Alt P. */
import { useEffect, useRef } from 'preact/hooks';
import { editsDone } from '../../state/document.ts';

/** Runs the action after pending edits of the form, so that a save includes them. */
export function useAfterEdits(action: () => void): () => void {
  const latest = useRef(action);
  latest.current = action;
  // The timer lets the page render the edited text first.
  return () => void editsDone().then(() => setTimeout(() => latest.current()));
}

/** Alt P switches between document and preview on narrow screens, which show only one of them. */
export function useFlipKey(flip: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.code !== 'KeyP') return;
      event.preventDefault();
      flip();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** Ctrl S saves. */
export function useSaveKey(saveNow: () => void): void {
  const latest = useRef(saveNow);
  latest.current = saveNow;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's' || event.defaultPrevented) return;
      event.preventDefault();
      commitField();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** Commits the text of the focused field before a save: fields of the form commit it when they lose focus. */
function commitField(): void {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLInputElement)) return;
  activeElement.blur();
  activeElement.focus();
}
