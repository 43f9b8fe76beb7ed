/** Signs in with a token; says why the last try failed. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { enter } from '../../state/session.ts';

export function SignInPage({ why }: { readonly why: string | null }): JSX.Element {
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = 'Sign in – Vigie';
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await enter(token);
    setBusy(false);
    setToken('');
  };
  return (
    <main id="main" class="signin">
      <p class="name">Vigie</p>
      <h1>Sign in</h1>
      <form onSubmit={(event) => void submit(event)}>
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          required
          autocomplete="current-password"
          aria-describedby="where"
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" class="b main">
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      <p role="alert" class="no">
        {why}
      </p>
      <p id="where" class="s sm">
        <code>npm run deploy</code> showed the admin token once. <code>npm start</code> prints an address that
        signs you in. A session ends after twelve hours.
      </p>
    </main>
  );
}
