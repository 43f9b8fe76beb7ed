/** Keys: what each does here, and where a letter is a letter. Pages add theirs while they are open. */
import { useEffect, useRef } from 'preact/hooks';
import { prefs } from './prefs.ts';

export type Keymap = Readonly<Record<string, (() => void) | undefined>>;

/** The second letter of `g s` has to come within this. */
const PREFIX_MS = 1_500;
const maps: { current: Keymap }[] = [];
let prefixAt = Number.NEGATIVE_INFINITY;

/** While the component is there. Later ones win over earlier ones. `g s` names two letters in a row. */
export function useKeys(keymap: Keymap): void {
  const held = useRef(keymap);
  held.current = keymap;
  useEffect(() => {
    maps.push(held);
    return () => void maps.splice(maps.indexOf(held), 1);
  }, []);
}

export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const action = actionOf(event);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function actionOf(event: KeyboardEvent): (() => void) | undefined {
  const inField = isField(event.target);
  if (event.key === 'Escape') return lookUp(inField ? 'Escape field' : 'Escape');
  if (inField || (event.key === 'Enter' && isPressable(event.target))) return undefined;
  if (event.key.length === 1 && !prefs.get().letters) return undefined;
  const isSecond = event.timeStamp - prefixAt < PREFIX_MS;
  prefixAt = event.key === 'g' && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY;
  return isSecond ? lookUp(`g ${event.key}`) : lookUp(event.key);
}

function lookUp(key: string): (() => void) | undefined {
  return maps.map(({ current }) => current[key]).findLast((action) => action !== undefined);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null;
}

/** Enter on a link or button is theirs. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary') !== null;
}
