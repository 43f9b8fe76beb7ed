/** P26, P32, P35: what comes in an answer, and how much of it. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { feed, rss } from '../answers.ts';
import {
  atLeast,
  feedRequests,
  firstReason,
  gapsOf,
  isConditional,
  type Log,
  MINUTE,
  minutes,
  pollsOf,
  sentValue,
} from '../log.ts';
import type { Answer, Header, Scenario, ScenarioFeed, Visit } from '../scenario.ts';

/** First a baseline, then one item more that the rule matches; the ETag comes back if the body was read. */
const encoded = (name: string, encoding: string | null, encode: (text: string) => Buffer): ScenarioFeed => ({
  path: `/${name}`,
  every: '1h',
  answer: ({ count }) => {
    const titles = count === 1 ? ['Old'] : [`Signal in ${name}`, 'Old'];
    const headers: Header[] = [['ETag', `"${name}${Math.min(count, 2)}"`]];
    if (encoding !== null) headers.push(['Content-Encoding', encoding]);
    return feed(headers, encode(rss(titles)));
  },
});

const READABLE = ['gzip', 'x-gzip', 'br', 'identity', 'plain'];
const UNREADABLE = ['zstd', 'compress', 'nonsense', 'twice'];
const rot = (text: string): Buffer => Buffer.from(text.replaceAll('i', 'ı'));

const HUGE_BYTES = 60_000_000;
const BODY_BYTES_MAX = 5_000_000;
/** What lies in buffers on the way, beyond what the client has taken. */
const BUFFERED_BYTES = 20_000_000;
const FIRST_BYTE_MS_MAX = 35_000;

const partial = (etag: string, ...titles: string[]): Answer => ({
  status: 226,
  headers: [
    ['Content-Type', 'application/rss+xml'],
    ['IM', 'feed'],
    ['ETag', etag],
    ['Cache-Control', 'no-store, im'],
  ],
  body: rss(titles),
});

function manipulated(visit: Visit): Answer {
  const known = visit.header('if-none-match') !== null && visit.header('a-im') !== null;
  const whole = (etag: string, ...titles: string[]): Answer => feed([['ETag', etag]], rss(titles));
  if (visit.count === 1 || !known) return whole('"1"', 'Signal old one', 'Signal old two');
  if (visit.count === 2) return partial('"2"', 'Signal three');
  if (visit.count === 4) return partial('"4"', 'Signal four');
  if (visit.count === 6)
    return whole('"6"', 'Signal five', 'Signal four', 'Signal three', 'Signal old one', 'Signal old two');
  return { status: 304, headers: [['ETag', visit.header('if-none-match') ?? '']] };
}

export const BODIES: readonly Scenario[] = [
  {
    id: 'P26',
    title: 'gzip, br and identity are read; what is unknown is an error',
    run: 'cycles',
    feeds: [
      encoded('gzip', 'gzip', gzipSync),
      encoded('x-gzip', 'x-gzip', gzipSync),
      encoded('br', 'br', brotliCompressSync),
      encoded('identity', 'identity', Buffer.from),
      encoded('plain', null, Buffer.from),
      encoded('zstd', 'zstd', rot),
      encoded('compress', 'compress', rot),
      // Readable, if anybody looked: but its label says otherwise.
      encoded('nonsense', 'aes128gcm', Buffer.from),
      encoded('twice', 'br, gzip', (text) => gzipSync(brotliCompressSync(text))),
    ],
    judge: (log) =>
      firstReason(
        ...READABLE.map((name) => wasRead(log, name)),
        ...UNREADABLE.map((name) => wasRefused(log, name)),
      ),
  },
  {
    id: 'P32',
    title: 'caps on bytes and time; the connection is closed at the cap',
    run: 'slow',
    feeds: [
      {
        path: '/huge',
        every: '5m',
        answer: () => feed([['ETag', '"1"']], Buffer.alloc(HUGE_BYTES, 'news ')),
      },
      {
        path: '/bomb',
        every: '5m',
        answer: () =>
          feed(
            [
              ['Content-Encoding', 'gzip'],
              ['ETag', '"1"'],
            ],
            bomb,
          ),
      },
      { path: '/silent', every: '5m', answer: () => ({ status: 200, ending: 'headers' }) },
      {
        path: '/stuck',
        every: '5m',
        answer: () => ({ ...feed([['ETag', '"1"']], '<rss><channel>'), ending: 'body' }),
      },
    ],
    judge: (log) =>
      firstReason(
        ...['/silent', '/stuck'].map((host) => isGivenUp(log, host)),
        ...['/huge', '/bomb', '/silent', '/stuck'].map((host) => isFailure(log, host)),
        ...feedRequests(log, '/huge').map(
          ({ cut, bytes }) =>
            (!cut || bytes > BODY_BYTES_MAX + BUFFERED_BYTES) &&
            `${(bytes / 1e6).toFixed(1)} MB of an endless body were taken`,
        ),
      ),
  },
  {
    id: 'P35',
    title: 'A-IM: feed only with an ETag; 226 adds, 200 replaces',
    run: 'cycles',
    feeds: [
      { path: '/manipulated', every: '30m', answer: manipulated },
      {
        path: '/dated',
        every: '1h',
        answer: () => feed([['Last-Modified', 'Mon, 02 Nov 2026 10:00:00 GMT']]),
      },
    ],
    judge: (log) => {
      const told = log.alerted.filter((title) => /^Signal (old|three|four|five)/.test(title)).sort();
      return firstReason(
        ...feedRequests(log).map((asked) => {
          const manipulation = sentValue(asked, 'a-im');
          if (sentValue(asked, 'if-none-match') === null)
            return manipulation !== null && 'A-IM without an ETag';
          return manipulation !== 'feed' && `A-IM: ${manipulation} with an ETag`;
        }),
        atLeast(feedRequests(log, '/manipulated'), 8, 'requests'),
        told.join() !== 'Signal five,Signal four,Signal three' && `alerts for ${told.join() || 'nothing'}`,
        !feedRequests(log, '/manipulated').some((asked) => sentValue(asked, 'if-none-match') === '"4"') &&
          'the ETag of a 226 was not kept',
      );
    },
  },
];

const bomb = gzipSync(Buffer.alloc(HUGE_BYTES, ' '));

function wasRead(log: Log, name: string): string | null {
  const told = log.alerted.filter((title) => title === `Signal in ${name}`).length;
  return firstReason(
    !feedRequests(log, `/${name}`).some(isConditional) && `${name}: its validator never came back`,
    told !== 1 && `${name}: ${told} alerts for one entry`,
  );
}

function wasRefused(log: Log, name: string): string | null {
  const gaps = gapsOf(pollsOf(log, `/${name}`));
  return firstReason(
    feedRequests(log, `/${name}`).some(isConditional) && `${name}: taken for read`,
    log.alerted.some((title) => title.endsWith(`n ${name}`)) && `${name}: garbage was alerted`,
    (gaps[2] ?? 0) < 2 * (gaps[0] ?? 0) && `${name}: no error, for it does not back off`,
  );
}

function isGivenUp(log: Log, host: string): string | null {
  const hung = feedRequests(log, host).find(
    ({ cut, at, endedAt }) => !cut || (endedAt ?? Infinity) - at > FIRST_BYTE_MS_MAX,
  );
  return hung === undefined ? null : `${host} was waited for too long`;
}

function isFailure(log: Log, host: string): string | null {
  const gaps = gapsOf(pollsOf(log, host));
  return firstReason(
    feedRequests(log, host).some(isConditional) && `${host}: its validator was kept`,
    atLeast(gaps, 2, `waits for ${host}`),
    (gaps.at(-1) ?? 0) < 15 * MINUTE && `${host} is asked again after ${minutes(gaps.at(-1) ?? 0)}`,
  );
}
