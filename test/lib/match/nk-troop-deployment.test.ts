/**
 * The rule that Vigie was built for, against labelled sentences of six authors and against look-alikes. It need not find every
 * sentence: some say so little that finding them would cost false alerts. A failure lists what was missed and what was false.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchEntry } from '../../../lib/match/run/match.ts';
import { entryOf, readCases, type Sentence } from '../../eval/cases.ts';
import { rulesOf } from './rules.ts';

interface Case extends Sentence {
  readonly match: boolean;
}

const RULE = 'nk-troop-deployment';
/** Of a language with fewer true sentences a share says nothing. */
const TRUE_MIN = 10;

const files = readdirSync('test/cases/match').filter((name) => /^nk-.*\.jsonl$/u.test(name));
const rules = rulesOf(readFileSync('config/watch.yaml', 'utf8'));
const judged = files
  .flatMap((name) => readCases<Case>(`match/${name}`))
  .map((entry) => ({ ...entry, found: matchEntry(rules, entryOf(entry)).some(({ rule }) => rule === RULE) }));

const missed = judged.filter(({ match, found }) => match && !found);
const wrong = judged.filter(({ match, found }) => !match && found);
const right = judged.filter(({ match, found }) => match && found);

const listed = (entries: readonly Case[]): string =>
  entries.map(({ id, lang, title }) => `${lang} ${id}: ${title}`).join('\n');

test('there are cases of 36 languages or more', () => {
  expect(judged.length).toBeGreaterThan(2500);
  expect(new Set(judged.map(({ lang }) => lang)).size).toBeGreaterThanOrEqual(36);
});

test('finds 97 of 100 reports', () => {
  expect(right.length / (right.length + missed.length), listed(missed)).toBeGreaterThanOrEqual(0.97);
});

test('98 of 100 found are reports', () => {
  expect(right.length / (right.length + wrong.length), listed(wrong)).toBeGreaterThanOrEqual(0.98);
});

test('finds 90 of 100 in every language', () => {
  const weak = [
    ...Map.groupBy(
      judged.filter(({ match }) => match),
      ({ lang }) => lang,
    ),
  ]
    .filter(([, entries]) => entries.length >= TRUE_MIN)
    .filter(([, entries]) => entries.filter(({ found }) => found).length / entries.length < 0.9)
    .map(([lang]) => lang);
  expect(weak, listed(missed)).toEqual([]);
});
