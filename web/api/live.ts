/** The connection over which the service reports changes (server-sent events, WHATWG HTML §9.2). */

import { CHANGES, type Change } from '../../lib/model/change.ts';
import { LIVE_SILENCE_MS_MAX } from '../../lib/model/limits.ts';

export type ConnectionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'live' }
  /** @param since ms since 1970 */
  | { readonly kind: 'lost'; readonly since: number };

export interface ConnectionListener {
  readonly onState: (state: ConnectionState) => void;
  readonly onChange: (change: Change) => void;
  /** The service answered with an error: the session may have ended. */
  readonly onRefused: () => void;
}

/** The browser tries again after a lost connection, but not after an error answer. */
const REFUSED_RETRY_MS = 10_000;

export interface LiveConnection {
  tryNow(): void;
  close(): void;
}

export function openConnection({ onState, onChange, onRefused }: ConnectionListener): LiveConnection {
  let source: EventSource | undefined;
  let lostSince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    source?.close();
    source = new EventSource('/api/live');
    source.onopen = opened;
    source.onerror = lost;
    source.addEventListener('beat', alive);
    source.addEventListener('change', ({ data }: MessageEvent<Change>) => {
      alive();
      onChange(data);
    });
    alive();
  }

  function alive(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      lost();
      connect();
    }, LIVE_SILENCE_MS_MAX);
  }

  function opened(): void {
    alive();
    // Anything may have changed while the connection was lost.
    if (lostSince !== null) for (const change of CHANGES) onChange(change);
    lostSince = null;
    onState({ kind: 'live' });
  }

  function lost(): void {
    lostSince ??= Date.now();
    onState({ kind: 'lost', since: lostSince });
    if (source?.readyState !== EventSource.CLOSED) return;
    onRefused();
    clearTimeout(timer);
    timer = setTimeout(connect, REFUSED_RETRY_MS);
  }

  onState({ kind: 'opening' });
  connect();
  return {
    tryNow: connect,
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
