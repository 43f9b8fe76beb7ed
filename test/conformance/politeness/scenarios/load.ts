/** P29–P31, P36: how much at once, how often, and whether at all. */
import { feed, moved, unchanging } from '../answers.ts';
import {
  type Asked,
  atLeast,
  DAY,
  feedRequests,
  firstReason,
  type Log,
  MINUTE,
  minutes,
  pollsOf,
} from '../log.ts';
import type { Answer, Scenario, ScenarioFeed, Visit } from '../scenario.ts';

/** Clocks of two processes, and timers that fire a little early. */
const MEASURED_MS = 20;
const SPACING_MS = 1_000;
const HERD = 100;

const neighbour = (path: string, answer: (visit: Visit) => Answer): ScenarioFeed => ({
  path,
  host: 'shared',
  every: '2h',
  answer: (visit) => ({ ...answer(visit), delayMs: 100 }),
});

const still = (visit: Visit): Answer => unchanging(visit, '"1"');

const robots =
  (...lines: string[]) =>
  (): Answer => ({ status: 200, headers: [['Content-Type', 'text/plain']], body: lines.join('\n') });

const robotic = (path: string, rules: (visit: Visit) => Answer): ScenarioFeed => ({
  path,
  every: '6h',
  robots: rules,
  answer: still,
});

export const LOAD: readonly Scenario[] = [
  {
    id: 'P29',
    title: 'one connection a host, a second between requests',
    run: 'cycles',
    feeds: [
      neighbour('/one', still),
      neighbour('/two', () => feed()),
      neighbour('/three', () => ({ status: 500 })),
      { path: '/hop', host: 'hopping', every: '2h', answer: (visit) => hopping(visit) },
      { path: '/visitor', every: '2h', answer: ({ originOf }) => moved(302, `${originOf('shared')}/one`) },
    ],
    judge: (log) =>
      firstReason(crowded(log.everything), atLeast(feedRequests(log, 'shared'), 20, 'requests')),
  },
  {
    id: 'P30',
    title: 'a hundred feeds: at most five start in one second',
    run: 'herd',
    feeds: Array.from({ length: HERD }, (_, i) => ({ path: `/feed-${i}`, every: '5m', answer: still })),
    judge: herd,
  },
  {
    id: 'P31',
    title: 'one address listed three times is fetched once',
    run: 'cycles',
    feeds: ['', ' ', '#news'].map((suffix) => ({
      path: '/same',
      host: 'same',
      every: '30m',
      suffix,
      answer: still,
    })),
    judge: (log) => {
      const asked = feedRequests(log, 'same');
      const early = asked.find((one, i) => i > 0 && one.at - (asked[i - 1] as Asked).at < 30 * MINUTE);
      return firstReason(
        early !== undefined && 'the same address was fetched more often than its interval',
        atLeast(asked, 20, 'requests'),
      );
    },
  },
  {
    id: 'P36',
    title: 'robots.txt: what names us is kept, * is for crawlers; read once a day',
    run: 'days',
    feeds: [
      robotic('/private/feed', robots('User-agent: Vigie', 'Disallow: /private')),
      robotic(
        '/mine/feed',
        robots('User-agent: other', 'User-Agent: vigie/2 # us', 'Disallow: /mine/', 'Crawl-delay: 5'),
      ),
      robotic('/open/feed', robots('User-agent: Vigie', 'Disallow: /', 'Allow: /open/')),
      robotic('/crawlers', robots('User-agent: *', 'Disallow: /')),
      robotic('/emptied', robots('User-agent: *', 'Disallow: /', '', 'User-agent: Vigie', 'Disallow:')),
      robotic('/failing', () => ({ status: 500 })),
      robotic('/page', () => ({
        status: 200,
        headers: [['Content-Type', 'text/html']],
        body: '<h1>User-agent</h1>',
      })),
      robotic('/later', ({ now }) => later(now)),
    ],
    judge: (log) =>
      firstReason(
        ...['/private/feed', '/mine/feed'].map((host) => refused(log, host)),
        ...['/open/feed', '/crawlers', '/emptied', '/failing', '/page'].map((host) =>
          atLeast(feedRequests(log, host), 25, `requests for ${host}`),
        ),
        obeysLater(log),
        ...log.asked
          .map(({ host }) => host)
          .filter((host, i, all) => all.indexOf(host) === i)
          .map((host) => readDaily(log, host)),
      ),
  },
];

function hopping(visit: Visit): Answer {
  return visit.url === '/hop' ? moved(302, '/there') : still(visit);
}

/** Allowed for five days, then no more. */
function later(now: number): Answer {
  return now < LATER ? { status: 404 } : robots('User-agent: Vigie', 'Disallow: /later')();
}

const LATER = Date.UTC(2026, 10, 7);

function crowded(everything: readonly Asked[]): string | null {
  for (const [origin, asked] of Map.groupBy(everything, (one) => one.origin)) {
    const two = asked.find(({ inFlight }) => inFlight > 1);
    if (two !== undefined) return `${two.inFlight} requests at once at ${origin} (${two.url})`;
    const soon = asked.findIndex(
      (one, i) => i > 0 && one.at - (asked[i - 1] as Asked).at < SPACING_MS - MEASURED_MS,
    );
    const [before, after] = [asked[soon - 1], asked[soon]];
    if (before !== undefined && after !== undefined)
      return `${after.url} came ${after.at - before.at} ms after ${before.url}`;
  }
  return null;
}

function herd(log: Log): string | null {
  const asked = feedRequests(log);
  const most = Math.max(
    ...asked.map(
      ({ at }, i) => asked.slice(i).filter((one) => one.at - at < SPACING_MS - MEASURED_MS).length,
    ),
  );
  const polled = new Set(asked.map(({ host }) => host)).size;
  return firstReason(
    polled < HERD && `only ${polled} of ${HERD} feeds were polled`,
    atLeast(asked, 1.5 * HERD, 'polls'),
    most > HERD / 20 && `${most} feeds were asked within one second`,
  );
}

function refused(log: Log, host: string): string | null {
  const asked = feedRequests(log, host).length;
  return firstReason(
    asked > 0 && `${host} was asked ${asked} times although robots.txt forbids it to us`,
    atLeast(
      log.asked.filter((one) => one.host === host),
      3,
      `readings of robots.txt for ${host}`,
    ),
  );
}

/** A day for the rules to be read again. */
function obeysLater(log: Log): string | null {
  const late = feedRequests(log, '/later').find(({ at }) => at > LATER + 1.5 * DAY);
  return firstReason(
    late !== undefined && 'new rules were not kept a day after they came',
    atLeast(pollsOf(log, '/later'), 10, 'polls before them'),
  );
}

function readDaily(log: Log, host: string): string | null {
  const read = log.asked.filter((one) => one.host === host && one.url === '/robots.txt');
  const again = read.findIndex((one, i) => i > 0 && one.at - (read[i - 1] as Asked).at < DAY - MINUTE);
  const gap = (read[again]?.at ?? 0) - (read[again - 1]?.at ?? 0);
  return firstReason(
    read.length === 0 && `${host}: robots.txt was never read`,
    again > 0 && `${host}: robots.txt was read again after ${minutes(gap)}`,
  );
}
