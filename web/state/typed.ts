/** What stands in a field of its own: what was typed, until what it stands for changes from elsewhere. */
import { useState } from 'preact/hooks';

/**
 * Decided while drawing: an effect would run after the first picture, and take away what was typed before it.
 *
 * @param given what the field shows until something is typed, and again when `of` has changed
 * @returns what it shows, and how to say what was typed
 */
export function useTyped<T>(given: T, of: unknown = given): readonly [shown: T, type: (typed: T) => void] {
  const [held, setHeld] = useState({ of, typed: given });
  const shown = Object.is(held.of, of) ? held.typed : given;
  return [shown, (typed) => setHeld({ of, typed })];
}
