/** Which lists of a rule have words in which languages. */
import { expect, test } from 'vitest';
import { readConfig } from '../../../lib/config/document/config.ts';
import { readDocument } from '../../../lib/config/document/document.ts';
import { ruleAlone } from '../../../lib/config/document/rule-alone.ts';
import { coverageOf } from '../../../lib/match/lint/coverage.ts';
import { Lists } from '../../../lib/match/lists.ts';
import { parseQuery } from '../../../lib/rule/parse.ts';

const DOCUMENT = `version: 1
feeds: [{ url: "https://a.example.org/" }]
entities:
  harbour: { langs: { en: [harbour, port*1], fr: [port*1] } }
concepts:
  strike: { langs: { en: [strike*1], de: [Streik*1] }, terms: [grève] }
  sport: { langs: { en: [football] }, include: [games] }
  games: { langs: { fr: [jeux] } }
rules:
  - { id: docks, query: "@harbour AND (@strike OR lockout) NOT @sport", notfy: 3 }
  - { id: broken, query: 7 }
channels: { log: { kind: console } }
`;

test('rows stand in the order of the query, languages by how many lists know them', () => {
  const { config } = readConfig(DOCUMENT.replace(', notfy: 3', '').replace('query: 7', 'query: "@games"'), {
    hasVariable: null,
  });
  const coverage = coverageOf(parseQuery('@harbour AND (@strike OR lockout) NOT @sport'), new Lists(config!));
  expect(coverage).toEqual({
    languages: ['en', 'fr', 'de'],
    rows: [
      { list: 'harbour', excluded: false, terms: { en: 2, fr: 1 }, unlabelled: 0 },
      { list: 'strike', excluded: false, terms: { en: 1, de: 1 }, unlabelled: 1 },
      { list: 'sport', excluded: true, terms: { en: 1, fr: 1 }, unlabelled: 0 },
    ],
  });
});

test('a list that is wanted in one place and excluded in another is wanted', () => {
  const { config } = readConfig(DOCUMENT.replace(', notfy: 3', '').replace('query: 7', 'query: "@games"'), {
    hasVariable: null,
  });
  const { rows } = coverageOf(parseQuery('@strike AND NOT (@sport AND @strike)'), new Lists(config!));
  expect(rows.map(({ list, excluded }) => [list, excluded])).toEqual([
    ['strike', false],
    ['sport', true],
  ]);
});

test('a rule alone is read although the rest, or a key beside its query, is wrong', () => {
  const read = readDocument(DOCUMENT);
  const docks = ruleAlone(read, 'docks');
  expect(docks?.path).toBe('rules[0]');
  expect(docks?.rule.query).toBe('@harbour AND (@strike OR lockout) NOT @sport');
  expect(docks?.config.lists.map(({ id }) => id)).toEqual(['harbour', 'strike', 'sport', 'games']);
  expect(ruleAlone(read, 'broken')).toBeNull();
  expect(ruleAlone(read, 'nothing')).toBeNull();
});
