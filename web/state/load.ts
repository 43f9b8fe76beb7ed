/** Data of a page: asked for when it is opened, again when it changed, with what was there shown meanwhile. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Loaded<T> {
  /** null: nothing has come yet. */
  readonly data: T | null;
  /** Why the last try failed; null: it did not. */
  readonly error: Error | null;
  /** Nothing has come for so long that a reader should be told. */
  readonly slow: boolean;
  readonly reload: () => void;
}

/** Before this nothing moves: most answers come sooner. */
const SLOW_MS = 300;
/** What was last shown for a key: going back to a page is instant. */
const CACHE_MAX = 40;
const cache = new Map<string, unknown>();

/** Nothing of who was signed in stays. */
export function forgetAll(): void {
  cache.clear();
}

/** @param key says what is loaded: the same key, the same data */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: Error | null }>(() => fresh(key));
  const [slow, setSlow] = useState(false);
  const latest = useRef({ key, load, run: 0 });
  latest.current = { ...latest.current, key, load };

  const reload = useCallback(() => {
    const run = ++latest.current.run;
    const isLatest = (): boolean => latest.current.run === run;
    const { key: asked } = latest.current;
    const timer = setTimeout(() => isLatest() && setSlow(true), SLOW_MS);
    latest.current
      .load()
      .then((data) => {
        remember(asked, data);
        if (isLatest()) setState({ key: asked, data, error: null });
      })
      .catch((error: unknown) => {
        // Outcome: the API said no, or no answer came. Whoever shows the data says so.
        if (isLatest()) setState((before) => ({ ...before, key: asked, error: asError(error) }));
      })
      .finally(() => {
        clearTimeout(timer);
        if (isLatest()) setSlow(false);
      });
  }, []);

  useEffect(() => {
    setState(fresh(key));
    reload();
    return () => void latest.current.run++;
  }, [key, reload]);

  const shown = state.key === key ? state : fresh<T>(key);
  return { data: shown.data, error: shown.error, slow: slow && shown.data === null, reload };
}

function fresh<T>(key: string): { key: string; data: T | null; error: null } {
  return { key, data: (cache.get(key) as T | undefined) ?? null, error: null };
}

function remember(key: string, data: unknown): void {
  cache.delete(key);
  cache.set(key, data);
  const [oldest] = cache.keys();
  if (cache.size > CACHE_MAX && oldest !== undefined) cache.delete(oldest);
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
