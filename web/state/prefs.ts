/** The reader's settings, stored in this browser. Never contains a secret. */
import { createStore } from './store.ts';

export interface Prefs {
  readonly theme: 'system' | 'light' | 'dark';
  readonly zone: 'utc' | 'local';
  /** Single letters are shortcuts (WCAG 2.1.4 requires a switch). */
  readonly letters: boolean;
  /** Languages that the reader reads, best first; empty: the browser's. */
  readonly reads: readonly string[];
}

const KEY = 'vigie.prefs';
const DEFAULT: Prefs = { theme: 'system', zone: 'utc', letters: true, reads: [] };

export const prefs = createStore<Prefs>(stored());

/** Changes settings, and stores them if the browser allows it. */
export function setPrefs(change: Partial<Prefs>): void {
  prefs.set({ ...prefs.get(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs.get()));
  } catch {
    // Outcome: storage is off in this browser. The settings last until the page is closed.
  }
}

/** Sets the chosen colours on the root element, now and whenever they change. */
export function applyTheme(): void {
  const apply = ({ theme }: Prefs): void => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  };
  apply(prefs.get());
  prefs.watch(apply);
}

/** Languages that the reader reads, without regions, best first. */
export function readLanguages({ reads }: Prefs): readonly string[] {
  const tags = reads.length > 0 ? reads : navigator.languages;
  return [...new Set(tags.map((tag) => tag.toLowerCase().split('-', 1)[0] ?? ''))];
}

function stored(): Prefs {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? checked(value as Partial<Prefs>) : DEFAULT;
  } catch {
    // Outcome: no storage, or another program wrote there.
    return DEFAULT;
  }
}

function checked({ theme, zone, letters, reads }: Partial<Prefs>): Prefs {
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    zone: zone === 'local' ? 'local' : 'utc',
    letters: letters !== false,
    reads: Array.isArray(reads) ? reads.filter((tag) => typeof tag === 'string') : [],
  };
}
