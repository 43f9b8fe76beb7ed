/** Tokens for the API: access, expiry, last use. A new token is shown only once. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NewToken, Token } from '../../../lib/api/access.ts';
import { endToken, tokens as loadTokens, makeToken } from '../../api/calls.ts';
import { useLoad } from '../../state/load.ts';
import { count } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/states.tsx';
import { ACTIONS, TableHead } from '../../ui/table-head.tsx';
import { Time } from '../../ui/time.tsx';

export function Tokens(): JSX.Element {
  const loaded = useLoad('tokens', loadTokens);
  const [made, setMade] = useState<NewToken | null>(null);
  const [ending, setEnding] = useState<Token | null>(null);
  const list = loaded.data ?? [];
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Tokens</h2>
        <small>for programs and other users; the admin token is not listed</small>
      </div>
      <Failure of={loaded} what="the tokens" />
      {made !== null && (
        <div class="secret" role="status">
          <p>
            <b>{made.name}</b>: copy the token now, it is not shown again.
          </p>
          <code>{made.token}</code>
          <CopyButton text={made.token} />
          <button type="button" class="b" onClick={() => setMade(null)}>
            Hide
          </button>
        </div>
      )}
      {list.length === 0 && loaded.data !== null && <p class="s sm">No tokens</p>}
      {list.length > 0 && (
        <table>
          <caption class="vh">Tokens</caption>
          <TableHead columns={['Name', 'Access', 'Expires', 'Last used', ACTIONS]} />
          <tbody>
            {list.map((token) => (
              <tr key={token.name}>
                <th scope="row">{token.name}</th>
                <td>{token.scope}</td>
                <td>{token.expires === null ? 'never' : <Time at={token.expires} />}</td>
                <td>{token.lastUsed === null ? 'never' : <Time at={token.lastUsed} />}</td>
                <td>
                  <button type="button" class="b" onClick={() => setEnding(token)}>
                    Revoke…
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MakeToken
        onMade={(token) => {
          setMade(token);
          loaded.reload();
        }}
      />
      {ending !== null && <EndToken token={ending} onClose={() => setEnding(null)} onEnded={loaded.reload} />}
    </section>
  );
}

/** Copies to the clipboard, which browsers allow only on a secure origin; the text can be selected as well. */
function CopyButton({ text }: { readonly text: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      class="b"
      onClick={() => {
        // Outcome of a failure: the button keeps its label.
        navigator.clipboard?.writeText(text).then(
          () => setCopied(true),
          () => {},
        );
      }}
    >
      {copied ? 'Copied' : 'Copy'}
    </button>
  );
}

const DAYS = [7, 30, 90, 365] as const;

function MakeToken({ onMade }: { readonly onMade: (token: NewToken) => void }): JSX.Element {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'read' | 'write'>('read');
  const [days, setDays] = useState<number | null>(90);
  const [why, setWhy] = useState<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') return setWhy('Enter a name.');
    setWhy(null);
    try {
      onMade(await makeToken({ name: name.trim(), scope, days }));
      setName('');
    } catch (error) {
      // Outcome: the name is taken, or has characters that a name must not have.
      setWhy(`Not created. ${reasonOf(error)}`);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div class="rowform">
        <label>
          Name
          <input
            type="text"
            value={name}
            maxLength={60}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label>
          Access
          <select
            value={scope}
            onChange={(event) => setScope(event.currentTarget.value === 'write' ? 'write' : 'read')}
          >
            <option value="read">read</option>
            <option value="write">read and write</option>
          </select>
        </label>
        <label>
          Expires after
          <select
            value={String(days)}
            onChange={({ currentTarget: { value } }) => setDays(value === 'null' ? null : Number(value))}
          >
            {DAYS.map((of) => (
              <option key={of} value={of}>
                {count(of, 'day')}
              </option>
            ))}
            <option value="null">never</option>
          </select>
        </label>
        <button type="submit" class="b">
          Create token
        </button>
      </div>
      <p role="status" class="sm no">
        {why}
      </p>
    </form>
  );
}

function EndToken({
  token,
  onClose,
  onEnded,
}: {
  readonly token: Token;
  readonly onClose: () => void;
  readonly onEnded: () => void;
}): JSX.Element {
  const [why, setWhy] = useState<string | null>(null);
  const end = async (): Promise<void> => {
    try {
      await endToken(token.name);
      onEnded();
      onClose();
    } catch (error) {
      setWhy(reasonOf(error));
    }
  };
  return (
    <Dialog title={`Revoke the token ${token.name}`} onClose={onClose}>
      <p>Programs that use it lose access at once. This cannot be undone.</p>
      {why !== null && (
        <p class="note" role="alert">
          <b class="no">Not revoked:</b> {why}
        </p>
      )}
      <p class="acts">
        <button type="button" class="b main" onClick={() => void end()}>
          Revoke
        </button>
        <button type="button" class="b" onClick={onClose}>
          Cancel <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  );
}
