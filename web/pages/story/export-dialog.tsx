/** Exports a story in a chosen format, once the matching words of all entries are loaded. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { WholeStory } from '../../../lib/api/stories.ts';
import type { Traces } from '../../state/traces.ts';
import { count } from '../../text/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { csv, jsonLines, saveFile, tracesOf } from './export.ts';

export function ExportDialog({
  story,
  onClose,
}: {
  readonly story: WholeStory;
  readonly onClose: () => void;
}): JSX.Element {
  const [done, setDone] = useState(0);
  const [traces, setTraces] = useState<Traces | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    void tracesOf(story, abort.signal, setDone).then((all) => !abort.signal.aborted && setTraces(all));
    return () => abort.abort();
  }, [story.id]);
  const save = (form: 'jsonl' | 'csv'): void => {
    if (traces === null) return;
    if (form === 'csv') saveFile(`${story.id}.csv`, 'text/csv', csv(story, traces));
    else saveFile(`${story.id}.jsonl`, 'application/x-ndjson', jsonLines(story, traces));
    onClose();
  };
  return (
    <Dialog title="Export story" onClose={onClose}>
      <p>
        JSON Lines contains everything: the story, each entry with the words that matched, developments and
        deliveries. CSV has one row for each entry. Neither contains the address of a channel.
      </p>
      <p class="s sm" role="status">
        {traces === null
          ? `Loading the words that matched: ${done} of ${count(story.entries.length, 'entry', 'entries')}.`
          : `${traces.size} of ${count(story.entries.length, 'entry', 'entries')} with the words that matched${traces.size < story.entries.length ? '; the archive no longer has the others' : ''}.`}
      </p>
      {traces !== null && (
        <p class="acts">
          <button type="button" class="b main" onClick={() => save('jsonl')}>
            Save JSON Lines
          </button>
          <button type="button" class="b" onClick={() => save('csv')}>
            Save CSV
          </button>
          <button type="button" class="b" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
        </p>
      )}
    </Dialog>
  );
}
