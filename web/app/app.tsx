/** The frame around every page: sign-in, masthead, shortcuts, and the message shown when a page fails. */
import { Component, type ComponentChildren, type ComponentType, type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SignInPage } from '../pages/sign-in/page.tsx';
import { useKeys } from '../state/keys.ts';
import { startLive } from '../state/live-status.ts';
import { go, usePlace } from '../state/router.ts';
import { sessionState } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Announcer } from '../ui/announce.tsx';
import type { PageProps } from '../ui/page-props.ts';
import { Empty } from '../ui/states.tsx';
import { UndoBand } from '../ui/undo.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Masthead } from './masthead.tsx';
import { paramsOf, ROUTES, type Route } from './routes.ts';

export function App(): JSX.Element {
  const state = useStore(sessionState);
  switch (state.kind) {
    case 'asking':
      return <main id="main" aria-busy="true" />;
    case 'out':
      return <SignInPage why={state.why} />;
    case 'in':
      return <Shell />;
  }
}

function Shell(): JSX.Element {
  const [showsKeys, setShowsKeys] = useState(false);
  const { path } = usePlace();
  useEffect(startLive, []);
  useKeys({
    '?': () => setShowsKeys(true),
    ...Object.fromEntries(
      ROUTES.flatMap(({ key, path: to }) => (key === null ? [] : [[`g ${key}`, () => go(to)]])),
    ),
  });
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Masthead onKeys={() => setShowsKeys(true)} />
      <main id="main" tabIndex={-1}>
        <Fallback key={path}>
          <CurrentPage path={path} />
        </Fallback>
      </main>
      <UndoBand />
      <Announcer />
      {showsKeys && <KeysDialog onClose={() => setShowsKeys(false)} />}
    </>
  );
}

function CurrentPage({ path }: { readonly path: string }): JSX.Element {
  for (const route of ROUTES) {
    const params = paramsOf(route.path, path);
    if (params !== null) return <LoadedPage key={route.path} route={route} params={params} />;
  }
  return (
    <Empty page title="Page not found">
      <p>
        No page has the address {path}. <a href="/">Go to Stories</a>
      </p>
    </Empty>
  );
}

/** Loaded pages, shown at once when they are opened again. */
const pages = new Map<Route, ComponentType<PageProps>>();

function LoadedPage({
  route,
  params,
}: {
  readonly route: Route;
  readonly params: PageProps['params'];
}): JSX.Element | null {
  const [, setLoaded] = useState(pages.has(route));
  const [failed, setFailed] = useState<Error | null>(null);
  useEffect(() => {
    if (pages.has(route)) return;
    route.load().then(({ Page }) => {
      pages.set(route, Page);
      setLoaded(true);
    }, setFailed);
  }, [route]);
  // Caught by Fallback. The code may not load, after an update of the service, say.
  if (failed !== null) throw failed;
  const Page = pages.get(route);
  return Page === undefined ? null : <Page params={params} />;
}

/** Shows an error in place of a page that fails; masthead and shortcuts stay. */
class Fallback extends Component<{ readonly children: ComponentChildren }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static override getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override componentDidCatch(error: Error): void {
    console.error(error);
  }

  override render(): ComponentChildren {
    if (this.state.error === null) return this.props.children;
    return (
      <Empty page title="This page failed">
        <p>
          The service keeps running.{' '}
          <a href={location.href} target="_self">
            Reload the page
          </a>
          , or read the same data as JSON under /api. Error: <code>{this.state.error.message}</code>
        </p>
      </Empty>
    );
  }
}
