/** The content of a text field: what the user typed, until the value behind it changes for another reason. */
import { useState } from 'preact/hooks';

/**
 * Decided during rendering: an effect would run after the first paint, and delete what was typed before it.
 *
 * @param given what the field shows until the user types, and again when `of` has changed
 * @returns what the field shows, and the function to call with what was typed
 */
export function useTyped<T>(given: T, of: unknown = given): readonly [shown: T, type: (typed: T) => void] {
  const [last, setLast] = useState({ of, typed: given });
  const shown = Object.is(last.of, of) ? last.typed : given;
  return [shown, (typed) => setLast({ of, typed })];
}
