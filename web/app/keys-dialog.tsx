/** All keyboard shortcuts, and the reader's settings for this browser. */
import type { JSX } from 'preact';
import { type Prefs, prefs, readLanguages, setPrefs } from '../state/prefs.ts';
import { sessionState, signOutHere } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ROUTES } from './routes.ts';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['j', 'k'], 'next, previous'],
  [['Enter', 'o'], 'open'],
  [['x'], 'show the titles by language'],
  [['.'], 'show new stories'],
  [['/'], 'go to the filter or query'],
  [['a'], 'acknowledge, or undo that'],
  [['m'], 'mute, or unmute'],
  [['f'], 'report a false alert'],
  [['Shift', 'F'], 'report a missed alert'],
  [['u'], 'undo, within ten seconds'],
  [['e'], 'export'],
  [['[', ']'], 'previous, next story'],
  [['Esc'], 'close, clear the filters'],
];

export function KeysDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  return (
    <Dialog title="Keyboard and settings" onClose={onClose}>
      <dl class="keymap">
        {KEYS.map(([keys, does]) => (
          <KeyRow key={does} keys={keys} does={does} />
        ))}
        {ROUTES.map(({ key, name }) =>
          key === null ? null : <KeyRow key={key} keys={['g', key]} does={`go to ${name}`} />,
        )}
      </dl>
      <Choices />
      <p class="acts">
        <button type="button" class="b main" onClick={onClose}>
          Close
        </button>
        <SignOut />
      </p>
    </Dialog>
  );
}

function KeyRow({ keys, does }: { readonly keys: readonly string[]; readonly does: string }): JSX.Element {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}

function Choices(): JSX.Element {
  const chosen = useStore(prefs);
  return (
    <div class="choices">
      <label class="opt">
        <input
          type="checkbox"
          checked={chosen.letters}
          onChange={(event) => setPrefs({ letters: event.currentTarget.checked })}
        />{' '}
        Use single letters as shortcuts
      </label>
      <label>
        Colours
        <select
          value={chosen.theme}
          onChange={(event) => setPrefs({ theme: event.currentTarget.value as Prefs['theme'] })}
        >
          <option value="system">as the system</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </label>
      <label>
        Times
        <select
          value={chosen.zone}
          onChange={(event) => setPrefs({ zone: event.currentTarget.value as Prefs['zone'] })}
        >
          <option value="utc">UTC</option>
          <option value="local">time zone of this device</option>
        </select>
      </label>
      <label class="whole">
        Languages you read, best first
        <input
          type="text"
          value={readLanguages(chosen).join(' ')}
          onChange={(event) => setPrefs({ reads: event.currentTarget.value.split(/[\s,]+/).filter(Boolean) })}
        />
      </label>
      <p class="xs s">Settings are stored in this browser.</p>
    </div>
  );
}

function SignOut(): JSX.Element | null {
  const state = useStore(sessionState);
  if (state.kind !== 'in') return null;
  return (
    <button type="button" class="b" onClick={() => void signOutHere()}>
      Sign out {state.session.who}
    </button>
  );
}
