/** Keyboard shortcuts. Each page adds its own while it is open; in a text field single letters are just typed. */
import { useEffect, useRef } from 'preact/hooks';
import { prefs } from './prefs.ts';

export type Keymap = Readonly<Record<string, (() => void) | undefined>>;

/** The second letter of a pair such as `g s` has to follow within this. */
const PREFIX_MS = 1_500;
const maps: { current: Keymap }[] = [];
let prefixAt = Number.NEGATIVE_INFINITY;

/**
 * Adds shortcuts while the component is mounted; those added later win. The name `g s` stands for two letters in a row,
 * `Escape field` for Escape in a text field.
 */
export function useKeys(keymap: Keymap): void {
  const latest = useRef(keymap);
  latest.current = keymap;
  useEffect(() => {
    maps.push(latest);
    return () => void maps.splice(maps.indexOf(latest), 1);
  }, []);
}

/** Listens for all shortcuts; called once. */
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

/** Enter on a link or button activates it, and is not a shortcut. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary') !== null;
}
