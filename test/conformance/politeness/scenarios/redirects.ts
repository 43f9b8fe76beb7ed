/** P21–P23: following redirects, and when one becomes the address. */
import { moved, page, unchanging } from '../answers.ts';
import {
  atLeast,
  DAY,
  feedRequests,
  firstReason,
  gapsOf,
  HOUR,
  isConditional,
  type Log,
  minutes,
  pollsOf,
} from '../log.ts';
import { BEGINNING } from '../replay-time.ts';
import type { Scenario, ScenarioFeed, Visit } from '../scenario.ts';

const day = ({ now }: Visit): number => (now - BEGINNING) / DAY;

/** Everything but `/new` leads there with that status. */
const leading = (status: number): ScenarioFeed => ({
  path: `/${status}`,
  every: '6h',
  answer: (visit) => (visit.url === '/new' ? unchanging(visit, '"1"') : moved(status, '/new')),
});

/** `/n` → `/n-1` → … → `/0`, which is a feed. */
const chain = (hops: number, every: string): ScenarioFeed => ({
  path: `/${hops}`,
  every,
  answer: (visit) => {
    const at = Number(visit.url.slice(1));
    return at === 0 ? unchanging(visit, '"1"') : moved(302, `/${at - 1}`);
  },
});

const TEMPORARY = [302, 303, 307];

export const REDIRECTS: readonly Scenario[] = [
  {
    id: 'P21',
    title: '301 and 308 are adopted once confirmed, 302, 303 and 307 never',
    run: 'hops',
    feeds: [
      ...[301, 308, ...TEMPORARY].map(leading),
      {
        path: '/portal',
        every: '6h',
        // A captive portal's or a bad night's: permanent, for twelve hours.
        answer: (visit) =>
          visit.url === '/portal' && day(visit) < 0.6
            ? moved(301, '/new')
            : unchanging(visit, `"${visit.url}"`),
      },
    ],
    judge: (log) =>
      firstReason(
        ...[301, 308].map((status) => adoptedInTime(log, `/${status}`)),
        ...[...TEMPORARY.map((status) => `/${status}`), '/portal'].map((host) => neverAdopted(log, host)),
        ...[301, 308, ...TEMPORARY].map((status) => followed(log, `/${status}`)),
      ),
  },
  {
    id: 'P22',
    title: 'loops and more than five hops: an error that backs off',
    run: 'hops',
    feeds: [
      { path: '/loop', every: '3h', answer: ({ url }) => moved(302, url === '/loop' ? '/pool' : '/loop') },
      { path: '/itself', every: '3h', answer: ({ url }) => moved(301, url) },
      chain(5, '12h'),
      chain(6, '3h'),
    ],
    judge: (log) =>
      firstReason(
        ...['/loop', '/itself', '/6'].map((host) => stopsAndBacksOff(log, host)),
        !feedRequests(log, '/5').some((asked) => asked.url === '/0' && isConditional(asked)) &&
          'five hops were not followed to the feed',
      ),
  },
  {
    id: 'P23',
    title: 'neither https → http nor a login page is adopted',
    run: 'days',
    feeds: [
      {
        path: '/secure',
        every: '6h',
        https: true,
        answer: ({ originOf }) => moved(301, `${originOf('/plain')}/plain`),
      },
      { path: '/plain', unlisted: true, answer: (visit) => unchanging(visit, '"1"') },
      {
        path: '/hotel',
        every: '3h',
        // Five days behind a portal, then the feed again.
        answer: (visit) => {
          if (visit.url === '/login') return page;
          return day(visit) > 1 && day(visit) < 6 ? moved(301, '/login') : unchanging(visit, '"1"');
        },
      },
      {
        path: '/http',
        every: '6h',
        answer: ({ originOf }) => moved(308, `${originOf('/upgraded')}/upgraded`),
      },
      { path: '/upgraded', unlisted: true, https: true, answer: (visit) => unchanging(visit, '"2"') },
    ],
    judge: (log) =>
      firstReason(
        neverAdopted(log, '/secure'),
        neverAdopted(log, '/hotel'),
        atLeast(pollsOf(log, '/secure'), 25),
        atLeast(
          pollsOf(log, '/hotel').filter(({ all }) => all.some(({ url }) => url === '/login')),
          4,
          'polls led to a login page',
        ),
        pollsOf(log, '/http').some(({ tick }) => tick > BEGINNING + 3 * DAY) &&
          'http → https was not adopted',
      ),
  },
];

/** Three polls over a day are wanted before, and two days are enough. */
function adoptedInTime(log: Log, host: string): string | null {
  const polls = pollsOf(log, host);
  const direct = polls.find(({ first }) => first.url === '/new');
  if (direct === undefined) return `${host} was never adopted`;
  const age = direct.tick - BEGINNING;
  const back = polls.find(({ first, tick }) => tick > direct.tick && first.url !== '/new');
  return firstReason(
    age < DAY && `${host} was adopted after ${minutes(age)}`,
    age > 2 * DAY && `${host} was adopted only after ${minutes(age)}`,
    back !== undefined && `${host} was asked at its old address again`,
  );
}

function neverAdopted(log: Log, host: string): string | null {
  const direct = pollsOf(log, host).find(({ first }) => first.url !== host);
  return firstReason(
    direct !== undefined && `${direct.first.url} was asked directly instead of ${host}`,
    atLeast(pollsOf(log, host), 10, `polls of ${host}`),
  );
}

const followed = (log: Log, host: string): string | null =>
  atLeast(
    feedRequests(log, host).filter(({ url }) => url === '/new'),
    10,
    `requests behind ${host}`,
  );

function stopsAndBacksOff(log: Log, host: string): string | null {
  const polls = pollsOf(log, host);
  const most = Math.max(...polls.map(({ all }) => all.length));
  const gaps = gapsOf(polls);
  return firstReason(
    most > 6 && `${host}: ${most} requests in one poll`,
    most < 6 && `${host}: given up after ${most} requests`,
    atLeast(polls, 5, `polls of ${host}`),
    (gaps[2] ?? 0) < 3 * 3 * HOUR && `${host} does not back off`,
    (gaps.at(-1) ?? 0) < 20 * HOUR && `${host} does not slow down to once a day`,
  );
}
