/** Who is signed in. The token is seen once, on its way to the service, and is kept nowhere. */
import { session, signIn, signOut } from '../api/calls.ts';
import { ApiProblem, whenSignedOut } from '../api/client.ts';
import type { Session } from '../api/types.ts';
import { forgetArchive } from '../archive-worker/forget.ts';
import { forgetAll } from './load.ts';
import { createStore } from './store.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'in'; readonly session: Session }
  /** @param why what the service said of the last try; null: nobody tried */
  | { readonly kind: 'out'; readonly why: string | null };

export const sessionState = createStore<SessionState>({ kind: 'asking' });

/** Takes a token out of the address before anything else happens, then finds out who is here. */
export async function beginSession(): Promise<void> {
  const token = tokenInAddress();
  whenSignedOut(() => leave(null));
  if (token !== null) return await enter(token);
  try {
    sessionState.set({ kind: 'in', session: await session() });
  } catch (error) {
    sessionState.set({
      kind: 'out',
      why: error instanceof ApiProblem && error.status === 401 ? null : said(error),
    });
  }
}

/** `#token=…`, as `npm start` prints it. Gone from the address and the history at once. */
function tokenInAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token;
}

export async function enter(token: string): Promise<void> {
  try {
    sessionState.set({ kind: 'in', session: await signIn(token) });
  } catch (error) {
    // Outcome: not valid, too many tries, or no answer.
    sessionState.set({ kind: 'out', why: said(error) });
  }
}

/** Ended at the service too; where that cannot be reached the reader is told that it was not. */
export async function signOutHere(): Promise<void> {
  try {
    await signOut();
    leave(null);
  } catch (error) {
    leave(`Signed out here, but not at the service. ${said(error)}`);
  }
}

function leave(why: string | null): void {
  forgetAll();
  forgetArchive();
  sessionState.set({ kind: 'out', why });
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return 'Something broke.';
  const detail = error instanceof ApiProblem && error.detail !== null ? `: ${error.detail}` : '';
  return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}${detail}.`;
}
