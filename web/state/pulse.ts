/** How the lookout fares, for all pages: whether the line is live, the latest status, and what changed. */
import { useEffect, useRef } from 'preact/hooks';
import { status } from '../api/calls.ts';
import { type Change, type Line, type LineState, openLine } from '../api/live.ts';
import type { Status } from '../api/types.ts';
import { createStore, useStore } from './store.ts';

/** A tick that changes nothing says nothing: the time of the last one is asked for. */
const STATUS_MS = 30_000;

export const lineState = createStore<LineState>({ kind: 'opening' });
export const lastStatus = createStore<Status | null>(null);
const listeners = new Set<(change: Change) => void>();
let line: Line | null = null;

/**
 * The lookout's own time, by which stories are told and mutes end: that of its last tick. In service it is the wall's, a
 * minute old at most; in a replay it is the story's.
 */
export function serviceNow(): number {
  return lastStatus.get()?.tick?.at ?? Date.now();
}

/** @returns how to stop */
export function startLive(): () => void {
  const ask = (): void => {
    // Outcome of a failure: the line says it.
    status().then(lastStatus.set, () => {});
  };
  line = openLine({
    onState: lineState.set,
    onChange: (change) => {
      ask();
      for (const listener of [...listeners]) listener(change);
    },
  });
  ask();
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') ask();
  }, STATUS_MS);
  return () => {
    clearInterval(timer);
    line?.close();
    line = null;
  };
}

export function tryLineNow(): void {
  line?.tryNow();
}

/** As of the last status; draws again when it comes. */
export function useNow(): number {
  return useStore(lastStatus)?.tick?.at ?? Date.now();
}

/** Calls back while the component is there. */
export function useChange(listener: (change: Change) => void): void {
  const held = useRef(listener);
  held.current = listener;
  useEffect(() => {
    const call = (change: Change): void => held.current(change);
    listeners.add(call);
    return () => void listeners.delete(call);
  }, []);
}
