/** Cutting: within the limit, between graphemes, the same as a reader would. */

import { expect, test } from 'vitest';
import { cutText, graphemeAt, longestFitting, utf8Bytes } from '../../../lib/text/cut.ts';
import fc from '../../property.ts';

const CASES: [name: string, text: string, max: number, out: string][] = [
  ['what fits stays', 'abc', 3, 'abc'],
  ['one too many', 'abcd', 3, 'ab…'],
  ['no blank before the sign', 'ab cd', 4, 'ab…'],
  ['a family stays together', '👩‍👩‍👧👩‍👩‍👧', 10, '👩‍👩‍👧…'],
  ['a flag stays together', 'a🇰🇵🇰🇵', 6, 'a🇰🇵…'],
  ['a letter keeps its marks', 'e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
  ['Hangul of parts stays together', '\u1112\u1161\u11ab\u1112\u1161\u11ab', 5, '\u1112\u1161\u11ab…'],
  ['one grapheme that is longer than the limit', '👩‍👩‍👧‍👦', 4, '👩\u200d…'],
  ['half a pair is never left', '😀😀', 2, '…'],
  ['no room at all', 'abc', 0, ''],
  ['room for the sign alone', 'abc', 1, '…'],
];

test.each(CASES)('%s', (_, text, max, out) => {
  expect(cutText(text, max)).toBe(out);
});

test('never longer than the limit, never half a grapheme, never more than one grapheme short', () => {
  const whole = new Intl.Segmenter('und', { granularity: 'grapheme' });
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 600 }),
      fc.integer({ min: 20, max: 300 }),
      (text, max) => {
        const cut = cutText(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        if (cut === text) return;
        const kept = cut.slice(0, -1);
        const edges = new Set([
          0,
          ...[...whole.segment(text)].map(({ index, segment }) => index + segment.length),
        ]);
        const end = text.startsWith(kept) ? kept.length : -1;
        expect(end).toBeGreaterThanOrEqual(0);
        expect(edges.has(end) || /^\s/u.test(text.slice(end))).toBe(true);
      },
    ),
  );
});

test('the longest opening that fits, where escapes make it longer', () => {
  const escaped = (text: string) => text.replace(/\*/gu, '\\*');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('*', 'a', '😀'), { maxLength: 80 }),
      fc.integer({ min: 5, max: 60 }),
      (parts, max) => {
        const text = parts.join('');
        const out = longestFitting(text, max, (part) => escaped(part).length <= max);
        expect(escaped(out).length).toBeLessThanOrEqual(max);
        if (escaped(text).length <= max) expect(out).toBe(text);
        else expect(escaped(out).length).toBeGreaterThanOrEqual(max - 5);
      },
    ),
  );
});

test('where a grapheme begins and ends', () => {
  const text = 'a👩‍👩‍👧b';
  expect([0, 1, 5, 8, 9].map((at) => graphemeAt(text, at))).toEqual([
    { start: 0, end: 1 },
    { start: 1, end: 9 },
    { start: 1, end: 9 },
    { start: 1, end: 9 },
    { start: 9, end: 10 },
  ]);
});

test('bytes of UTF-8', () => {
  expect(['a', 'é', '界', '😀'].map(utf8Bytes)).toEqual([1, 2, 3, 4]);
});
