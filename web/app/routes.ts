/** The pages: each is one folder in `pages/` and one row here. A page's code is loaded when the page is first opened. */
import type { ComponentType } from 'preact';
import type { PageProps } from '../ui/page-props.ts';

export interface Route {
  readonly path: string;
  /** As shown in the masthead; null: reached from another page. */
  readonly name: string | null;
  /** Second letter of the shortcut, after `g`; null: none. */
  readonly key: string | null;
  readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }>;
}

export const ROUTES: readonly Route[] = [
  { path: '/', name: 'Stories', key: 's', load: () => import('../pages/stories/page.tsx') },
  { path: '/stories/:id', name: null, key: null, load: () => import('../pages/story/page.tsx') },
  { path: '/rules', name: 'Rules', key: 'r', load: () => import('../pages/rules/page.tsx') },
  { path: '/rules/:id', name: null, key: null, load: () => import('../pages/rules/page.tsx') },
  { path: '/feeds', name: 'Feeds', key: 'f', load: () => import('../pages/feeds/page.tsx') },
  { path: '/trace', name: 'Trace', key: 't', load: () => import('../pages/trace/page.tsx') },
  { path: '/channels', name: 'Channels', key: 'c', load: () => import('../pages/channels/page.tsx') },
  { path: '/search', name: 'Search', key: 'e', load: () => import('../pages/search/page.tsx') },
  { path: '/status', name: 'Status', key: 'u', load: () => import('../pages/status/page.tsx') },
];

/** @returns the named parts of a path that fits the pattern; null: it does not fit */
export function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const names = pattern.split('/');
  const values = path.replace(/(.)\/$/, '$1').split('/');
  if (names.length !== values.length) return null;
  const params: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    const value = values[i] ?? '';
    if (name.startsWith(':')) params[name.slice(1)] = decoded(value);
    else if (name !== value) return null;
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Mistake in an address, such as a single percent sign: taken literally.
    return text;
  }
}
