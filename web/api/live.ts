/**
 * The connection over which the service reports changes. Not EventSource: that hides comments, which the service sends as
 * heartbeats, and without them a connection that delivers nothing would count as live.
 */
import { call } from './client.ts';

export type Change = 'stories' | 'feeds' | 'channels' | 'config';

export type ConnectionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'live' }
  /** Times in ms since 1970. @param retryAt when the next try is made; null: it is being made now */
  | { readonly kind: 'lost'; readonly since: number; readonly retryAt: number | null };

export interface ConnectionListener {
  readonly onState: (state: ConnectionState) => void;
  readonly onChange: (change: Change) => void;
}

/** The service sends a heartbeat every 20 s; after two that do not come the connection counts as lost. */
const SILENCE_MS_MAX = 45_000;
const RETRY_MS = [2_000, 5_000, 10_000, 20_000, 30_000];
const CHANGES: readonly Change[] = ['stories', 'feeds', 'channels', 'config'];

export interface LiveConnection {
  tryNow(): void;
  close(): void;
}

export function openConnection({ onState, onChange }: ConnectionListener): LiveConnection {
  let closed = false;
  let failures = 0;
  let lostSince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current = new AbortController();

  async function run(): Promise<void> {
    current = new AbortController();
    if (lostSince !== null) onState({ kind: 'lost', since: lostSince, retryAt: null });
    try {
      await listen(current, opened, onChange);
    } catch {
      // Outcome: the connection is lost, for any reason. The state set below says so.
    }
    if (closed) return;
    lostSince ??= Date.now();
    const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 30_000;
    onState({ kind: 'lost', since: lostSince, retryAt: Date.now() + wait });
    timer = setTimeout(() => void run(), wait);
  }

  function opened(): void {
    // Anything may have changed while the connection was lost.
    if (lostSince !== null) for (const change of CHANGES) onChange(change);
    lostSince = null;
    failures = 0;
    onState({ kind: 'live' });
  }

  onState({ kind: 'opening' });
  void run();
  return {
    tryNow() {
      clearTimeout(timer);
      if (lostSince !== null) void run();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      current.abort();
    },
  };
}

/** Returns or throws when the connection ends. */
async function listen(
  abort: AbortController,
  opened: () => void,
  onChange: (change: Change) => void,
): Promise<void> {
  let silence = setTimeout(() => abort.abort(), SILENCE_MS_MAX);
  try {
    const answer = await call('GET', '/api/live', { signal: abort.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let isOpen = false;
    let rest = '';
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || value === undefined) return;
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE_MS_MAX);
      if (!isOpen) opened();
      isOpen = true;
      const events = `${rest}${value}`.split('\n\n');
      rest = events.pop() ?? '';
      for (const change of events.flatMap(changeOf)) onChange(change);
    }
  } finally {
    clearTimeout(silence);
  }
}

/** The change that one event reports (the event stream format of WHATWG HTML §9.2.6); empty: another event. */
export function changeOf(event: string): Change[] {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(event)?.[1];
  const data = field('data');
  return field('event') === 'change' ? CHANGES.filter((change) => change === data) : [];
}
