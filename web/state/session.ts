/** Who is signed in. The token is sent to the service once and stored nowhere. */

import type { Session } from '../../lib/api/access.ts';
import { session, signIn, signOut } from '../api/calls.ts';
import { ApiProblem, whenSignedOut } from '../api/client.ts';
import { forgetArchive } from '../archive-worker/forget.ts';
import { forgetAll } from './load.ts';
import { createStore } from './store.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'in'; readonly session: Session }
  /** @param why why the last try failed; null: no try so far */
  | { readonly kind: 'out'; readonly why: string | null };

export const sessionState = createStore<SessionState>({ kind: 'asking' });

/** Removes a token from the address before anything else happens, then asks the service who is signed in. */
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

/** `#token=…`, as `npm start` prints it. Removed from the address and the history at once. */
function tokenInAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token;
}

/** Signs in. */
export async function enter(token: string): Promise<void> {
  try {
    sessionState.set({ kind: 'in', session: await signIn(token) });
  } catch (error) {
    // Outcome: not valid, too many tries, or no answer.
    sessionState.set({ kind: 'out', why: said(error) });
  }
}

/** Signs out, here and at the service. If the service cannot be reached, the sign-in page says so. */
export async function signOutHere(): Promise<void> {
  try {
    await signOut();
    leave(null);
  } catch (error) {
    leave(`Signed out in this browser, but not at the service. ${said(error)}`);
  }
}

function leave(why: string | null): void {
  forgetAll();
  forgetArchive();
  sessionState.set({ kind: 'out', why });
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return 'The page has a fault.';
  const detail = error instanceof ApiProblem && error.detail !== null ? `: ${error.detail}` : '';
  return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}${detail}.`;
}
