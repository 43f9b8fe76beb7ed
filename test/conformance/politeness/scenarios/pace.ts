/** P09–P14, P37: never earlier than the owner, the publisher's headers and the document allow. */
import { feed, rss, unchanging } from '../answers.ts';
import {
  type Asked,
  atLeast,
  DAY,
  firstReason,
  gapsOf,
  HOUR,
  type Log,
  MINUTE,
  minutes,
  pollsOf,
  silentFor,
} from '../log.ts';
import { BEGINNING } from '../replay-time.ts';
import type { Header, Scenario, ScenarioFeed, Visit } from '../scenario.ts';

/** Every gap at least `least`; the usual one at most `most` (a tick and a tenth of jitter on top are the caller's). */
function pace(
  log: Log,
  host: string,
  { least, most = Infinity, from = 0 }: { least: number; most?: number; from?: number },
) {
  const gaps = gapsOf(pollsOf(log, host)).slice(from);
  const short = gaps.find((gap) => gap < least);
  if (short !== undefined)
    return `${host}: ${minutes(short)} between polls, at least ${minutes(least)} wanted`;
  const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  if (median > most) return `${host}: ${minutes(median)} between polls, at most ${minutes(most)} wanted`;
  return atLeast(gaps, 3, `polls of ${host}`);
}

const cached = (path: string, every: string, value: string): ScenarioFeed => ({
  path,
  every,
  answer: (visit) => unchanging(visit, '"1"', [['Cache-Control', value]]),
});

const expiring = (path: string, every: string, headers: (visit: Visit) => Header[]): ScenarioFeed => ({
  path,
  every,
  answer: (visit) => unchanging(visit, '"1"', headers(visit)),
});

const httpDate = (at: number): string => new Date(at).toUTCString();

const asking = (path: string, channel: string): ScenarioFeed => ({
  path,
  every: '1h',
  answer: (visit) => {
    const headers: Header[] = [['ETag', '"1"']];
    return visit.header('if-none-match') === null
      ? feed(headers, rss(['A', 'B'], channel))
      : { status: 304, headers };
  },
});

const hours = (list: readonly number[]): string =>
  `<skipHours>${list.map((hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`;

/** A tenth of jitter, and the next tick of the replay. */
const most = (wait: number): number => wait * 1.1 + HOUR / 2 + MINUTE;

export const PACE: readonly Scenario[] = [
  {
    id: 'P09',
    title: 'never earlier than the interval, through five restarts',
    hard: true,
    run: 'cycles',
    feeds: [
      { path: '/five', every: '5m', answer: (visit) => unchanging(visit, '"1"') },
      { path: '/twelve', every: '12m', answer: () => feed([]) },
      { path: '/one', host: 'shared', every: '20m', answer: (visit) => unchanging(visit, '"1"') },
      { path: '/two', host: 'shared', every: '20m', answer: (visit) => unchanging(visit, '"2"') },
      { path: '/new', answer: ({ count }) => feed([], rss([`Item ${count}`, `Item ${count - 1}`])) },
    ],
    judge: (log) =>
      firstReason(
        atLeast(log.ticks, 200, 'ticks'),
        tooEarly(log, '/five', 5 * MINUTE),
        tooEarly(log, '/twelve', 12 * MINUTE),
        tooEarly(log, '/one', 20 * MINUTE),
        tooEarly(log, '/two', 20 * MINUTE),
        tooEarly(log, '/new', 5 * MINUTE),
        atLeast(pollsOf(log, '/five'), 90),
      ),
  },
  {
    id: 'P10',
    title: 'Cache-Control max-age, at most a day',
    hard: true,
    run: 'days',
    feeds: [
      cached('/half-day', '1h', 'public, max-age=43200'),
      cached('/quoted', '1h', 'MAX-AGE="43200", must-revalidate'),
      cached('/year', '1h', 'max-age=31536000, immutable'),
      cached('/garbage', '12h', 'max-age=soon, max-age, =, max-age=-5'),
      cached('/shared', '12h', 's-maxage=604800, no-cache'),
    ],
    judge: (log) =>
      firstReason(
        pace(log, '/half-day', { least: 12 * HOUR, most: most(12 * HOUR) }),
        pace(log, '/quoted', { least: 12 * HOUR, most: most(12 * HOUR) }),
        pace(log, '/year', { least: DAY, most: most(DAY) }),
        pace(log, '/garbage', { least: 12 * HOUR, most: most(12 * HOUR) }),
        pace(log, '/shared', { least: 12 * HOUR, most: most(12 * HOUR) }),
      ),
  },
  {
    id: 'P11',
    title: 'Expires without max-age, less Age; the past means nothing',
    run: 'days',
    feeds: [
      expiring('/later', '3h', ({ now }) => [['Expires', httpDate(now + 12 * HOUR)]]),
      expiring('/aged', '3h', ({ now }) => [
        ['Expires', httpDate(now + 12 * HOUR)],
        ['Age', '14400'],
      ]),
      expiring('/both', '3h', ({ now }) => [
        ['Expires', httpDate(now + 20 * HOUR)],
        ['Cache-Control', 'max-age=21600'],
      ]),
      expiring('/past', '6h', ({ now }) => [['Expires', httpDate(now - DAY)]]),
      expiring('/zero', '6h', () => [['Expires', '0']]),
    ],
    judge: (log) =>
      firstReason(
        pace(log, '/later', { least: 12 * HOUR - SECOND, most: most(12 * HOUR) }),
        pace(log, '/aged', { least: 8 * HOUR - SECOND, most: most(8 * HOUR) }),
        pace(log, '/both', { least: 6 * HOUR, most: most(6 * HOUR) }),
        pace(log, '/past', { least: 6 * HOUR, most: most(6 * HOUR) }),
        pace(log, '/zero', { least: 6 * HOUR, most: most(6 * HOUR) }),
      ),
  },
  {
    id: 'P12',
    title: 'max-age of a 304',
    run: 'days',
    feeds: [
      {
        path: '/renewed',
        every: '3h',
        answer: (visit) =>
          visit.header('if-none-match') === null
            ? feed([['ETag', '"1"']])
            : { status: 304, headers: [['Cache-Control', 'max-age=43200']] },
      },
    ],
    judge: (log) =>
      firstReason(
        silentFor(pollsOf(log, '/renewed'), ({ status }) => (status === 304 ? 12 * HOUR : null)),
        pace(log, '/renewed', { least: 3 * HOUR, most: most(12 * HOUR), from: 1 }),
      ),
  },
  {
    id: 'P13',
    title: 'ttl and sy:updatePeriod, absurd ones cut to a day',
    run: 'days',
    feeds: [
      asking('/ttl', '<ttl>720</ttl>'),
      asking('/ttl-absurd', '<ttl>99999999</ttl>'),
      asking(
        '/sy',
        '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>',
      ),
      asking('/sy-yearly', '<sy:updatePeriod>yearly</sy:updatePeriod>'),
    ],
    judge: (log) =>
      firstReason(
        pace(log, '/ttl', { least: 12 * HOUR, most: most(12 * HOUR) }),
        pace(log, '/ttl-absurd', { least: DAY, most: most(DAY) }),
        pace(log, '/sy', { least: 12 * HOUR, most: most(12 * HOUR) }),
        pace(log, '/sy-yearly', { least: DAY, most: most(DAY) }),
      ),
  },
  {
    id: 'P14',
    title: 'skipHours (24 is 0) and skipDays',
    run: 'days',
    feeds: [
      asking('/night', `${hours([24, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])}<ttl>300</ttl>`),
      asking('/weekend', '<skipDays><day>Saturday</day><day>sunday</day></skipDays><ttl>600</ttl>'),
    ],
    judge: (log) =>
      firstReason(
        askedWithin(log, '/night', (at) => at.getUTCHours() < 14),
        askedWithin(log, '/weekend', (at) => at.getUTCDay() % 6 === 0),
        atLeast(pollsOf(log, '/night'), 10),
        atLeast(pollsOf(log, '/weekend'), 8),
      ),
  },
  {
    id: 'P37',
    title: 'dormant feeds slow down, active ones keep the floor',
    run: 'cycles',
    feeds: [
      { path: '/dormant', answer: (visit) => unchanging(visit, '"1"') },
      {
        path: '/active',
        answer: ({ now }) => {
          const number = Math.floor((now - BEGINNING) / (10 * MINUTE));
          return feed([], rss([number, number - 1, number - 2].map((n) => `Item ${n}`)));
        },
      },
    ],
    judge: slowingDown,
  },
];

const SECOND = 1_000;

function tooEarly(log: Log, path: string, least: number): string | null {
  const asked = log.asked.filter(({ url }) => url === path);
  const early = asked.findIndex((one, i) => i > 0 && one.at - (asked[i - 1] as Asked).at < least);
  if (early < 0) return atLeast(asked, 20, `polls of ${path}`);
  const gap = (asked[early] as Asked).at - (asked[early - 1] as Asked).at;
  return `${path} was asked again after ${(gap / SECOND).toFixed(1)} s, ${least / SECOND} s are the interval`;
}

/** The first poll cannot know. */
function askedWithin(log: Log, host: string, quiet: (at: Date) => boolean): string | null {
  const asked = pollsOf(log, host)
    .slice(1)
    .find(({ first }) => quiet(new Date(first.at)));
  return asked === undefined ? null : `${host} was asked on ${new Date(asked.first.at).toUTCString()}`;
}

function slowingDown(log: Log): string | null {
  const dormant = gapsOf(pollsOf(log, '/dormant'));
  const active = gapsOf(pollsOf(log, '/active'));
  const last = Math.min(...dormant.slice(-4));
  const ceiling = HOUR * 1.1 + 5 * MINUTE;
  const busy = active.slice(-20).reduce((sum, gap) => sum + gap, 0) / 20;
  return firstReason(
    atLeast(dormant, 10),
    atLeast(active, 40),
    last < 45 * MINUTE && `the dormant feed is still asked every ${minutes(last)}`,
    Math.max(...dormant) > ceiling && `the dormant feed waited ${minutes(Math.max(...dormant))}`,
    Math.min(...active) < 5 * MINUTE && `the active feed was asked after ${minutes(Math.min(...active))}`,
    busy > 15 * MINUTE && `the active feed is asked every ${minutes(busy)} only`,
  );
}
