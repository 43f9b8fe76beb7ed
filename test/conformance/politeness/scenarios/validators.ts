/** P01–P08: conditional requests, with validators as they came. */
import { feed, moved, page, rss, unchanging } from '../answers.ts';
import {
  type Asked,
  answered,
  atLeast,
  DAY,
  feedRequests,
  firstReason,
  isConditional,
  type Log,
  pollsOf,
  sentValue,
} from '../log.ts';
import type { Answer, Header, Scenario, Visit } from '../scenario.ts';

interface Stored {
  readonly etag: string | null;
  readonly modified: string | null;
}

/**
 * Each request must carry what the last good answer gave; a 304 renews what it names. Behind a kill in the tick
 * either of two memories is right. `bad` tells answers that were no feed: nothing of theirs may come back.
 * Bytes that are no UTF-8 may be left out (workerd cannot hold them); they may not come back as others.
 */
export function wrongValidators(
  log: Log,
  host: string,
  bad: (asked: Asked) => boolean = () => false,
): string | null {
  let stored: Stored[] = [{ etag: null, modified: null }];
  const silent = (value: string | null): string | null => (value !== null && isUtf8(value) ? value : null);
  for (const { first: asked, killed } of pollsOf(log, host)) {
    const sent: Stored = {
      etag: sentValue(asked, 'if-none-match'),
      modified: sentValue(asked, 'if-modified-since'),
    };
    const right = stored
      .flatMap((one) => [one, { etag: silent(one.etag), modified: silent(one.modified) }])
      .some(({ etag, modified }) => etag === sent.etag && modified === sent.modified);
    if (!right) return `${host} got ${JSON.stringify(sent)}, not ${JSON.stringify(stored[0])}`;
    const after = stored.map((before) => renewed(before, asked, bad(asked)));
    stored = killed ? [...after, ...stored] : after;
  }
  return atLeast(pollsOf(log, host), 4, `polls of ${host}`);
}

function isUtf8(latin1: string): boolean {
  return Buffer.from(latin1, 'latin1').equals(Buffer.from(Buffer.from(latin1, 'latin1').toString('utf8')));
}

function renewed(before: Stored, asked: Asked, bad: boolean): Stored {
  const given: Stored = { etag: answered(asked, 'etag'), modified: answered(asked, 'last-modified') };
  if (asked.status === 200 && !bad) return given;
  if (asked.status !== 304) return before;
  return { etag: given.etag ?? before.etag, modified: given.modified ?? before.modified };
}

/** 200 with another body and another value each time. */
const rotating =
  (name: string, values: readonly string[]) =>
  ({ count }: Visit): Answer =>
    feed([[name, values[count % values.length] ?? '']], rss([`Item ${count}`, 'Old item']));

const ETAGS = [
  '"abc"',
  'W/"weak"',
  '"a, b"',
  '"5f3-gzip"',
  '"5f3;br"',
  'unquoted',
  '""',
  '"say \\"hello\\""',
  '"caf\xe9"',
  '"\xc3\xa9 in UTF-8"',
  '"\x80\xff\xa0"',
  `"${"!#$%&'()*+,-./:;<=>?@[]^_`{|}~"}"`,
  '"two  spaces"',
];

const DATES = [
  'Mon, 02 Nov 2026 10:00:00 GMT',
  'Mon, 02 Nov 2099 10:00:00 GMT',
  'mon, 2 nov 2026 10:00:00 gmt',
  '2026-11-02T10:00:00Z',
  'yesterday',
  '0',
  '-1',
  'Monday, 02-Nov-26 10:00:00 GMT',
  'Mon, 02 Nov 2026 10:00:00 +0000',
  'lundi 2 d\xe9cembre',
];

const BOTH: Header[] = [
  ['ETag', '"both"'],
  ['Last-Modified', 'Mon, 02 Nov 2026 10:00:00 GMT'],
];

export const VALIDATORS: readonly Scenario[] = [
  {
    id: 'P01',
    title: 'one unconditional GET for a new feed',
    hard: true,
    run: 'days',
    feeds: [
      { path: '/still', every: '6h', answer: (visit) => unchanging(visit, '"still"') },
      {
        path: '/moving',
        every: '6h',
        answer: (visit) => unchanging(visit, `"${Math.floor(visit.count / 9)}"`),
      },
    ],
    judge: (log) => firstReason(extraFull(log, '/still'), extraFull(log, '/moving'), noRefresh(log)),
  },
  {
    id: 'P02',
    title: 'If-None-Match is the last ETag byte for byte',
    hard: true,
    run: 'cycles',
    feeds: [{ path: '/etags', every: '15m', answer: rotating('ETag', ETAGS) }],
    judge: (log) =>
      firstReason(wrongValidators(log, '/etags'), atLeast(pollsOf(log, '/etags'), 2 * ETAGS.length)),
  },
  {
    id: 'P03',
    title: 'If-Modified-Since is the last Last-Modified byte for byte',
    hard: true,
    run: 'cycles',
    feeds: [{ path: '/dates', every: '15m', answer: rotating('Last-Modified', DATES) }],
    judge: (log) =>
      firstReason(wrongValidators(log, '/dates'), atLeast(pollsOf(log, '/dates'), 2 * DATES.length)),
  },
  {
    id: 'P04',
    title: 'both, one or none, as received',
    run: 'cycles',
    feeds: [
      { path: '/both', every: '1h', answer: () => feed(BOTH) },
      { path: '/etag', every: '1h', answer: () => feed(BOTH.slice(0, 1)) },
      { path: '/date', every: '1h', answer: () => feed(BOTH.slice(1)) },
      { path: '/none', every: '1h', answer: () => feed() },
    ],
    judge: (log) =>
      firstReason(...['/both', '/etag', '/date', '/none'].map((host) => wrongValidators(log, host))),
  },
  {
    id: 'P05',
    title: 'validators follow every 200 and a 304 that names new ones',
    run: 'cycles',
    feeds: [
      {
        path: '/changing',
        every: '30m',
        answer: ({ count }) => {
          const etag: Header = ['ETag', `"v${count}"`];
          if (count % 4 === 2) return { status: 304, headers: [etag] };
          if (count % 4 === 3) return feed([], rss([`Item ${count}`]));
          return feed([etag, ...BOTH.slice(1)], rss([`Item ${count}`]));
        },
      },
    ],
    judge: (log) => wrongValidators(log, '/changing'),
  },
  {
    id: 'P06',
    title: 'nothing is kept of a 200 that was no whole feed',
    run: 'cycles',
    feeds: [
      { path: '/page', every: '30m', answer: spoiled({ ...page, headers: [['ETag', '"bad"']] }) },
      {
        path: '/half',
        every: '30m',
        answer: spoiled(feed([['ETag', '"bad"']], rss(['Half', 'a']).slice(0, -40))),
      },
      {
        path: '/broken',
        every: '30m',
        answer: spoiled({
          ...feed(
            [
              ['ETag', '"bad"'],
              ['Content-Length', '9000'],
            ],
            rss(['Broken']).slice(0, 120),
          ),
          ending: 'break',
        }),
      },
    ],
    judge: (log) =>
      firstReason(
        ...['/page', '/half', '/broken'].map((host) =>
          wrongValidators(log, host, (asked) => answered(asked, 'etag') === '"bad"'),
        ),
      ),
  },
  {
    id: 'P07',
    title: 'validators stay with the address they came from',
    run: 'cycles',
    feeds: [
      {
        path: '/start',
        every: '30m',
        answer: (visit) => {
          if (visit.url === '/start') return moved(302, Math.floor(visit.count / 8) % 2 === 0 ? '/x' : '/y');
          return unchanging(visit, `"of ${visit.url}"`);
        },
      },
    ],
    judge: foreignValidators,
  },
  {
    id: 'P08',
    title: '304 writes nothing beyond the schedule',
    run: 'quiet',
    feeds: [
      { path: '/a', every: '5m', answer: (visit) => unchanging(visit, '"a"', BOTH.slice(1)) },
      { path: '/b', every: '15m', answer: (visit) => unchanging(visit, '"b"') },
    ],
    judge: (log) => {
      const quiet = new Set(log.kv.slice(3));
      if (quiet.size !== 1) return `KV was written ${quiet.size - 1} times while every answer was 304`;
      return atLeast(
        feedRequests(log).filter(({ status }) => status === 304),
        20,
        '304 answers',
      );
    },
  },
];

/** Good, bad, good, bad … */
function spoiled(bad: Answer): (visit: Visit) => Answer {
  return ({ count }) =>
    count % 2 === 0 ? bad : feed([['ETag', `"good${count}"`]], rss([`Whole ${count}`, 'Whole']));
}

/** Unconditional although there were validators: only after eight days of nothing but 304. */
function extraFull(log: Log, host: string): string | null {
  let changed = Number.NaN;
  let mayForget = false;
  for (const { first, killed } of pollsOf(log, host)) {
    const due = first.at - changed >= 8 * DAY;
    if (!Number.isNaN(changed) && !isConditional(first) && !due && !mayForget) {
      return `${host} was asked unconditionally at ${new Date(first.at).toISOString()}`;
    }
    mayForget = killed && Number.isNaN(changed);
    if (first.status === 200) changed = first.at;
  }
  return atLeast(pollsOf(log, host), 20, `polls of ${host}`);
}

function noRefresh(log: Log): string | null {
  const full = feedRequests(log, '/still').filter((asked) => !isConditional(asked));
  return full.length === 2 ? null : `${full.length} unconditional requests in 10 days of 304, 2 expected`;
}

function foreignValidators(log: Log): string | null {
  const given = new Map<string, Set<string>>();
  let conditional = 0;
  for (const asked of feedRequests(log)) {
    const sent = sentValue(asked, 'if-none-match');
    if (sent !== null) conditional++;
    if (sent !== null && !given.get(asked.url)?.has(sent)) return `${sent} was sent to ${asked.url}`;
    const etag = answered(asked, 'etag');
    if (etag !== null) given.set(asked.url, (given.get(asked.url) ?? new Set()).add(etag));
  }
  return conditional >= 4 ? null : 'hardly any conditional requests behind the redirect';
}
