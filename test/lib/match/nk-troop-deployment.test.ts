/** The rule that Vigie was built for, against labelled sentences: every match found, every look-alike left alone. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain } from '../../../lib/match/explain.ts';
import { rulesOf, textEntry } from './rules.ts';

interface Case {
  readonly id: string;
  readonly lang: string;
  readonly title: string;
  readonly summary?: string;
  readonly match: boolean;
  readonly why?: string;
}

const cases = readFileSync('test/cases/match/nk-troop-deployment.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case);
const rules = rulesOf(readFileSync('config/watch.yaml', 'utf8'));

test('the cases cover 28 languages or more', () => {
  expect(new Set(cases.map((entry) => entry.lang)).size).toBeGreaterThanOrEqual(28);
});

test.each(cases)('$lang: $title', ({ match, lang, title, summary }) => {
  const found = explain(rules, textEntry(title, { summary: summary ?? '', lang }), 'nk-troop-deployment');
  expect(found?.matched).toBe(match);
});
