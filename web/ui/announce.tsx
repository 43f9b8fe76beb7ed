/** Announces changes to screen readers, at most once in ten seconds. */
import type { JSX } from 'preact';
import { createStore, useStore } from '../state/store.ts';

const PAUSE_MS = 10_000;
const spoken = createStore('');
let last = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Of several texts within ten seconds only the latest is announced. */
export function announce(text: string): void {
  clearTimeout(timer);
  const wait = Math.max(0, last + PAUSE_MS - performance.now());
  timer = setTimeout(() => {
    last = performance.now();
    spoken.set(text);
  }, wait);
}

export function Announcer(): JSX.Element {
  return (
    <p class="vh" role="status">
      {useStore(spoken)}
    </p>
  );
}
