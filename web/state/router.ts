/** The current page. Its state is the address alone; a click on a plain link changes it without a reload. */
import { createStore, useStore } from './store.ts';

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const place = createStore<Place>(placeNow());

function placeNow(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export const usePlace = (): Place => useStore(place);

/** Opens a page. @param address path and query within this service */
export function go(address: string): void {
  history.pushState(null, '', address);
  place.set(placeNow());
  scrollTo(0, 0);
}

/** Without a new step in the history. */
function replaceAddress(address: string): void {
  history.replaceState(null, '', address);
  place.set(placeNow());
}

/** Sets parameters of the address; an empty value removes the parameter. */
export function setQuery(changes: Readonly<Record<string, string>>): void {
  const { path, query } = place.get();
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  replaceAddress(text === '' ? path : `${path}?${text}`);
}

/** Handles clicks on links within the service; called once. */
export function startRouter(): void {
  addEventListener('popstate', () => place.set(placeNow()));
  document.addEventListener('click', (event) => {
    const address = ownAddress(event);
    if (address === null) return;
    event.preventDefault();
    go(address);
  });
}

/** @returns null: the browser should handle the click */
function ownAddress(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target !== '' || link.hasAttribute('download')) return null;
  if (link.origin !== location.origin || /^\/(api|assets)\//.test(link.pathname)) return null;
  // A link within the page.
  if (link.getAttribute('href')?.startsWith('#')) return null;
  return `${link.pathname}${link.search}`;
}
