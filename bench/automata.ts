/** The Aho-Corasick packages of npm as the benchmark calls them. One that is not installed is skipped. */

interface Automaton {
  readonly name: string;
  /** @returns finds all terms in a text; null: not installed */
  readonly build: (terms: string[]) => Promise<((text: string) => unknown) | null>;
}

/** A package that is there; null otherwise. */
async function loaded<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

export const AUTOMATA: readonly Automaton[] = [
  {
    name: 'ahocorasick',
    build: async (terms) => {
      const module = await loaded(() => import('ahocorasick'));
      const automaton = module === null ? null : new module.default(terms);
      return automaton === null ? null : (text) => automaton.search(text);
    },
  },
  {
    name: 'modern-ahocorasick',
    build: async (terms) => {
      const module = await loaded(() => import('modern-ahocorasick'));
      const automaton = module === null ? null : new module.default(terms);
      return automaton === null ? null : (text) => automaton.search(text);
    },
  },
  {
    name: '@monyone/aho-corasick',
    build: async (terms) => {
      const module = await loaded(() => import('@monyone/aho-corasick'));
      const automaton = module === null ? null : new module.AhoCorasick(terms);
      return automaton === null ? null : (text) => automaton.matchInText(text);
    },
  },
  {
    name: '@tanishiking/aho-corasick',
    build: async (terms) => {
      const module = await loaded(() => import('@tanishiking/aho-corasick'));
      const automaton = module === null ? null : new module.Trie(terms);
      return automaton === null ? null : (text) => automaton.parseText(text);
    },
  },
];
