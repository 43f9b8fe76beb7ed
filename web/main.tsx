/** Where the pages begin. */
import { render } from 'preact';
import { App } from './app.tsx';
import { startKeys } from './parts/keys.ts';
import { applyTheme } from './parts/prefs.ts';
import { startRouter } from './router.ts';
import { beginSession } from './session.ts';

// First: a token in the address must not stay there.
const signedIn = beginSession();
applyTheme();
startRouter();
startKeys();
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
void signedIn;
