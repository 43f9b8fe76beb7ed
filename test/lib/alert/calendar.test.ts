/** Quiet hours and digests by local clocks, summer time included. */

import { describe, expect, test } from 'vitest';
import { nextDigest, quietSpans, quietUntil } from '../../../lib/alert/calendar.ts';
import { readDigestTimes, readQuietHours } from '../../../lib/config/schema/hours.ts';
import fc from '../../property.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().slice(0, 16));

describe('quiet hours', () => {
  test.each([
    { hours: '22:00-06:00 Europe/Paris', now: '2026-01-10T20:59Z', until: null },
    { hours: '22:00-06:00 Europe/Paris', now: '2026-01-10T21:00Z', until: '2026-01-11T05:00' },
    { hours: '22:00-06:00 Europe/Paris', now: '2026-01-11T04:59Z', until: '2026-01-11T05:00' },
    { hours: '22:00-06:00 Europe/Paris', now: '2026-01-11T05:00Z', until: null },
    { hours: '12:00-13:30 Asia/Kolkata', now: '2026-01-11T07:00Z', until: '2026-01-11T08:00' },
    // The night of 29 March 2026 is an hour short in Paris, that of 25 October an hour longer.
    { hours: '22:00-06:00 Europe/Paris', now: '2026-03-28T23:00Z', until: '2026-03-29T04:00' },
    { hours: '22:00-06:00 Europe/Paris', now: '2026-10-24T22:00Z', until: '2026-10-25T05:00' },
    // 02:30 does not exist on that day: the hours end where the clock jumps.
    { hours: '22:00-02:30 Europe/Paris', now: '2026-03-28T23:00Z', until: '2026-03-29T01:00' },
    { hours: '08:00-09:00', now: '2026-01-11T08:30Z', until: '2026-01-11T09:00' },
  ])('$hours at $now: $until', ({ hours, now, until }) => {
    expect(iso(quietUntil(at(now), readQuietHours(hours)!))).toBe(until);
  });
});

describe('quiet hours between two times', () => {
  test.each([
    { hours: '22:00-06:00', from: '2026-01-10T07:00Z', to: '2026-01-10T21:00Z', spans: [] },
    {
      hours: '22:00-06:00',
      from: '2026-01-10T23:00Z',
      to: '2026-01-12T01:00Z',
      spans: ['2026-01-10T23:00 2026-01-11T06:00', '2026-01-11T22:00 2026-01-12T01:00'],
    },
    // An hour shorter in the night of 29 March.
    {
      hours: '22:00-06:00 Europe/Paris',
      from: '2026-03-28T12:00Z',
      to: '2026-03-29T12:00Z',
      spans: ['2026-03-28T21:00 2026-03-29T04:00'],
    },
    // 02:30 does not exist on that day: they begin where the clock jumps.
    {
      hours: '02:30-04:00 Europe/Paris',
      from: '2026-03-29T00:00Z',
      to: '2026-03-29T12:00Z',
      spans: ['2026-03-29T01:00 2026-03-29T02:00'],
    },
  ])('$hours from $from to $to', ({ hours, from, to, spans }) => {
    const found = quietSpans({ from: at(from), to: at(to) }, readQuietHours(hours)!);
    expect(found.map((span) => `${iso(span.from)} ${iso(span.to)}`)).toEqual(spans);
  });

  test('are cut at a number, however long the time', () => {
    const year = { from: at('2026-01-01T00:00Z'), to: at('2027-01-01T00:00Z') };
    expect(quietSpans(year, readQuietHours('01:00-02:00')!)).toHaveLength(60);
  });
});

describe('digests', () => {
  test.each([
    { times: 'daily 08:00 Europe/Paris', now: '2026-01-10T06:59Z', next: '2026-01-10T07:00' },
    { times: 'daily 08:00 Europe/Paris', now: '2026-01-10T07:00Z', next: '2026-01-11T07:00' },
    { times: 'daily 08:00 Europe/Paris', now: '2026-03-28T08:00Z', next: '2026-03-29T06:00' },
    { times: 'monday 07:30 America/New_York', now: '2026-01-10T12:00Z', next: '2026-01-12T12:30' },
    { times: 'mon 07:30 America/New_York', now: '2026-01-12T12:30Z', next: '2026-01-19T12:30' },
  ])('$times behind $now: $next', ({ times, now, next }) => {
    expect(iso(nextDigest(at(now), readDigestTimes(times)!))).toBe(next);
  });

  test('are always ahead, by a day and a changed clock at most', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Paris',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    const time = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-01-01T00:00Z') });
    fc.assert(
      fc.property(zone, time, fc.integer({ min: 0, max: 1439 }), (name, now, minutes) => {
        const next = nextDigest(now, { at: minutes, weekday: null, zone: name });
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(25.5 * 3_600_000);
      }),
      { numRuns: 300 },
    );
  });
});

test.each(['22-6', '25:00-06:00', '22:00-06:00 Mars/Base', '08:00-08:00', ''])(
  '%j are no quiet hours',
  (text) => {
    expect(readQuietHours(text)).toBeNull();
  },
);
test.each(['08:00', 'hourly 08:00', 'daily 24:00', 'daily 08:00 Nowhere'])(
  '%j is no time of a digest',
  (text) => {
    expect(readDigestTimes(text)).toBeNull();
  },
);
