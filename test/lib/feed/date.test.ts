/** Dates as they are written: a row each. What is no date, or more than one, is null. */

import { describe, expect, test } from 'vitest';
import { readDate } from '../../../lib/feed/date/date.ts';
import fc from '../../property.ts';

const iso = (text: string) => {
  const instant = readDate(text);
  return instant === null ? null : new Date(instant).toISOString().replace('.000', '');
};

describe('RFC 822 and what became of it', () => {
  test.each([
    ['Mon, 01 Jun 2026 08:30:00 GMT', '2026-06-01T08:30:00Z'],
    ['Mon, 1 Jun 26 08:30 +0200', '2026-06-01T06:30:00Z'],
    ['1 Jun 2026 08:30:00 Z', '2026-06-01T08:30:00Z'],
    ['Mon, 01 Jun 2026 08:30:00', '2026-06-01T08:30:00Z'],
    ['Mon, 01 Jun 2026', '2026-06-01T00:00:00Z'],
    ['Mon, 01 June, 2026 08:30:00 UTC', '2026-06-01T08:30:00Z'],
    ['Mon,01 Jun 2026 08:30:00 -0000', '2026-06-01T08:30:00Z'],
    ['Mon, 01 Jun 2026 08:30:00 +0200 (CEST)', '2026-06-01T06:30:00Z'],
    ['Mon, 01 Jun 2026 08:30:00 GMT+2', '2026-06-01T06:30:00Z'],
    ['Mon, 01 Jun 2026 3:30:00 p.m. EST', '2026-06-01T20:30:00Z'],
    ['June 1, 2026 12:15 AM', '2026-06-01T00:15:00Z'],
    ['Monday, June 1st, 2026 3:15 PM', '2026-06-01T15:15:00Z'],
    ['Mon Jun  1 08:30:00 2026', '2026-06-01T08:30:00Z'],
    ['Mon Jun 01 08:30:00 +0200 2026', '2026-06-01T06:30:00Z'],
    ['1-Jun-2026 08:30', '2026-06-01T08:30:00Z'],
    ['1 Jun 69 08:30 GMT', '1969-06-01T08:30:00Z'],
  ])('%s', (text, instant) => expect(iso(text)).toBe(instant));
});

describe('zones by name', () => {
  test.each([
    ['CEST', '06:30'],
    ['MET', '07:30'],
    ['BST', '07:30'],
    ['MSK', '05:30'],
    ['IST', '03:00'],
    ['JST', '23:30'],
    ['AEST', '22:30'],
    ['EDT', '12:30'],
    ['ET', '12:30'],
    ['PT', '15:30'],
    ['PST', '16:30'],
  ])('%s', (zone, time) => expect(iso(`Mon, 01 Jun 2026 08:30:00 ${zone}`)?.slice(11, 16)).toBe(time));

  test('ET keeps summer from the second Sunday of March to the first of November', () => {
    expect(iso('Sat, 07 Mar 2026 12:00:00 ET')).toBe('2026-03-07T17:00:00Z');
    expect(iso('Sun, 08 Mar 2026 12:00:00 ET')).toBe('2026-03-08T16:00:00Z');
    expect(iso('Sat, 31 Oct 2026 12:00:00 ET')).toBe('2026-10-31T16:00:00Z');
    expect(iso('Sun, 01 Nov 2026 12:00:00 ET')).toBe('2026-11-01T17:00:00Z');
  });
});

describe('ISO 8601', () => {
  test.each([
    ['2026-06-01T08:30:00Z', '2026-06-01T08:30:00Z'],
    ['2026-06-01T08:30:00.125+02:00', '2026-06-01T06:30:00.125Z'],
    ['2026-06-01t08:30:00z', '2026-06-01T08:30:00Z'],
    ['2026-06-01 08:30:00 -00:20', '2026-06-01T08:50:00Z'],
    ['2026-06-01T08:30+02', '2026-06-01T06:30:00Z'],
    ['20260601T083000Z', '2026-06-01T08:30:00Z'],
    ['2026-06-01T24:00:00Z', '2026-06-02T00:00:00Z'],
    ['2026-06-01T23:59:60Z', '2026-06-01T23:59:59Z'],
    ['2026-06-01 08:30 CEST', '2026-06-01T06:30:00Z'],
    ['2026-06-01', '2026-06-01T00:00:00Z'],
    ['2026-06', '2026-06-01T00:00:00Z'],
    ['2026', '2026-01-01T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
  ])('%s', (text, instant) => expect(iso(text)).toBe(instant));
});

describe('other languages and customs', () => {
  test.each([
    ['lun., 1 juin 2026 10:30:00 +0200', '2026-06-01T08:30:00Z'],
    ['mar. 2 juin 2026 10:30', '2026-06-02T10:30:00Z'],
    ['1er février 2026', null],
    ['Mo, 01 Mär 2026 10:30:00 MEZ', '2026-03-01T09:30:00Z'],
    ['1. Juni 2026', '2026-06-01T00:00:00Z'],
    ['1 de junio de 2026 10:30', '2026-06-01T10:30:00Z'],
    ['1 июня 2026 г., 10:30', '2026-06-01T10:30:00Z'],
    ['Δευ, 01 Ιούν 2026 10:30:00 EET', '2026-06-01T08:30:00Z'],
    ['2026-június-01T9:15+02:00', '2026-06-01T07:15:00Z'],
    ['2026년 6월 1일 10:30:00', '2026-06-01T01:30:00Z'],
    ['2026-06-01 오후 10:30:00', '2026-06-01T13:30:00Z'],
    ['2026年6月1日 14時05分', '2026-06-01T14:05:00Z'],
    ['١ يونيو 2026', '2026-06-01T00:00:00Z'],
    ['22/09/2026', '2026-09-22T00:00:00Z'],
    ['09/22/2026 10:30', '2026-09-22T10:30:00Z'],
    ['02.06.2026 10:30', '2026-06-02T10:30:00Z'],
    ['2026/06/01 10:30', '2026-06-01T10:30:00Z'],
    ['1780302600', '2026-06-01T08:30:00Z'],
    ['1780302600000', '2026-06-01T08:30:00Z'],
  ])('%s', (text, instant) => expect(iso(text)).toBe(instant));
});

describe('refused', () => {
  test.each([
    '',
    'yesterday',
    '03-12-31',
    '03/04/2026',
    '2026-02-30',
    '2026-13-01',
    '99 Jun 2026 08:30:00 GMT',
    'Sun, 16 zzz 2026 08:30:00 GMT',
    'Sun, 16 Dec zz 08:30:00 GMT',
    'Sun, 16 Dec 2026 1:2:3:4 GMT',
    'Mon, 01 Jun 2026 08:30:00 XYZT',
    'Mon, 01 Jun 2026 08:30:00 +zz:00',
    '2026-06-01T25:00:00Z',
    '2026-06-01T08:61:00Z',
    '2026-06-01T08:30:00+99:99',
    '2026-06-01T08:30:00Zextra',
    '0000-00-00 00:00:00',
    '22013',
    '1 Jun 2 Jul 2026',
    'x'.repeat(1_000),
  ])('%s', (text) => expect(readDate(text)).toBeNull());
});

test('every date that this program writes is read back', () => {
  const instants = fc.integer({ min: 0, max: Date.UTC(9999, 0) }).map((ms) => ms - (ms % 1000));
  fc.assert(
    fc.property(instants, (instant) => {
      expect(readDate(new Date(instant).toISOString())).toBe(instant);
      expect(readDate(new Date(instant).toUTCString())).toBe(instant);
    }),
  );
});

const LANGUAGES = 'en fr de es it pt nl pl cs hu ro tr sv da fi et lv lt id ru uk bg el ar fa he hi'.split(
  ' ',
);

test.each(LANGUAGES)('the months of CLDR in %s', (language) => {
  const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const read = Array.from({ length: 12 }, (_, month) => {
    const name =
      format.formatToParts(Date.UTC(2026, month, 3)).find(({ type }) => type === 'month')?.value ?? '';
    return iso(`3 ${name} 2026 10:00 +0000`)?.slice(5, 7) ?? null;
  });
  // A name that another language has for another month (listopad) is refused, none is read wrong.
  for (const [i, month] of read.entries()) expect([String(i + 1).padStart(2, '0'), null]).toContain(month);
  expect(read.filter((month) => month === null).length).toBeLessThanOrEqual(1);
});

test('no text is an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readDate(text)));
  const pieces = fc.constantFrom(
    'Mon',
    ',',
    ' ',
    '1',
    '2026',
    'jun',
    ':',
    '30',
    '+0200',
    'pm',
    'T',
    'Z',
    '-',
    '/',
    '年',
    '월',
    '(',
  );
  fc.assert(fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => void readDate(parts.join(''))));
});
