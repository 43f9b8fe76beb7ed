/** Pacing headers: what servers send, and the nonsense among it. */
import { describe, expect, test } from 'vitest';
import { freshnessHints, type PacingHeaders } from '../../../lib/poll/response.ts';

const NOW = Date.UTC(2026, 9, 15, 12);
const AT = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();
const NONE: PacingHeaders = { cacheControl: null, expires: null, age: null, date: null, retryAfter: null };

const FRESH: [string, Partial<PacingHeaders>, number | null][] = [
  ['nothing said', {}, null],
  ['max-age', { cacheControl: 'max-age=600' }, 600],
  ['max-age among others', { cacheControl: 'public, max-age=600, must-revalidate' }, 600],
  ['quoted', { cacheControl: 'max-age="600"' }, 600],
  ['upper case', { cacheControl: 'MAX-AGE=600' }, 600],
  ['s-maxage is for shared caches', { cacheControl: 's-maxage=900' }, null],
  ['garbage', { cacheControl: 'max-age=soon' }, null],
  ['negative', { cacheControl: 'max-age=-5' }, null],
  ['zero', { cacheControl: 'max-age=0' }, null],
  ['a year is cut to a day', { cacheControl: 'max-age=31536000' }, 86_400],
  ['less Age', { cacheControl: 'max-age=600', age: '200' }, 400],
  ['older than its max-age', { cacheControl: 'max-age=600', age: '900' }, null],
  ['Age that is no number', { cacheControl: 'max-age=600', age: 'old' }, 600],
  ['Expires', { expires: AT(300) }, 300],
  ['Expires by the server’s own clock', { expires: AT(3900), date: AT(3600) }, 300],
  ['Expires in the past', { expires: AT(-300) }, null],
  ['Expires: 0', { expires: '0' }, null],
  ['Expires: -1', { expires: '-1' }, null],
  ['max-age wins over Expires', { cacheControl: 'max-age=60', expires: AT(300) }, 60],
];

const RETRY: [string, Partial<PacingHeaders>, number | null][] = [
  ['nothing said', {}, null],
  ['seconds', { retryAfter: '120' }, 120],
  ['a fraction, as Discord sends', { retryAfter: '1.5' }, 1.5],
  ['a date', { retryAfter: AT(120) }, 120],
  ['a date by a skewed server’s clock', { retryAfter: AT(-3480), date: AT(-3600) }, 120],
  ['a date in the past', { retryAfter: AT(-60) }, 0],
  ['two weeks are cut to one', { retryAfter: '1209600' }, 604_800],
  ['garbage', { retryAfter: 'later' }, null],
];

describe('fresh for', () => {
  test.each(FRESH)('%s', (_, headers, seconds) => {
    const { freshForMs } = freshnessHints({ ...NONE, ...headers }, NOW);
    expect(freshForMs).toBe(seconds === null ? null : seconds * 1000);
  });
});

describe('retry after', () => {
  test.each(RETRY)('%s', (_, headers, seconds) => {
    const { retryAfterMs } = freshnessHints({ ...NONE, ...headers }, NOW);
    expect(retryAfterMs).toBe(seconds === null ? null : seconds * 1000);
  });
});
