/** The example configurations that Vigie ships: valid, in many languages, and right on labelled sentences. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../lib/match/run/explain.ts';
import { compiled, rulesOf, textEntry } from './rules.ts';

interface Case {
  readonly id: string;
  readonly lang: string;
  readonly title: string;
  readonly summary?: string;
  readonly match: boolean;
}

const EXAMPLES = 'config/examples';
const names = readdirSync(EXAMPLES).map((file) => file.replace('.yaml', ''));

describe.each(names.map((name) => ({ name })))('$name', ({ name }) => {
  const source = readFileSync(`${EXAMPLES}/${name}.yaml`, 'utf8');
  const cases = readFileSync(`test/cases/match/${name}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
  const rules = rulesOf(source);
  const found = ({ title, summary, lang }: Case) =>
    explain(rules, textEntry(title, { summary: summary ?? '', lang }), name)?.matched === true;

  test('is valid', () => {
    expect(compiled(source).problems.filter(({ level }) => level === 'error')).toEqual([]);
  });
  test('finds 95 of 100 true entries', () => {
    const wanted = cases.filter(({ match }) => match);
    const missed = wanted.filter((one) => !found(one)).map(({ id }) => id);
    expect(missed.length / wanted.length, missed.join(' ')).toBeLessThanOrEqual(0.05);
  });
  test('97 of 100 found entries are true', () => {
    const hits = cases.filter(found);
    const wrong = hits.filter(({ match }) => !match).map(({ id }) => id);
    expect(wrong.length / hits.length, wrong.join(' ')).toBeLessThanOrEqual(0.03);
  });
});
