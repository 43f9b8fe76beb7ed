/** P24, P25, P27, P28, P34: what every request says, and what it does not. */
import { feed, moved, rss, unchanging } from '../answers.ts';
import { type Asked, atLeast, feedRequests, firstReason, type Log, sentValue, sentValues } from '../log.ts';
import type { Scenario } from '../scenario.ts';

/** The first request of a run that breaks a rule, in words. */
function everyRequest(log: Log, broken: (asked: Asked) => string | null): string | null {
  for (const asked of log.everything) {
    const reason = broken(asked);
    if (reason !== null) return `${asked.method} ${asked.url}: ${reason}`;
  }
  return atLeast(log.everything, 100, 'requests');
}

const ODD = '/feed/%7Euser/%e4;v=1/?b=2&&a=%2F+x&empty=&utm_source=me&q=a%20b';

const AGENT = /^Vigie\/\d+\.\d+\S* \(\+(https:\/\/\S+); (\d+) subscribers?; feed-id=([0-9a-z]+)\)$/;

const BUSY_PAGE = `<link>/page</link><image><url>/logo.png</url><link>/page</link></image>`;

export const HEADERS: readonly Scenario[] = [
  {
    id: 'P24',
    title: 'a User-Agent with a name, a page, readers and the feed',
    run: 'cycles',
    feeds: ['/first', '/second'].map((path) => ({
      path,
      every: '1h',
      answer: (visit) => unchanging(visit, '"1"'),
    })),
    judge: (log) => {
      const agents = ['/first', '/second'].map((host) => [
        ...new Set(feedRequests(log, host).map((asked) => sentValue(asked, 'user-agent') ?? '')),
      ]);
      const [first = '', second = ''] = agents.flat();
      const [, page, readers, id] = AGENT.exec(first) ?? [];
      return firstReason(
        everyRequest(log, (asked) => {
          const agent = sentValues(asked, 'user-agent');
          if (agent.length !== 1) return `${agent.length} User-Agents`;
          return AGENT.test(agent[0] ?? '') ? null : `User-Agent ${agent[0]}`;
        }),
        agents.some((one) => one.length !== 1) && `it changes: ${agents.flat().join(' | ')}`,
        page !== 'https://lookout.example.org/about' && `contact page ${page}`,
        readers !== '7' && `${readers} subscribers instead of 7`,
        id === AGENT.exec(second)?.[3] && 'two feeds share one feed-id',
      );
    },
  },
  {
    id: 'P25',
    title: 'Accept with feed types and q-values; one Accept-Encoding: gzip, br',
    run: 'cycles',
    feeds: [{ path: '/accept', every: '1h', answer: (visit) => unchanging(visit, '"1"') }],
    judge: (log) =>
      firstReason(
        everyRequest(log, (asked) => {
          const encodings = sentValues(asked, 'accept-encoding');
          return encodings.length === 1 && encodings[0] === 'gzip, br'
            ? null
            : `Accept-Encoding ${JSON.stringify(encodings)}`;
        }),
        ...feedRequests(log).map((asked) => {
          const accept = sentValues(asked, 'accept');
          const types = ['application/atom+xml', 'application/rss+xml', 'application/feed+json', ';q=0.'];
          const missing = types.find((type) => !accept[0]?.includes(type));
          return missing === undefined && accept.length === 1 ? null : `Accept lacks ${missing}: ${accept}`;
        }),
      ),
  },
  {
    id: 'P27',
    title: 'no Cookie, no Referer, the address as it is written',
    hard: true,
    run: 'cycles',
    feeds: [
      {
        path: ODD,
        every: '30m',
        suffix: ' ',
        answer: (visit) =>
          unchanging(visit, '"1"', [
            ['Set-Cookie', 'id=1; Path=/'],
            ['Set-Cookie', 'track=2; Max-Age=999999'],
          ]),
      },
      {
        path: '/led',
        every: '30m',
        answer: (visit) =>
          visit.url === '/led'
            ? {
                ...moved(302, '/to?x=1'),
                headers: [
                  ['Location', '/to?x=1'],
                  ['Set-Cookie', 'id=3'],
                ],
              }
            : unchanging(visit, '"1"'),
      },
    ],
    judge: (log) =>
      firstReason(
        everyRequest(log, (asked) => {
          const told = ['cookie', 'cookie2', 'referer', 'origin', 'from', 'x-forwarded-for'].find(
            (name) => sentValue(asked, name) !== null,
          );
          return told === undefined ? null : `${told}: ${sentValue(asked, told)}`;
        }),
        ...feedRequests(log, ODD).map(({ url }) => url !== ODD && `${ODD} was asked as ${url}`),
        ...feedRequests(log, '/led').map(
          ({ url }) => url !== '/led' && url !== '/to?x=1' && `${url} was asked`,
        ),
        atLeast(feedRequests(log, ODD), 20, 'requests'),
      ),
  },
  {
    id: 'P28',
    title: 'no Cache-Control, no Pragma',
    run: 'cycles',
    feeds: [
      { path: '/uncached', every: '1h', answer: () => feed([['Cache-Control', 'no-cache, no-store']]) },
    ],
    judge: (log) =>
      everyRequest(log, (asked) => {
        const told = ['cache-control', 'pragma'].find((name) => sentValue(asked, name) !== null);
        return told === undefined ? null : `${told}: ${sentValue(asked, told)}`;
      }),
  },
  {
    id: 'P34',
    title: 'GET alone; no icons, pages or enclosures',
    run: 'cycles',
    feeds: [
      {
        path: '/rich',
        every: '30m',
        answer: ({ count, origin }) => {
          const items = [count, count - 1].map(
            (n) =>
              `<item><title>Item ${n}</title><guid>${n}</guid><link>${origin}/page/${n}</link><comments>${origin}/comments</comments><enclosure url="${origin}/sound.mp3" length="9" type="audio/mpeg"/><description>&lt;img src="${origin}/pixel.gif"&gt;</description></item>`,
          );
          return feed([['Link', '</style.css>; rel=preload']], rss([], `${BUSY_PAGE}${items.join('')}`));
        },
      },
    ],
    judge: (log) =>
      firstReason(
        everyRequest(log, ({ method }) => (method === 'GET' ? null : 'is no GET')),
        ...feedRequests(log).map(({ url }) => url !== '/rich' && `${url} was fetched`),
        atLeast(feedRequests(log), 20, 'requests'),
      ),
  },
];
