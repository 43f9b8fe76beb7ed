/** The state of the service, for all pages: whether the connection is live, the latest status, and what changed. */
import { useEffect, useRef } from 'preact/hooks';
import type { Status } from '../../lib/api/status.ts';
import type { Change } from '../../lib/model/change.ts';
import { status } from '../api/calls.ts';
import { type ConnectionState, type LiveConnection, openConnection } from '../api/live.ts';
import { msOf } from '../text/format.ts';
import { createStore, useStore } from './store.ts';

/** How often the status is asked for: a tick that changes nothing sends no event. */
const STATUS_MS = 30_000;

export const connectionState = createStore<ConnectionState>({ kind: 'opening' });
export const lastStatus = createStore<Status | null>(null);
const listeners = new Set<(change: Change) => void>();
let connection: LiveConnection | null = null;

/**
 * The time of the service's last tick, by which alerts are decided and mutes end. In normal operation it is at most a
 * minute behind the wall clock; in a replay it is the time of the replayed news.
 */
export function serviceNow(): number {
  return nowOf(lastStatus.get());
}

function nowOf(status: Status | null): number {
  const tick = status?.tick;
  return tick ? msOf(tick.at) : Date.now();
}

/** Connects to the service's events, and asks for its status. @returns stops both */
export function startLive(): () => void {
  const ask = (): void => {
    // Outcome of a failure: the state of the connection shows it.
    status().then(lastStatus.set, () => {});
  };
  connection = openConnection({
    onState: connectionState.set,
    onRefused: ask,
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
    connection?.close();
    connection = null;
  };
}

export function reconnectNow(): void {
  connection?.tryNow();
}

/** `serviceNow`, for components: they are drawn again when it changes. */
export function useNow(): number {
  return nowOf(useStore(lastStatus));
}

/** Calls `listener` when something changes at the service, while the component is mounted. */
export function useChange(listener: (change: Change) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call = (change: Change): void => latest.current(change);
    listeners.add(call);
    return () => void listeners.delete(call);
  }, []);
}
