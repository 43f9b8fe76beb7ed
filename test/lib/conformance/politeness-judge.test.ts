/** The judge of politeness can fail: made-up logs of pollers that misbehave, each beside one that does not. */
import { describe, expect, test } from 'vitest';
import { type Asked, DAY, type Log, MINUTE } from '../../conformance/politeness/log.ts';
import { SCENARIOS } from '../../conformance/politeness/scenarios/table.ts';
import { lineOf, scoreOf, type Verdict } from '../../conformance/politeness/score.ts';

const START = Date.UTC(2026, 10, 2);

interface Row extends Partial<Asked> {
  readonly after: number;
  readonly etag?: string;
  readonly sends?: string;
}

/** `after`: milliseconds behind the request before. */
function logOf(url: string, rows: readonly Row[]): Log {
  let at = START;
  const asked = rows.map(({ after, etag, sends, ...more }): Asked => {
    at += after;
    return {
      host: url,
      origin: 'http://127.0.0.1:1',
      method: 'GET',
      url,
      headers: sends === undefined ? [] : [['If-None-Match', sends]],
      tick: at,
      at,
      endedAt: at + 5,
      inFlight: 1,
      cut: false,
      bytes: 100,
      status: 200,
      answered: etag === undefined ? [] : [['ETag', etag]],
      ...more,
    };
  });
  const ticks = Array.from({ length: 220 }, (_, i) => ({ at: START + i * 5 * MINUTE, killed: false }));
  return { asked, everything: asked, ticks, alerted: [], said: [], kv: [] };
}

/** As one of a run: other hosts' requests do not change the judgement. */
const judge = (id: string, log: Log): string | null =>
  SCENARIOS.find((scenario) => scenario.id === id)?.judge(log) ?? null;

const many = (count: number, row: (i: number) => Row): Row[] =>
  Array.from({ length: count }, (_, i) => row(i));

describe('P02', () => {
  const polls = (sends: (before: string) => string): Row[] =>
    many(40, (i) => ({
      after: 15 * MINUTE,
      etag: `W/"v${i}"`,
      ...(i === 0 ? {} : { sends: sends(`W/"v${i - 1}"`) }),
    }));
  test('the same bytes pass', () => {
    expect(
      judge(
        'P02',
        logOf(
          '/etags',
          polls((etag) => etag),
        ),
      ),
    ).toBeNull();
  });
  test.each([
    ['without W/', (etag: string) => etag.slice(2)],
    ['without quotes', (etag: string) => etag.replaceAll('"', '')],
    ['of a poll long ago', () => 'W/"v0"'],
  ])('%s fails', (_, change) => {
    expect(judge('P02', logOf('/etags', polls(change).slice(0, 30)))).toContain('/etags got');
  });
  test('three polls prove nothing', () => {
    expect(judge('P02', logOf('/etags', polls((etag) => etag).slice(0, 3)))).toContain('only 3 polls');
  });
});

describe('P01', () => {
  const daily = (conditional: (i: number) => boolean): Log =>
    logOf(
      '/still',
      many(30, (i) => ({
        after: DAY / 3,
        etag: '"still"',
        status: conditional(i) ? 304 : 200,
        ...(conditional(i) ? { sends: '"still"' } : {}),
      })),
    );
  test('a full answer before eight days of 304 fails', () => {
    expect(
      judge(
        'P01',
        daily((i) => i % 20 !== 0),
      ),
    ).toContain('/still was asked unconditionally');
  });
  test('one after eight days is wanted', () => {
    expect(
      judge(
        'P01',
        daily((i) => i !== 0 && i !== 25),
      ),
    ).not.toContain('/still was');
  });
});

test('P09: a second before the interval fails', () => {
  const log = logOf(
    '/five',
    many(100, (i) => ({ after: i === 60 ? 5 * MINUTE - 1_000 : 6 * MINUTE })),
  );
  expect(judge('P09', log)).toBe('/five was asked again after 299.0 s, 300 s are the interval');
});

test('P15: a poll within Retry-After fails', () => {
  const refused: Row = {
    after: 3 * 60 * MINUTE,
    status: 429,
    answered: [['Retry-After', '36000']],
  };
  const rows = many(8, (i) => (i % 2 === 1 ? refused : { after: 9 * 60 * MINUTE }));
  expect(judge('P15', logOf('/three-days', rows))).toContain('600.0 min were wanted');
});

describe('P29', () => {
  test('two at once fail', () => {
    expect(judge('P29', logOf('/x', [{ after: 0 }, { after: 2_000, inFlight: 2 }]))).toContain('at once');
  });
  test('half a second between two fails', () => {
    expect(judge('P29', logOf('/x', [{ after: 0 }, { after: 500 }]))).toContain('500 ms after');
  });
});

test('P27: a cookie fails, wherever it is sent', () => {
  const log = logOf('/any', [{ after: 0, headers: [['Cookie', 'id=1']] }]);
  expect(judge('P27', log)).toContain('cookie: id=1');
});

test('P30: six in one second are a herd', () => {
  const hosts = many(200, (i) => ({ after: i === 50 ? 10 : 210, host: `/feed-${i % 100}` }));
  expect(judge('P30', logOf('/feed', hosts))).toContain('6 feeds were asked within one second');
});

describe('the score', () => {
  const verdict = (i: number, reason: string | null, hard = false): Verdict => ({
    id: `P${i}`,
    title: 'said so',
    hard,
    reason,
  });
  const all = Array.from({ length: 38 }, (_, i) => verdict(i, null));
  test('of 38 passes is whole', () => expect(scoreOf(all).line).toBe('38/38 (100 %)'));
  test('is capped by a hard failure', () => {
    expect(scoreOf([...all.slice(1), verdict(0, 'no', true)]).line).toBe(
      '37/38 (50 %, capped at 50 % by P0)',
    );
  });
  test('misses a check that was not run', () => expect(scoreOf(all.slice(1)).passed).toBe(37));
  test('names the reason', () => expect(lineOf(verdict(7, 'it did'))).toBe('P7 FAIL said so: it did'));
});
