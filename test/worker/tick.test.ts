/** The promise, on the real desk in workerd: every matching entry is told once, whatever ticks, KV and desk go through. */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Env } from '../../worker/env.ts';
import { copyOfDesk, query, type Row, restoreDesk, wipeDesk } from './desk.ts';
import { desk, MINUTE_MS, Newsroom, publish, TestSeen, testConfig, tick } from './newsroom.ts';

const START = Date.UTC(2026, 9, 15, 12);
let clock = START;
let newsroom: Newsroom;
let seen: TestSeen;

/** Later than any feed's wait so far. */
function later(): number {
  clock += 24 * 60 * MINUTE_MS;
  return clock;
}

interface OutboxRow extends Row {
  readonly id: string;
  readonly event: string;
  readonly state: string;
  readonly reason: string | null;
}

interface Told {
  readonly id: string;
  readonly titles: readonly string[];
  readonly type: string;
  readonly state: string;
  readonly reason: string | null;
}

async function outbox(): Promise<Told[]> {
  const rows = await query<OutboxRow>('SELECT id, event, state, reason FROM outbox ORDER BY seq');
  return rows.map(({ id, event, state, reason }) => {
    const { type, data } = JSON.parse(event) as {
      type: string;
      data: { entries?: Titled[]; alerts?: { entries: Titled[] }[] };
    };
    const entries = data.alerts?.flatMap((alert) => alert.entries) ?? data.entries ?? [];
    return { id, titles: entries.map(({ title }) => title), type, state, reason };
  });
}

interface Titled {
  readonly title: string;
}

const told = async (): Promise<string[]> => (await outbox()).flatMap(({ titles }) => titles).sort();

beforeEach(async () => {
  await wipeDesk();
  newsroom = new Newsroom();
  seen = new TestSeen();
});

async function watch(...feeds: string[]): Promise<void> {
  await publish(testConfig(feeds.map((id) => ({ id }))));
  for (const feed of feeds) newsroom.list(feed, { guid: `${feed}-old`, title: `old storm of ${feed}` });
  await tick(later(), newsroom, seen);
}

describe('a new feed', () => {
  test('is recorded and told nothing of', async () => {
    await watch('a');
    expect(await told()).toEqual([]);
  });

  test('even an empty one: what comes next is news', async () => {
    await publish(testConfig([{ id: 'a' }]));
    newsroom.listed.set('a', []);
    await tick(later(), newsroom, seen);
    newsroom.list('a', { guid: '1', title: 'storm one' });
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });

  test('with backfill: what is young goes out as one digest', async () => {
    await publish(testConfig([{ id: 'a', more: ', backfill: 24h' }]));
    const at = later();
    newsroom.list(
      'a',
      { guid: '1', title: 'storm one', at: at - 60 * MINUTE_MS },
      { guid: '2', title: 'storm two', at: at - 120 * MINUTE_MS },
    );
    newsroom.list(
      'a',
      { guid: '3', title: 'storm old', at: at - 48 * 60 * MINUTE_MS },
      { guid: '4', title: 'storm undated' },
    );
    await tick(at, newsroom, seen);
    expect(await outbox()).toMatchObject([{ type: 'alert.digest', titles: ['storm one', 'storm two'] }]);
  });
});

describe('a feed whose first poll failed', () => {
  test('tells what came out since then, and nothing older', async () => {
    await publish(testConfig([{ id: 'a' }]));
    newsroom.faults.set('a', { kind: 'failure', reason: 'network', detail: 'unreachable', requests: 1 });
    const first = later();
    await tick(first, newsroom, seen);
    newsroom.faults.clear();
    newsroom.list(
      'a',
      { guid: '1', title: 'storm since', at: first + MINUTE_MS },
      { guid: '2', title: 'storm before', at: first - MINUTE_MS },
    );
    newsroom.list('a', { guid: '3', title: 'storm undated' });
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm since']);
  });
});

describe('a clock that jumped ahead', () => {
  test('and came back: polling goes on after the usual wait', async () => {
    await watch('a');
    const before = clock;
    await tick(before + 300 * 24 * 60 * MINUTE_MS, newsroom, seen);
    newsroom.list('a', { guid: '1', title: 'storm one' });
    for (let i = 1; i <= 6; i++) await tick(before + i * 10 * MINUTE_MS, newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });
});

describe('a host that asks one feed to wait for days', () => {
  test('holds its other feeds back for hours', async () => {
    const url = (id: string) => `, url: "https://news.example.org/${id}"`;
    await publish(
      testConfig(['a', 'b'].map((id) => ({ id })))
        .replaceAll(/url: "[^"]*"/g, 'url: X')
        .replace('url: X', url('a').slice(2))
        .replace('url: X', url('b').slice(2)),
    );
    newsroom.list('a', { guid: 'a-old', title: 'old' });
    newsroom.list('b', { guid: 'b-old', title: 'old' });
    await tick(later(), newsroom, seen);
    newsroom.faults.set('a', {
      kind: 'status',
      status: 429,
      hints: { freshForMs: null, retryAfterMs: 7 * 24 * 60 * MINUTE_MS },
      requests: 1,
    });
    await tick(later(), newsroom, seen);
    newsroom.requests.clear();
    newsroom.list('b', { guid: '1', title: 'storm one' });
    await tick(clock + 5 * 60 * MINUTE_MS, newsroom, seen);
    expect(newsroom.requests.size).toBe(0);
    await tick(clock + 7 * 60 * MINUTE_MS, newsroom, seen);
    expect([...newsroom.requests.keys()]).toEqual(['b']);
    expect(await told()).toEqual(['storm one']);
  });
});

describe('a new entry', () => {
  test('that matches is told once', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' }, { guid: '2', title: 'sunshine' });
    await tick(later(), newsroom, seen);
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });

  test('listed by two feeds with one address is told once', async () => {
    await watch('a', 'b');
    const link = 'https://news.example.org/same';
    newsroom.list('a', { guid: '1', title: 'storm one', link });
    newsroom.list('b', { guid: 'x', title: 'storm one', link: `${link}?utm_source=b` });
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });

  test('a week old when first seen is recorded, not told', async () => {
    await watch('a');
    const at = later();
    newsroom.list('a', { guid: '1', title: 'storm of long ago', at: at - 8 * 24 * 60 * MINUTE_MS });
    newsroom.list('a', { guid: '2', title: 'storm dated 2099', at: Date.UTC(2099, 0, 1) });
    await tick(at, newsroom, seen);
    expect(await told()).toEqual(['storm dated 2099']);
  });

  test('whose text is changed into a match is told once', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'calm' });
    await tick(later(), newsroom, seen);
    newsroom.listed.set('a', [{ guid: '1', title: 'storm after all' }]);
    await tick(later(), newsroom, seen);
    newsroom.listed.set('a', [{ guid: '1', title: 'storm after all, corrected' }]);
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm after all']);
  });

  test('that vanishes and returns is not told again', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    await tick(later(), newsroom, seen);
    const listed = newsroom.listed.get('a') ?? [];
    newsroom.listed.set('a', []);
    await tick(later(), newsroom, seen);
    newsroom.listed.set('a', listed);
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });
});

describe('a publisher changes all its guids', () => {
  test('and nothing is told again, but the new entry is', async () => {
    await watch('a');
    const entries = Array.from({ length: 8 }, (_, i) => ({
      guid: `g${i}`,
      title: `storm ${i}`,
      link: `https://news.example.org/${i}`,
    }));
    newsroom.list('a', ...entries);
    await tick(later(), newsroom, seen);
    newsroom.listed.set('a', [
      { guid: 'new', title: 'storm new' },
      ...entries.map((entry) => ({ ...entry, guid: `moved-${entry.guid}` })),
    ]);
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual([...entries.map(({ title }) => title), 'storm new'].sort());
  });
});

describe('ticks', () => {
  test('ten at once for one minute: one request for each due feed', async () => {
    await watch('a', 'b');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    newsroom.requests.clear();
    const at = later();
    await Promise.all(Array.from({ length: 10 }, () => tick(at, newsroom, seen)));
    expect([...newsroom.requests]).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(await told()).toEqual(['storm one']);
  });

  test('missed for a day: one poll, not many', async () => {
    await watch('a');
    newsroom.requests.clear();
    await tick(later(), newsroom, seen);
    expect(newsroom.requests.get('a')).toBe(1);
  });

  test('killed between fetch and accept: the entry is told by the next poll', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    const dies = { accept: () => Promise.reject(new Error('killed')) };
    await expect(tick(later(), newsroom, seen, dies)).rejects.toThrow('killed');
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });

  test('killed between accept and KV: nothing is told twice', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    const stops = { seen: { read: () => seen.read(), write: () => Promise.reject(new Error('killed')) } };
    await tick(later(), newsroom, seen, stops);
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });
});

describe('KV', () => {
  test('answers what stood there two writes ago: nothing repeated, nothing lost', async () => {
    await watch('a');
    seen.staleWrites = 2;
    for (let i = 0; i < 6; i++) {
      newsroom.list('a', { guid: `${i}`, title: `storm ${i}` });
      await tick(later(), newsroom, seen);
    }
    expect(await told()).toEqual(Array.from({ length: 6 }, (_, i) => `storm ${i}`));
  });

  test('is wiped: one full read, nothing repeated', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    await tick(later(), newsroom, seen);
    seen.wipe();
    newsroom.list('a', { guid: '2', title: 'storm two' });
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one', 'storm two']);
  });

  test('belongs to another desk: it is not believed', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    const document = seen.document;
    await tick(later(), newsroom, seen);
    await wipeDesk();
    seen.document = document;
    await publish(testConfig([{ id: 'a' }]));
    await tick(later(), newsroom, seen);
    newsroom.list('a', { guid: '2', title: 'storm two' });
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm two']);
  });
});

describe('a broken answer', () => {
  const hints = { freshForMs: null, retryAfterMs: null };
  const body = (text: string) => ({
    kind: 'body' as const,
    bytes: new TextEncoder().encode(text),
    contentType: 'text/html',
    contentLocation: null,
    url: 'https://a.example.org/feed',
    hops: [],
    partial: false,
    validators: { etag: '"broken"', lastModified: null, url: 'https://a.example.org/feed' },
    hints,
    requests: 1,
  });
  const ANSWERS: [string, Parameters<Newsroom['faults']['set']>[1]][] = [
    ['an HTML page with status 200', body('<!doctype html><title>Back soon</title>')],
    ['an empty body', body('')],
    ['a document that breaks off', body('<?xml version="1.0"?><rss version="2.0"><channel><item><title>sto')],
    ['HTTP 500', { kind: 'status', status: 500, hints, requests: 1 }],
    ['no answer', { kind: 'failure', reason: 'timeout', detail: 'no answer in time', requests: 1 }],
  ];
  test.each(ANSWERS)('%s changes nothing: the next good one is read in full', async (_, answer) => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'storm one' });
    newsroom.faults.set('a', answer);
    const before = JSON.stringify(seen.document?.feeds);
    await tick(later(), newsroom, seen);
    expect(JSON.stringify(seen.document?.feeds)).toBe(before);
    newsroom.faults.clear();
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['storm one']);
  });
});

describe('a rule that is switched on', () => {
  const withRule = (more: string): string =>
    `${testConfig([{ id: 'a' }])}`.replace(
      'rules:',
      `rules:
  - { id: late, title: Late, query: sunshine, notify: { to: [log], group_by: none }${more} }`,
    );

  test('with backfill: what the archive holds goes out as one digest, once', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'sunshine one' }, { guid: '2', title: 'sunshine two' });
    await tick(later(), newsroom, seen);
    await publish(withRule(', backfill: 48h'));
    expect(await outbox()).toMatchObject([
      { type: 'alert.digest', titles: ['sunshine one', 'sunshine two'] },
    ]);
    await publish(`${withRule(', backfill: 48h')}# saved again\n`);
    newsroom.listed.set('a', [
      { guid: '1', title: 'sunshine one, corrected' },
      { guid: '3', title: 'sunshine three' },
    ]);
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['sunshine one', 'sunshine three', 'sunshine two']);
  });

  test('without backfill: what is listed already is not news', async () => {
    await watch('a');
    newsroom.list('a', { guid: '1', title: 'sunshine one' });
    await tick(later(), newsroom, seen);
    await publish(withRule(''));
    await tick(later(), newsroom, seen);
    newsroom.list('a', { guid: '2', title: 'sunshine two' });
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(['sunshine two']);
  });
});

describe('a burst that pushed entries out of the window', () => {
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({ guid: `${from + i}`, title: `storm ${from + i}` }));

  test('is read from older pages, until something known turns up', async () => {
    await watch('a');
    newsroom.archives.set('a', [
      numbered(10, 15),
      [...numbered(5, 10), { guid: 'a-old', title: 'old storm of a' }],
      numbered(0, 5),
    ]);
    newsroom.listed.set('a', numbered(15, 20));
    newsroom.requests.clear();
    await tick(later(), newsroom, seen);
    expect(await told()).toEqual(
      numbered(5, 20)
        .map(({ title }) => title)
        .sort(),
    );
    expect(newsroom.requests.get('a')).toBe(3);
  });

  test('goes back a few pages at most', async () => {
    await watch('a');
    newsroom.archives.set(
      'a',
      Array.from({ length: 20 }, (_, page) => numbered(page * 5, page * 5 + 5)),
    );
    newsroom.listed.set('a', numbered(500, 505));
    newsroom.requests.clear();
    await tick(later(), newsroom, seen);
    expect(newsroom.requests.get('a')).toBe(4);
  });
});

describe('a desk restored from an older copy', () => {
  test('tells what it lost, and sends nothing again that was delivered', async () => {
    await watch('a');
    const copy = await copyOfDesk();
    newsroom.list('a', { guid: '1', title: 'storm delivered' });
    await tick(later(), newsroom, seen);
    // It may have begun by itself.
    await runDurableObjectAlarm(desk());
    await vi.waitFor(
      async () => expect((await outbox()).map(({ state }) => state)).toEqual(['delivered']),
      20_000,
    );
    // A tick without news carries the acknowledgement into the seen document.
    await tick(later(), newsroom, seen);
    newsroom.list('a', { guid: '2', title: 'storm accepted, not sent' });
    await tick(later(), newsroom, seen);
    await restoreDesk(copy);
    await tick(later(), newsroom, seen);
    const rows = await outbox();
    // Pending, or sent by the desk meanwhile: not held for what was sent before.
    expect(rows.map(({ titles, reason }) => [titles[0], reason]).sort()).toEqual([
      ['storm accepted, not sent', null],
      ['storm delivered', 'before-restore'],
    ]);
  });
});

test.each([
  ['nothing', null],
  ['rubbish', new Uint8Array([1, 2, 3])],
  ['half a bundle', 'cut'],
] as const)('KV holds %s under the key of the configuration: the desk has it', async (name, value) => {
  // A document of its own: a bundle is opened once in an isolate.
  await publish(testConfig([{ id: 'a' }], `query: "storm* OR ${name.replaceAll(' ', '')}"`));
  const { SEEN } = env as unknown as Env;
  for (const { name: key } of (await SEEN.list({ prefix: 'rules/' })).keys) {
    const whole = await SEEN.get(key, 'arrayBuffer');
    if (value === null || whole === null) await SEEN.delete(key);
    else await SEEN.put(key, value === 'cut' ? whole.slice(0, whole.byteLength / 2) : value);
  }
  newsroom.list('a', { guid: '0', title: 'old' });
  await tick(later(), newsroom, seen);
  newsroom.list('a', { guid: '1', title: 'storm all the same' });
  await tick(later(), newsroom, seen);
  expect(await told()).toEqual(['storm all the same']);
});
