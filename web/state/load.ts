/** Loads the data of a page when the page opens and when the data changes; until then the earlier data is shown. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Loaded<T> {
  /** null: not loaded yet. */
  readonly data: T | null;
  /** Why the last try failed; null: it succeeded. */
  readonly error: Error | null;
  /** The first answer takes so long that the page should say that it is loading. */
  readonly slow: boolean;
  readonly reload: () => void;
}

/** Before this no loading message is shown: most answers come sooner. */
const SLOW_MS = 300;
/** Keys whose latest data is cached, so that going back to a page is instant. */
const CACHE_MAX = 40;
const cache = new Map<string, unknown>();

/** Empties the cache when the user signs out. */
export function forgetAll(): void {
  cache.clear();
}

/** @param key names what is loaded: the same key always stands for the same data */
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
        // Outcome: the API refused, or no answer came. The component that shows the data says so.
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
