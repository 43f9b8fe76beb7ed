/** The labelled set of figures in test/cases/match/quantities.jsonl: value, approximate or not, and place. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFigures } from '../../../lib/match/figure/figure.ts';

interface Case {
  readonly lang: string | null;
  readonly text: string;
  readonly figures: readonly {
    readonly text: string;
    readonly value: number;
    readonly approximate: boolean;
  }[];
}
const CASES = readFileSync('test/cases/match/quantities.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

test('the set is wide', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(200);
  expect(new Set(CASES.map(({ lang }) => lang)).size).toBeGreaterThan(20);
});

test.each(CASES)('$lang: $text', ({ lang, text, figures }) => {
  const found = readFigures(text, lang).map(({ value, approximate, start, end }) => ({
    text: text.slice(start, end),
    value,
    approximate,
  }));
  expect(found).toEqual(figures);
});
