/** Versions of the document: author, time, reason and changes of each, with buttons to go back to one. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfigVersion } from '../../../lib/api/config.ts';
import { versionSource } from '../../api/config.ts';
import { askWorker } from '../../archive-worker/client.ts';
import type { Hunk } from '../../archive-worker/protocol.ts';
import { isDirty, save, setText, type Written } from '../../state/document.ts';
import { reasonOf } from '../../text/reason.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Time } from '../../ui/time.tsx';
import { Lines } from './lines.tsx';

interface VersionRowProps {
  /** The newest first. */
  readonly history: readonly ConfigVersion[];
  readonly state: Written;
  readonly onRolledBack: () => void;
}

interface Shown {
  readonly version: ConfigVersion;
  readonly number: number;
  readonly source: string;
  readonly hunks: readonly Hunk[];
}

const SHOWN_MAX = 12;

export function VersionRow({ history, state, onRolledBack }: VersionRowProps): JSX.Element {
  const [shown, setShown] = useState<Shown | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const open = async (version: ConfigVersion, number: number): Promise<void> => {
    setWhy(null);
    try {
      const older = history[history.length - number + 1];
      const [source, before] = await Promise.all([
        versionSource(version.hash),
        older === undefined ? Promise.resolve('') : versionSource(older.hash),
      ]);
      setShown({ version, number, source, hunks: await askWorker('diff', { before, after: source }) });
    } catch (error) {
      // Outcome: no longer stored, or no answer.
      setWhy(reasonOf(error));
    }
  };
  return (
    <>
      <h2 class="vh">Versions</h2>
      {why !== null && (
        <p class="note">
          <b class="no">Not shown:</b> the version. {why}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <ol class="vers" tabIndex={0} aria-label="Versions, the newest first">
        {isDirty(state) && (
          <li class="draft">
            <b>draft</b> you
            <br />
            {state.kept ? 'stored in this browser' : 'not stored'}
          </li>
        )}
        {history.slice(0, SHOWN_MAX).map((version, i) => (
          <li key={`${version.hash} ${version.at}`}>
            <button type="button" class="b text" onClick={() => void open(version, history.length - i)}>
              <b>{history.length - i}</b> {version.author ?? 'unknown'}
            </button>
            <br />
            <Time at={version.at} />
            {version.reason !== null && (
              <>
                <br />
                <bdi>{version.reason}</bdi>
              </>
            )}
          </li>
        ))}
      </ol>
      {shown !== null && (
        <VersionDialog
          shown={shown}
          isNewest={shown.number === history.length}
          dirty={isDirty(state)}
          onClose={() => setShown(null)}
          onBack={(reason) => {
            setShown(null);
            setText(shown.source);
            void save(reason).then((saved) => saved && onRolledBack());
          }}
          onTake={() => {
            setShown(null);
            setText(shown.source);
          }}
        />
      )}
    </>
  );
}

interface VersionDialogProps {
  readonly shown: Shown;
  readonly isNewest: boolean;
  readonly dirty: boolean;
  readonly onBack: (reason: string) => void;
  readonly onTake: () => void;
  readonly onClose: () => void;
}

function VersionDialog({ shown, isNewest, dirty, onBack, onTake, onClose }: VersionDialogProps): JSX.Element {
  const { version, number, hunks } = shown;
  return (
    <Dialog title={`Version ${number}`} onClose={onClose}>
      <p>
        Saved by {version.author ?? 'unknown'}, <Time at={version.at} />
        {version.reason === null ? '.' : ': '}
        {version.reason !== null && <bdi>{version.reason}</bdi>}
      </p>
      <p class="s sm">Changes from the version before:</p>
      <Lines hunks={hunks} label={`What version ${number} changed`} />
      {!isNewest && dirty && <p class="sm">To roll back, first save or discard your draft.</p>}
      <p class="acts">
        {!isNewest && !dirty && (
          <button type="button" class="b main" onClick={() => onBack(`back to version ${number}`)}>
            Roll back to version {number}
          </button>
        )}
        {!isNewest && !dirty && (
          <button type="button" class="b" onClick={onTake}>
            Load as draft
          </button>
        )}
        <button type="button" class="b" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  );
}
