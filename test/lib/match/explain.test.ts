import { expect, test } from 'vitest';
import { explain } from '../../../lib/match/run/explain.ts';
import { matchEntry } from '../../../lib/match/run/match.ts';
import { documentOf, rulesOf, textEntry } from './rules.ts';

/** Query, title, nearest alternative, what of it fails, and why. */
const CASES: readonly (readonly [string, string, string | null, string, string])[] = [
  ['alpha AND beta', 'alpha', null, 'beta', 'not found'],
  ['alpha NOT beta', 'alpha beta', null, 'NOT beta', 'this was found but must not occur'],
  [
    'alpha NEAR/2 beta',
    'alpha x x x beta',
    null,
    'alpha NEAR/2 beta',
    'both were found, but not within 2 words',
  ],
  ['alpha NEAR/2 beta', 'alpha', null, 'beta', 'not found'],
  [
    'alpha ONEAR/1 beta',
    'beta alpha',
    null,
    'alpha ONEAR/1 beta',
    'both were found, but not in this order within 1 word',
  ],
  [
    'alpha SENTENCE beta',
    'alpha. beta',
    null,
    'alpha SENTENCE beta',
    'both were found, but not in one sentence',
  ],
  ['title:alpha', 'beta', null, 'title:alpha', 'not found in the title'],
  ['alpha AND lang:fr', 'alpha', null, 'lang:"fr"', 'the entry has another lang or none'],
  ['ATLEAST/2 alpha', 'alpha', null, 'ATLEAST/2 alpha', 'found fewer than 2 times'],
  ['ANY/2(alpha, beta, gamma)', 'beta', null, 'ANY/2(alpha, beta, gamma)', '1 of 3 hold, 2 are required'],
  [
    'COUNT(alpha) >= 10',
    'alpha 5',
    null,
    'COUNT(alpha, 4) >= 10',
    'no figure near it satisfies the comparison',
  ],
  ['COUNT(alpha) >= 10', 'beta 50', null, 'COUNT(alpha, 4) >= 10', 'what is counted was not found'],
  ['alpha OR beta', 'gamma', null, 'alpha OR beta', 'none of them was found'],
  [
    '(alpha AND beta) OR (gamma AND delta AND eps)',
    'gamma delta',
    'gamma AND delta AND eps',
    'eps',
    'not found',
  ],
  [
    '(alpha AND beta) OR ((gamma NEAR/2 delta) NOT eps)',
    'gamma delta eps',
    '(gamma NEAR/2 delta) AND NOT eps'.replace(/[()]/g, ''),
    'NOT eps',
    'this was found but must not occur',
  ],
  ['(alpha NOT beta) OR (gamma AND delta)', 'gamma', 'gamma AND delta', 'delta', 'not found'],
  ['re:"al.ha"', 'beta', null, 're:"al.ha"', 'not found'],
];

test.each(CASES)('%s — %s', (query, title, branch, fails, why) => {
  const found = explain(rulesOf(documentOf(query)), textEntry(title), 'r');
  const clause = found?.clauses.find(({ holds }) => !holds);
  expect(clause?.shortfall).toEqual({ branch, fails, why });
});

const LISTS = `
entities: { nk: { terms: ["North Korean*1", 북한] } }
concepts:
  soldiers: { terms: [soldier*1, 북한군, 병력] }
  casualties: { terms: [killed] }
  sending: { terms: [sent] }
`;

/** Query, title, and its figures with what they count. */
const COUNTED: readonly (readonly [string, string, readonly (readonly [number, string | null])[]])[] = [
  ['@nk AND @soldiers', '12,000 North Korean soldiers', [[12_000, 'soldiers']]],
  ['@nk AND @soldiers AND @sending', 'North Korea sent 12,000 North Korean soldiers', [[12_000, 'soldiers']]],
  [
    '@soldiers AND @casualties',
    '12,000 soldiers, 300 killed',
    [
      [12_000, 'soldiers'],
      [300, 'casualties'],
    ],
  ],
  ['@nk', '12,000 North Korean reports', []],
  ['@soldiers', 'soldiers in 2024', []],
  ['@nk AND @soldiers', '북한군 1만2천명', [[12_000, 'soldiers']]],
  ['COUNT(@nk) >= 1000', '12,000 North Korean soldiers', [[12_000, 'nk']]],
  ['COUNT(soldier*1) >= 1000', '12,000 soldiers', [[12_000, null]]],
  ['COUNT(@soldiers) >= 1000 AND @casualties', '12,000 soldiers, 300 killed', [[12_000, 'soldiers']]],
  ['@nk AND QTY >= 1000', '12,000 North Korean songs', [[12_000, null]]],
];

test.each(COUNTED)('%s — %s: figures', (query, title, figures) => {
  const [match] = matchEntry(rulesOf(documentOf(query, LISTS)), textEntry(title, { lang: 'en' }));
  expect(match?.quantities.map(({ value, of }) => [value, of])).toEqual(figures);
});
