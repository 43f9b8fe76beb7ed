/** Traces of several entries, a few requests at a time. Entries that the archive no longer has are left out. */
import { useEffect, useState } from 'preact/hooks';
import type { EntryTrace } from '../../lib/api/archive.ts';
import { trace } from '../api/calls.ts';
import { ApiProblem } from '../api/client.ts';

const PARALLEL = 4;

export type Traces = ReadonlyMap<string, EntryTrace>;

/** @returns the traces loaded so far */
export function useTraces(entries: readonly string[]): Traces {
  const [traces, setTraces] = useState<Traces>(new Map());
  const key = entries.join('\n');
  useEffect(() => {
    const abort = new AbortController();
    const wanted = key === '' ? [] : key.split('\n');
    void eachTrace(wanted, abort.signal, (id, found) =>
      setTraces((before) => new Map(before).set(id, found)),
    );
    return () => abort.abort();
  }, [key]);
  return traces;
}

/** Calls `found` for each trace. Stops early when `signal` is aborted; entries whose request fails are left out. */
export async function eachTrace(
  entries: readonly string[],
  signal: AbortSignal,
  found: (id: string, trace: EntryTrace) => void,
): Promise<void> {
  const queue = [...entries];
  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift()) {
      const one = await traceOf(id);
      if (one !== null && !signal.aborted) found(id, one);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

async function traceOf(id: string): Promise<EntryTrace | null> {
  try {
    return await trace(id);
  } catch (error) {
    // Outcome: no longer in the archive, or no connection. The entry's title is shown without marks.
    if (error instanceof ApiProblem || error instanceof Error) return null;
    throw error;
  }
}
