/** Imports feeds from an OPML file of another reader, and exports them. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { configInForce } from '../../api/config.ts';
import { askWorker } from '../../archive-worker/client.ts';
import type { OpmlRead } from '../../archive-worker/protocol.ts';
import { changeNow } from '../../state/document.ts';
import { count } from '../../text/format.ts';
import { editReason } from '../../text/reason.ts';
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
      // Outcome: the edit or the service refuses, or no answer.
      setWhy(editReason(error));
    }
    setBusy(false);
  };
  const addFresh = async (): Promise<void> => {
    await changeNow({ kind: 'add-feeds', feeds: fresh });
    onAdded();
    onClose();
  };
  return (
    <Dialog title="Import or export feeds" onClose={onClose}>
      <FileField onFile={(file) => void attempt(async () => setRead(await readFile(file)))} />
      {read !== null && <FileNote read={read} fresh={fresh.length} />}
      {why !== null && (
        <p class="note" role="alert">
          <b class="no">Not done:</b> {why}
        </p>
      )}
      <p class="acts">
        {fresh.length > 0 && (
          <button type="button" class="b main" disabled={busy} onClick={() => void attempt(addFresh)}>
            {busy ? 'Adding…' : `Add ${count(fresh.length, 'feed')}`}
          </button>
        )}
        <button type="button" class="b" onClick={() => void attempt(exportFeeds)}>
          Export {count(known.length, 'feed')} (OPML)
        </button>
        <button type="button" class="b" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  );
}

async function sourceInForce(): Promise<string> {
  return (await configInForce())?.source ?? '';
}

async function readFile(file: File): Promise<OpmlRead> {
  return await askWorker('opml', { text: await file.text(), source: await sourceInForce() });
}

async function exportFeeds(): Promise<void> {
  download('vigie.opml', 'text/x-opml', await askWorker('feeds', { source: await sourceInForce() }));
}

function FileField({ onFile }: { readonly onFile: (file: File) => void }): JSX.Element {
  return (
    <label>
      Import from another reader (OPML)
      <input
        type="file"
        accept=".opml,.xml,text/xml,application/xml,text/x-opml"
        onChange={({ currentTarget: { files } }) => {
          const [file] = files ?? [];
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
}

function FileNote({ read, fresh }: { readonly read: OpmlRead; readonly fresh: number }): JSX.Element {
  const { feeds, problems } = read;
  return (
    <p class="note" role="status">
      {count(feeds.length, 'feed')} in the file: {fresh} new, {feeds.length - fresh} already in the document
      {problems.length > 0 && `; ${count(problems.length, 'row')} left out: ${problems[0]}`}.
    </p>
  );
}
