/** P15–P20, P33: what a server's refusal means. */
import { feed, rss, unchanging } from '../answers.ts';
import {
  type Asked,
  answered,
  atLeast,
  DAY,
  feedRequests,
  firstReason,
  gapsOf,
  HOUR,
  type Log,
  MINUTE,
  minutes,
  type Poll,
  pollsOf,
  sentValue,
  silentFor,
} from '../log.ts';
import { BEGINNING } from '../replay-time.ts';
import type { Answer, Header, Scenario, ScenarioFeed, Visit } from '../scenario.ts';

const httpDate = (at: number): string => new Date(at).toUTCString();
const retry = (status: number, after: string, more: readonly Header[] = []): Answer => ({
  status,
  headers: [['Retry-After', after], ...more],
});

/** Good, refused, good, refused … */
const every2nd = (path: string, refuse: (visit: Visit) => Answer): ScenarioFeed => ({
  path,
  every: '3h',
  answer: (visit) => (visit.count % 2 === 0 ? refuse(visit) : unchanging(visit, '"1"')),
});

const secondsAsked = (asked: Asked): number | null =>
  asked.status === 429 || asked.status === 503 ? Number(answered(asked, 'retry-after')) * 1000 : null;

/** By the server's own clock. */
const untilDate = (asked: Asked): number | null => {
  const until = answered(asked, 'retry-after');
  if (until === null || (asked.status !== 429 && asked.status !== 503)) return null;
  const date = answered(asked, 'date');
  return Date.parse(until) - (date === null ? (asked.endedAt ?? asked.at) : Date.parse(date));
};

const silent = (log: Log, host: string, wait: (asked: Asked) => number | null, polls = 6): string | null => {
  const reason = silentFor(pollsOf(log, host), wait);
  return reason === null ? atLeast(pollsOf(log, host), polls, `polls of ${host}`) : `${host} ${reason}`;
};

/** Fine on the first day, then `bad` for seven, then fine again. */
const outage = (path: string, bad: (visit: Visit) => Answer): ScenarioFeed => ({
  path,
  every: '3h',
  answer: (visit) => {
    const day = (visit.now - BEGINNING) / DAY;
    return day < 1 || day >= 8 ? unchanging(visit, '"1"') : bad(visit);
  },
});

/** Waits between failed polls double up to a day, and the pace comes back with the feed. */
function backsOff(log: Log, host: string, recovers = true): string | null {
  const polls = pollsOf(log, host);
  const failed = polls.filter(({ first }) => first.status >= 400);
  const gaps = gapsOf(failed);
  const grows = gaps.every((gap, i) => i === 0 || gap >= Math.min(1.5 * (gaps[i - 1] ?? 0), DAY));
  const longest = Math.max(...gaps);
  const after = recovers ? polls.filter(({ first }) => first.at > (failed.at(-1)?.first.at ?? 0)) : [];
  const usual = Math.max(...gapsOf(after).slice(1));
  const list = gaps.map((gap) => `${Math.round(gap / HOUR)} h`).join(', ');
  return firstReason(
    atLeast(failed, 5, `failed polls of ${host}`),
    !grows && `${host} was asked after ${list}: that does not double`,
    longest < DAY && `${host} was asked after ${list}: never as slowly as once a day`,
    longest > 1.1 * DAY + HOUR && `${host} was not asked for ${minutes(longest)}`,
    new Set(gaps.slice(-3)).size === 1 && `${host}: the same wait to the second, no jitter`,
    recovers && atLeast(after, 5, `polls of ${host} after it came back`),
    recovers && usual > 4.5 * HOUR && `${host} came back and is still asked every ${minutes(usual)}`,
  );
}

export const THROTTLING: readonly Scenario[] = [
  {
    id: 'P15',
    title: 'Retry-After in seconds: silent until then',
    hard: true,
    run: 'days',
    feeds: [
      every2nd('/three-days', () => retry(429, '259200')),
      every2nd('/ten-hours', () => retry(429, '36000')),
      every2nd('/busy', () => retry(503, '18000')),
      every2nd('/slowly', () => ({ ...retry(429, '19800'), delayMs: 400 })),
    ],
    judge: (log) =>
      firstReason(
        silent(log, '/three-days', secondsAsked),
        silent(log, '/ten-hours', secondsAsked),
        silent(log, '/busy', secondsAsked),
        silent(log, '/slowly', secondsAsked),
      ),
  },
  {
    id: 'P16',
    title: 'Retry-After as a date, by the server’s own clock',
    hard: true,
    run: 'days',
    feeds: [
      every2nd('/in-two-days', ({ now }) => retry(429, httpDate(now + 2 * DAY), [['Date', httpDate(now)]])),
      every2nd('/slow-clock', ({ now }) =>
        retry(503, httpDate(now + 4 * HOUR), [['Date', httpDate(now - 8 * HOUR)]]),
      ),
      every2nd('/fast-clock', ({ now }) =>
        retry(429, httpDate(now + 30 * HOUR), [['Date', httpDate(now + 20 * HOUR)]]),
      ),
    ],
    judge: (log) =>
      firstReason(
        ...['/in-two-days', '/slow-clock', '/fast-clock'].map((host) => silent(log, host, untilDate)),
        // Thirty hours would be as much too long as the clock is fast.
        Math.max(...gapsOf(pollsOf(log, '/fast-clock'))) > 14 * HOUR && 'a fast clock was believed',
      ),
  },
  {
    id: 'P17',
    title: '429 alone: ten minutes, doubling, for the whole host',
    run: 'cycles',
    feeds: ['/a', '/b'].map((path) => ({
      path,
      host: 'one host',
      every: '30m',
      answer: (visit: Visit): Answer => {
        const hour = (visit.now - BEGINNING) / HOUR;
        if (path === '/a' && hour >= 2 && hour < 9) return { status: 429 };
        return feed([], rss([`Item ${visit.count}`, 'Old']));
      },
    })),
    judge: hostIsLeftAlone,
  },
  {
    id: 'P18',
    title: 'server errors: doubling with jitter up to a day, forgotten after',
    run: 'days',
    feeds: [
      outage('/500', () => ({ status: 500 })),
      outage('/502', () => ({
        status: 502,
        headers: [['Content-Type', 'text/html']],
        body: '<h1>Bad gateway</h1>',
      })),
      outage('/503', () => ({ status: 503 })),
    ],
    judge: (log) => firstReason(backsOff(log, '/500'), backsOff(log, '/502'), slowly503(log)),
  },
  {
    id: 'P19',
    title: '404: slowly and still; 410: never again, told once',
    run: 'days',
    feeds: [
      outage('/404', () => ({ status: 404 })),
      {
        path: '/410',
        every: '6h',
        answer: (visit) => (visit.count < 4 ? unchanging(visit, '"1"') : { status: 410 }),
      },
    ],
    judge: (log) => {
      const gone = pollsOf(log, '/410').filter(({ first }) => first.status === 410);
      const told = log.said.filter((line) => line.includes('p19-1') && /gone/.test(line));
      return firstReason(
        backsOff(log, '/404'),
        gone.length !== 1 && `a feed that is gone was asked ${gone.length} times`,
        told.length !== 1 && `its owner was told ${told.length} times`,
      );
    },
  },
  {
    id: 'P20',
    title: '401 and 403: backs off, guesses nothing',
    run: 'days',
    feeds: [
      outage('/401', () => ({ status: 401, headers: [['WWW-Authenticate', 'Basic realm="press"']] })),
      outage('/403', () => ({ status: 403 })),
    ],
    judge: (log) =>
      firstReason(
        backsOff(log, '/401'),
        backsOff(log, '/403'),
        feedRequests(log).some((asked) => sentValue(asked, 'authorization') !== null) &&
          'credentials were sent',
        feedRequests(log).some(({ url }) => url !== '/401' && url !== '/403') && 'another address was tried',
      ),
  },
  {
    id: 'P33',
    title: 'one request a poll, whatever the status',
    run: 'cycles',
    feeds: [400, 404, 408, 421, 425, 500, 502, 504, 599].map((status) => ({
      path: `/${status}`,
      every: '1h',
      answer: (visit) =>
        visit.count % 2 === 0 ? { status, headers: [['Retry-After', '0']] } : unchanging(visit, '"1"'),
    })),
    judge: (log) => {
      const polls = [400, 404, 408, 421, 425, 500, 502, 504, 599].flatMap((status) =>
        pollsOf(log, `/${status}`),
      );
      const again = polls.find(({ all }) => all.length > 1);
      const failed = polls.filter(({ first }) => first.status >= 400);
      return firstReason(
        again !== undefined && `${again.first.url} was asked ${again.all.length} times in one poll`,
        atLeast(failed, 18, 'failed polls'),
      );
    },
  },
];

/** 503 without Retry-After is throttling: ten minutes, doubled each time, and never faster than the interval. */
function slowly503(log: Log): string | null {
  const failed = pollsOf(log, '/503').filter(({ first }) => first.status === 503);
  const gaps = gapsOf(failed);
  const wanted = gaps.map((_, i) => Math.min(Math.max(10 * MINUTE * 2 ** i, 3 * HOUR), DAY));
  const short = gaps.findIndex((gap, i) => gap < (wanted[i] ?? 0));
  return firstReason(
    atLeast(failed, 6, 'polls answered with 503'),
    short >= 0 &&
      `/503: asked again after ${minutes(gaps[short] ?? 0)}, ${minutes(wanted[short] ?? 0)} wanted`,
    Math.max(...gaps) < DAY && '/503 was never asked as slowly as once a day',
  );
}

function hostIsLeftAlone(log: Log): string | null {
  const asked = feedRequests(log, 'one host');
  let refusals = 0;
  for (const [i, one] of asked.entries()) {
    if (one.url === '/a') refusals = one.status === 429 ? refusals + 1 : 0;
    const next = asked[i + 1];
    if (one.status !== 429 || next === undefined) continue;
    const wanted = Math.min(10 * MINUTE * 2 ** (refusals - 1), DAY);
    const gap = next.at - (one.endedAt ?? one.at);
    if (gap < wanted)
      return `${next.url} came ${minutes(gap)} after 429 number ${refusals}, ${minutes(wanted)} wanted`;
  }
  const polls: Poll[] = pollsOf(log, 'one host');
  const late = polls.filter(({ first }) => first.at > BEGINNING + 14 * HOUR);
  return firstReason(
    atLeast(
      asked.filter(({ status }) => status === 429),
      4,
      '429 answers',
    ),
    atLeast(late, 4, 'polls after it came back'),
  );
}
