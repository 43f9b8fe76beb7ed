/** The worker's check and preview of the draft. After a mistake in the query the last preview stays, with its time. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { lookAt, onAnswer, stopLooking } from '../../archive-worker/client.ts';
import type { Checked, Preview } from '../../archive-worker/protocol.ts';

export interface Look {
  /** null: not checked yet. */
  readonly checked: Checked | null;
  readonly preview: Preview | null;
  /** When the shown preview was made, ms since 1970. */
  readonly at: number;
  /** `old`: the query has a mistake now; the preview is of the text before it. */
  readonly state: 'waiting' | 'running' | 'done' | 'old' | 'stopped';
  /** Why the archive was not read; null: it was. */
  readonly lost: string | null;
  readonly stop: () => void;
  readonly again: () => void;
}

const TYPING_MS = 180;
const NOTHING = { checked: null, preview: null, at: 0, state: 'waiting', lost: null } as const;

export function useLook(text: string | null, rule: string | null, baseHash: string | null): Look {
  const [look, setLook] = useState<Omit<Look, 'stop' | 'again'>>(NOTHING);
  const [turn, setTurn] = useState(0);
  const run = useRef(0);
  useEffect(
    () =>
      onAnswer((message) => {
        if (!('run' in message) || message.run !== run.current) return;
        if (message.kind === 'checked') setLook((before) => ({ ...before, checked: message.checked }));
        if (message.kind === 'preview') {
          const state = message.preview.done ? 'done' : 'running';
          setLook((before) => ({ ...before, preview: message.preview, at: Date.now(), state, lost: null }));
        }
        if (message.kind === 'broken') setLook((before) => ({ ...before, state: 'old' }));
        if (message.kind === 'lost')
          setLook((before) => ({ ...before, state: 'stopped', lost: message.why }));
      }),
    [],
  );
  useEffect(() => {
    setLook((before) => ({ ...before, preview: null, state: 'waiting' }));
  }, [rule]);
  useEffect(() => {
    if (text === null) return undefined;
    const timer = setTimeout(
      () => {
        run.current = lookAt(text, rule);
        setLook((before) => ({ ...before, state: before.state === 'old' ? 'old' : 'running' }));
      },
      run.current === 0 ? 0 : TYPING_MS,
    );
    return () => clearTimeout(timer);
  }, [text, rule, baseHash, turn]);
  useEffect(() => stopLooking, []);
  return {
    ...look,
    stop() {
      stopLooking();
      setLook((before) => ({ ...before, state: 'stopped' }));
    },
    again: () => setTurn((before) => before + 1),
  };
}
