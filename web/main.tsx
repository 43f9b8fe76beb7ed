/** Entry point of the pages. */
import { render } from 'preact';
import { App } from './app/app.tsx';
import { startKeys } from './state/keys.ts';
import { applyTheme } from './state/prefs.ts';
import { startRouter } from './state/router.ts';
import { beginSession } from './state/session.ts';

// First, so that a token does not stay in the address.
const signedIn = beginSession();
applyTheme();
startRouter();
startKeys();
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
void signedIn;
