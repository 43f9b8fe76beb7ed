/** Rules and entries for tests. */

import { readConfig } from '../../../lib/config/document/config.ts';
import { compileLoaded } from '../../../lib/match/compile/compile.ts';
import { loadRules, type Rules } from '../../../lib/match/run/load.ts';
import { loadRegexEngine } from '../../../lib/match/search/regex-engine.ts';
import type { ConfigProblem } from '../../../lib/model/config.ts';
import type { EntryText } from '../../../lib/model/entry.ts';

await loadRegexEngine();

/** Compiled rules of a document without errors. */
export function rulesOf(source: string): Rules {
  const { binary, problems } = compiled(source);
  if (binary === null)
    throw new Error(JSON.stringify(problems.filter((problem) => problem.level === 'error')));
  return loadRules(binary);
}

/** A document with one rule `r`; `more` holds further top-level keys. */
export function documentOf(query: string, more = ''): string {
  return `version: 1\nfeeds: [{url: https://example.org/rss}]\n${more}\nrules:\n  - id: r\n    query: |\n${query
    .split('\n')
    .map((line) => `      ${line}\n`)
    .join('')}`;
}

export function compiled(source: string): { binary: Uint8Array | null; problems: ConfigProblem[] } {
  const { config, problems } = readConfig(source, { hasVariable: null });
  if (config === null) return { binary: null, problems };
  const rules = compileLoaded(config);
  return { binary: rules.binary, problems: [...problems, ...rules.problems] };
}

export function textEntry(title: string, more: Partial<EntryText> = {}): EntryText {
  return {
    id: 'e',
    title,
    summary: '',
    content: '',
    url: null,
    lang: null,
    publisher: null,
    country: null,
    feed: null,
    authors: [],
    tags: [],
    published: null,
    ...more,
  };
}
