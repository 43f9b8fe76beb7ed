/** Lists of feeds from and for other readers. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { configInForce } from '../../api/config.ts';
import type { FeedStatus } from '../../api/types.ts';
import { askWorker } from '../../archive-worker/client.ts';
import type { OpmlRead } from '../../archive-worker/protocol.ts';
import { changeNow } from '../../state/document.ts';
import { count } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { download } from '../../ui/download.ts';

interface OpmlProps {
  readonly known: readonly FeedStatus[];
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

export function OpmlDialog({ known, onClose, onAdded }: OpmlProps): JSX.Element {
  const [read, setRead] = useState<OpmlRead | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const urls = new Set(known.map(({ url }) => url));
  const fresh = read?.feeds.filter(({ url }) => !urls.has(url)) ?? [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setWhy(null);
    try {
      await work();
    } catch (error) {
      // Outcome: refused, or no answer.
      setWhy(
        error instanceof Error
          ? error.name === 'Refused'
            ? error.message
            : reasonOf(error)
          : 'The page has a fault.',
      );
    }
    setBusy(false);
  };
  return (
    <Dialog title="Feeds as OPML" onClose={onClose}>
      <label>
        Bring the feeds of another reader
        <input
          type="file"
          accept=".opml,.xml,text/xml,application/xml,text/x-opml"
          onChange={({ currentTarget: { files } }) => {
            const [file] = files ?? [];
            if (file !== undefined)
              void attempt(async () => {
                const { source } = (await configInForce()) ?? { source: '' };
                setRead(await askWorker('opml', { text: await file.text(), source }));
              });
          }}
        />
      </label>
      {read !== null && (
        <p class="note" role="status">
          {count(read.feeds.length, 'feed')} in the file: {fresh.length} new,{' '}
          {read.feeds.length - fresh.length} in the document already
          {read.problems.length > 0 &&
            `; ${count(read.problems.length, 'row')} left out: ${read.problems[0]}`}
          .
        </p>
      )}
      {why !== null && (
        <p class="note" role="alert">
          <b class="no">Not done:</b> {why}
        </p>
      )}
      <p class="acts">
        {fresh.length > 0 && (
          <button
            type="button"
            class="b main"
            disabled={busy}
            onClick={() =>
              void attempt(async () => {
                await changeNow({ kind: 'add-feeds', feeds: fresh });
                onAdded();
                onClose();
              })
            }
          >
            {busy ? 'Adding…' : `Add ${count(fresh.length, 'feed')}`}
          </button>
        )}
        <button
          type="button"
          class="b"
          onClick={() =>
            void attempt(async () => {
              const { source } = (await configInForce()) ?? { source: '' };
              download('vigie.opml', 'text/x-opml', await askWorker('feeds', { source }));
            })
          }
        >
          Take {count(known.length, 'feed')} as a file
        </button>
        <button type="button" class="b" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  );
}
