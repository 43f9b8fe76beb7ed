/** Every row of the tables in docs/rules.md, run: the page cannot promise what the engine does not do. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../lib/config/document/config.ts';
import { compileLoaded } from '../../lib/match/compile/compile.ts';
import { loadRules } from '../../lib/match/run/load.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import { loadRegexEngine } from '../../lib/match/search/regex-engine.ts';

await loadRegexEngine();

const page = readFileSync('docs/rules.md', 'utf8');
const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+?) \| (.+?) \|$/gm)].map(
  ([, query = '', finds = '', not = '']) => ({ query, finds: finds.split(' · '), not: not.split(' · ') }),
);

function matches(query: string, title: string): boolean {
  const source = `version: 1\nfeeds: [{ url: "https://example.org/rss" }]\nrules: [{ id: r, query: ${JSON.stringify(query)} }]\n`;
  const { config, problems } = readConfig(source, { hasVariable: null });
  if (config === null) throw new Error(JSON.stringify(problems));
  const compiled = compileLoaded(config);
  if (compiled.binary === null) throw new Error(JSON.stringify(compiled.problems));
  const entry = {
    id: '1',
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
  };
  return matchEntry(loadRules(compiled.binary), entry).length > 0;
}

test('the page has examples', () => expect(rows.length).toBeGreaterThanOrEqual(20));

describe('docs/rules.md', () => {
  test.each(rows)('$query', ({ query, finds, not }) => {
    for (const title of finds) expect(matches(query, title), `${query} finds ${title}`).toBe(true);
    for (const title of not) expect(matches(query, title), `${query} does not find ${title}`).toBe(false);
  });
});
