// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what a configuration holds
/** Channels as their owner sees them: tests, dead letters, replays, notices of the service, and the API over all that. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, inject, test, vi } from 'vitest';
import type { RoutedEvent } from '../../lib/alert/event.ts';
import type { AlertEvent } from '../../lib/model/alert.ts';
import {
  onFeedTransitions,
  onTicksResumed,
  onTicksStopped,
  watchOutbox,
} from '../../worker/desk/operation/ops.ts';
import { enqueue } from '../../worker/desk/table/outbox.ts';
import type { Env } from '../../worker/env.ts';
import { app } from '../../worker/http/app.ts';
import { pingHeartbeat } from '../../worker/net/heartbeat.ts';
import { attemptDelivery } from '../../worker/net/post.ts';
import { tick as fullTick } from '../../worker/poll/tick.ts';
import { TELEGRAM_TOKEN } from '../fakes/telegram.ts';
import { testChannel } from '../fixtures/channels.ts';
import { testAlert, testDigest, testEvent } from '../fixtures/event.ts';
import { query, wipeDesk } from './desk.ts';
import { desk, publish } from './newsroom.ts';

const DAY_MS = 86_400_000;
let run = 0;
beforeEach(async () => {
  run++;
  await wipeDesk();
});

const hook = (id: string, answer: string): string =>
  `${id}: { kind: webhook, url: "${inject('receiver')}/${id}-${run}c/${answer}" }`;

async function withChannels(lines: readonly string[], more = ''): Promise<void> {
  await publish(`version: 1
feeds: [{ id: a, url: "https://a.example.org/feed", paused: true }]
rules: [{ id: word, query: storm* }]
${more}
channels:
${lines.map((line) => `  ${line}`).join('\n')}
`);
}

async function deliver(
  channel: string,
  ...deliveries: (string | [id: string, event: AlertEvent])[]
): Promise<void> {
  const events: RoutedEvent[] = deliveries.map((one) =>
    typeof one === 'string'
      ? { id: one, channel, event: testEvent() }
      : { id: one[0], channel, event: one[1] },
  );
  await runInDurableObject(desk(), async (_, state) => {
    enqueue(state.storage.sql, events, Date.now());
    // Run by the test (`alarm`): one that ran by itself, a moment before, would not be waited for.
    await state.storage.setAlarm(Date.now() + 3_600_000);
  });
}

const alarm = () => runDurableObjectAlarm(desk());
/** A replay starts the desk's own alarm: whichever run comes first sends. */
const allSent = async (): Promise<void> => {
  await alarm();
  const waiting = () => query("SELECT id FROM outbox WHERE state = 'pending'");
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), 20_000);
};
const received = async (channel: string) =>
  (await (await fetch(`${inject('receiver')}/${channel}-${run}c`)).json()) as { id: string; type: string }[];
const ids = async (channel: string) => (await received(channel)).map(({ id }) => id);
const types = async (channel: string) => (await received(channel)).map(({ type }) => type);
const inSql = <T>(work: (sql: SqlStorage) => T): Promise<T> =>
  runInDurableObject(desk(), (_, state) => work(state.storage.sql));
const statuses = async () => await desk().channels().statuses();

describe('a channel’s pace', () => {
  test('a burst, then its rate; another channel goes on meanwhile', async () => {
    const kind = `slack: { kind: slack, url: "${inject('receiver')}/fake/pace-${run}c/slack/hook" }`;
    await withChannels([kind, hook('other', 'status/204')]);
    await deliver('slack', 'a', 'b', 'c', 'd', 'e');
    await deliver('other', 'x', 'y');
    const before = Date.now();
    await alarm();
    const after = Date.now();
    const states = await query<{ id: string; state: string }>(
      'SELECT id, state FROM outbox WHERE channel = ? ORDER BY seq',
      'slack',
    );
    const sent = states.findIndex(({ state }) => state === 'pending');
    expect(states.map(({ state }) => state)).toEqual(
      Array.from({ length: 5 }, (_, at) => (at < sent ? 'delivered' : 'pending')),
    );
    expect(sent).toBeGreaterThanOrEqual(3);
    // One more for each second that a busy machine took over it.
    expect(sent).toBeLessThanOrEqual(3 + Math.floor((after - before) / 1_000));
    expect(await ids('other')).toEqual(['x', 'y']);
    const [row] = await query<{ rest: number }>(
      "SELECT cooldown_until AS rest FROM channel WHERE id = 'slack'",
    );
    expect((row?.rest ?? 0) - before).toBeGreaterThan(500);
    expect((row?.rest ?? 0) - after).toBeLessThan(5_000);
  });

  test('after an outage what waits for its own next attempt goes at once, in order', async () => {
    await withChannels([hook('back', 'status/204')]);
    await deliver('back', 'a', 'b', 'c');
    await query("UPDATE outbox SET due = ?, attempts = 3 WHERE id IN ('a', 'b')", Date.now() + 7_200_000);
    await query("INSERT INTO channel (id, failures) VALUES ('back', 3)");
    await alarm();
    expect(await ids('back')).toEqual(['c', 'a', 'b']);
  });
});

describe('a disabled channel', () => {
  const OPS = 'ops: [gone, watch, log]';
  const lines = () => [hook('gone', 'status/410'), hook('watch', 'status/204'), 'log: { kind: console }'];

  test('is told once to all ops channels but itself', async () => {
    await withChannels(lines(), OPS);
    await deliver('gone', 'a', 'b');
    await alarm();
    await deliver('gone', 'c');
    await alarm();
    expect(await ids('gone')).toEqual(['a']);
    expect(await types('watch')).toEqual(['channel.disabled']);
    expect(await statuses()).toMatchObject([
      { id: 'gone', kind: 'webhook', state: 'disabled', reason: 'HTTP 410', pending: 0, dead: 3 },
      { id: 'watch', state: 'ok', dead: 0 },
      { id: 'log', kind: 'console' },
    ]);
  });

  test('five days of nothing but failures disable it too', async () => {
    await withChannels([hook('bad', 'status/500'), hook('watch', 'status/204')], 'ops: [watch]');
    await query(
      "INSERT INTO channel (id, failing_from, failing_since) VALUES ('bad', 0, ?)",
      Date.now() - 5 * DAY_MS,
    );
    await deliver('bad', 'a');
    await alarm();
    await alarm();
    expect(await types('watch')).toEqual(['channel.disabled']);
    expect((await statuses())[0]).toMatchObject({
      state: 'disabled',
      reason: 'every attempt failed for five days',
      dead: 1,
    });
  });

  test('a success in between stops the clock', async () => {
    await withChannels([hook('good', 'status/204')]);
    await query(
      "INSERT INTO channel (id, failing_from, failing_since) VALUES ('good', 0, ?)",
      Date.now() - 5 * DAY_MS,
    );
    await deliver('good', 'a');
    await alarm();
    expect((await statuses())[0]).toMatchObject({ state: 'ok', failingSince: null });
  });
});

describe('a test', () => {
  test('has its own id and type, is in the log, and enables what was disabled', async () => {
    await withChannels([hook('again', 'status/204')]);
    await query("INSERT INTO channel (id, disabled, disabled_at) VALUES ('again', 'HTTP 410', 1)");
    const tested = await desk().channels().test('again');
    expect(tested).toMatchObject({ kind: 'tested', result: { outcome: 'delivered', status: 204 } });
    expect(await received('again')).toMatchObject([
      { id: expect.stringMatching(/^msg_test_/u), type: 'test.ping' },
    ]);
    expect((await statuses())[0]).toMatchObject({ state: 'ok', reason: null });
    expect(await query('SELECT channel, outcome FROM attempt')).toEqual([
      { channel: 'again', outcome: 'delivered' },
    ]);
  });

  test('that fails says why and changes nothing', async () => {
    await withChannels([hook('bad', 'status/500')]);
    expect(await desk().channels().test('bad')).toMatchObject({
      result: { outcome: 'failed', status: 500, detail: 'HTTP 500 said' },
    });
    expect((await statuses())[0]).toMatchObject({ state: 'new', failures: 0 });
  });

  test('of a channel that is not there, or too fast', async () => {
    const kind = `slack: { kind: slack, url: "${inject('receiver')}/fake/fast-${run}c/slack/hook" }`;
    await withChannels([kind]);
    expect(await desk().channels().test('nobody')).toEqual({ kind: 'unknown' });
    const before = Date.now();
    let tested = 0;
    let last = '';
    while (tested < 10) {
      last = (await desk().channels().test('slack')).kind;
      if (last !== 'tested') break;
      tested++;
    }
    expect(tested).toBeGreaterThanOrEqual(3);
    expect(tested).toBeLessThanOrEqual(3 + Math.floor((Date.now() - before) / 1_000));
    expect(last).toBe('busy');
  });
});

describe('dead letters', () => {
  const other: AlertEvent = { ...testEvent(), data: { ...testAlert(), rule: 'other' } } as AlertEvent;

  async function buried(): Promise<void> {
    await withChannels([hook('gone', 'status/410'), hook('good', 'status/204')]);
    await deliver('gone', ['a', testEvent()], ['b', other], ['c', testDigest([testAlert()])]);
    await deliver('good', 'd');
    await alarm();
    await withChannels([hook('gone', 'status/204'), hook('good', 'status/204')]);
  }

  test('are listed, newest first, by state, channel, rule and time', async () => {
    await buried();
    const list = async (filter: object) =>
      (await desk().channels().deliveries(filter)).deliveries.map(({ id }) => id);
    expect(await list({})).toEqual(['d', 'c', 'b', 'a']);
    expect(await list({ state: 'dead' })).toEqual(['c', 'b', 'a']);
    expect(await list({ channel: 'good' })).toEqual(['d']);
    expect(await list({ rule: 'nk-troop-deployment', state: 'dead' })).toEqual(['c', 'a']);
    expect(await list({ rule: 'other' })).toEqual(['b']);
    expect(await list({ since: Date.now() + 1_000 })).toEqual([]);
  });

  test('one is taken up again under its webhook-id', async () => {
    await buried();
    expect(await desk().channels().replay('b')).toBe('replayed');
    expect(await desk().channels().replay('d')).toBe('not-dead');
    expect(await desk().channels().replay('nobody')).toBe('unknown');
    await allSent();
    expect(await ids('gone')).toEqual(['a', 'b']);
    const detail = JSON.parse((await desk().channels().delivery('b')) ?? '') as object;
    expect(detail).toMatchObject({
      state: 'delivered',
      attempts: 1,
      reason: null,
      log: [{ outcome: 'delivered', status: 204 }],
    });
  });

  test('many are, by channel, rule and time, in the order in which they were made', async () => {
    await buried();
    expect(
      await desk()
        .channels()
        .replayAll({ since: Date.now() + 1_000 }),
    ).toBe(0);
    expect(await desk().channels().replayAll({ rule: 'nk-troop-deployment', channel: 'gone' })).toBe(2);
    await allSent();
    expect(await ids('gone')).toEqual(['a', 'a', 'c']);
    expect(await desk().channels().replayAll({})).toBe(1);
    await allSent();
    expect(await ids('gone')).toEqual(['a', 'a', 'c', 'b']);
  });

  test('a row that cannot be read is listed like any other', async () => {
    await buried();
    await query("UPDATE outbox SET event = '{' WHERE id = 'a'");
    expect((await desk().channels().deliveries({ state: 'dead' })).deliveries).toHaveLength(3);
    expect(await desk().channels().replayAll({ rule: 'other' })).toBe(1);
  });
});

describe('what a receiver says back', () => {
  test('is kept without the address, its token, or the secret', async () => {
    const url = `${inject('receiver')}/echo-${run}c/echo/long-secret-part-of-the-path-0123?key=another-secret-0123456`;
    await withChannels([
      `echo: { kind: webhook, url: "${url}", secret: plain-words-as-a-secret, headers: { authorization: "Bearer header-secret-0123" } }`,
    ]);
    await deliver('echo', 'a');
    await alarm();
    const [row] = await query<{ detail: string }>('SELECT detail FROM attempt');
    expect(row?.detail).toContain('HTTP 500');
    for (const secret of ['long-secret-part', 'another-secret', 'plain-words', 'header-secret'])
      expect(row?.detail).not.toContain(secret);
    expect(row?.detail.length).toBeLessThanOrEqual(1_000);
  });
});

describe('telegram', () => {
  const ports = {
    variable: () => null,
    now: Date.now,
    policy: { allowLoopback: true, allowHosts: [] },
    userAgent: 'test',
    timeoutMs: 5_000,
    mail: null,
  };

  test('a group that became a supergroup: sent there at once, and from then on', async () => {
    const url = `${inject('receiver')}/fake/tg-${run}c/telegram`;
    await withChannels([`tg: { kind: telegram, url: "${url}", token: "${TELEGRAM_TOKEN}", chat: -200 }`]);
    await deliver('tg', 'a', 'b');
    await alarm();
    const asked = (await (await fetch(`${inject('receiver')}/fake/tg-${run}c`)).json()) as {
      status: number;
      body: string;
    }[];
    expect(
      asked.map(({ status, body }) => [status, (JSON.parse(body) as { chat_id: string }).chat_id]),
    ).toEqual([
      [400, '-200'],
      [200, '-1001234567890'],
      [200, '-1001234567890'],
    ]);
    expect(await query('SELECT outcome FROM attempt')).toEqual([
      { outcome: 'delivered' },
      { outcome: 'delivered' },
    ]);
  });

  test('a bot that was thrown out: the channel is disabled, and the token is in no log', async () => {
    const url = `${inject('receiver')}/fake/tg-${run}c/telegram`;
    const channel = testChannel('telegram', { url, token: TELEGRAM_TOKEN, chat: '-403' });
    const outcome = await attemptDelivery({ id: 'a', event: testEvent(), channel }, ports);
    expect(outcome).toMatchObject({
      kind: 'channel-gone',
      status: 403,
      detail: expect.stringContaining('kicked'),
    });
    expect(JSON.stringify(outcome)).not.toContain(TELEGRAM_TOKEN);
  });
});

describe('mail by the binding', () => {
  const channel = testChannel('email', { via: 'cloudflare' });
  const send = (mail: { send: () => Promise<object> } | null) =>
    attemptDelivery(
      { id: 'msg_1', event: testEvent({ title: 'a\r\nBcc: x@example.org' }), channel },
      {
        variable: () => null,
        now: Date.now,
        policy: { allowLoopback: false, allowHosts: [] },
        userAgent: 'test',
        timeoutMs: 5_000,
        mail,
      },
    );
  const failing = (code: string) => ({
    send: async (): Promise<object> => {
      throw Object.assign(new Error('no'), { code });
    },
  });

  test('is sent as text and HTML, and no header can be added', async () => {
    const sent: { subject: string; text: string; html: string }[] = [];
    const mail = {
      send: async (...given: unknown[]) => ({ messageId: String(sent.push(given[0] as (typeof sent)[0])) }),
    };
    expect(await send(mail)).toEqual({ kind: 'delivered', status: 0 });
    expect(sent[0]?.subject).toBe('🟠 North Korean troop deployment: first report · a Bcc: x@example.org');
    expect(sent[0]?.html).toContain('<!doctype html>');
    expect(sent[0]).toMatchObject({
      from: { name: 'Vigie', email: 'vigie@example.org' },
      to: ['desk@example.org'],
    });
  });

  test.each([
    ['no binding', null, 'unsent'],
    ['a recipient that is not verified', failing('E_RECIPIENT_NOT_ALLOWED'), 'rejected'],
    ['the day’s limit', failing('E_DAILY_LIMIT_EXCEEDED'), 'throttled'],
    ['anything else', failing('E_INTERNAL_SERVER_ERROR'), 'failed'],
  ])('%s', async (_, mail, kind) => {
    expect((await send(mail)).kind).toBe(kind);
  });
});

describe('addresses', () => {
  const send = (url: string, allowHosts: readonly string[] = []) =>
    attemptDelivery(
      { id: 'a', event: testEvent(), channel: testChannel('webhook', { url }) },
      {
        variable: () => null,
        now: Date.now,
        policy: { allowLoopback: false, allowHosts },
        userAgent: 'test',
        timeoutMs: 5_000,
        mail: null,
      },
    );
  test.each([
    ['http://example.org/hook', 'http is not allowed: use https'],
    ['https://user:pw@example.org/hook', 'URL contains a user name or password: use `auth` instead'],
    ['https://127.0.0.1/hook', 'host is loopback: start with --allow-loopback to allow it'],
    ['ftp://example.org/', 'scheme ftp: is not http(s)'],
  ])('%s is refused before anything is sent', async (url, detail) => {
    expect(await send(url)).toEqual({ kind: 'rejected', status: 0, detail });
  });
});

describe('notices of the service', () => {
  const tell = (work: (sql: SqlStorage, wall: number) => void) => inSql((sql) => work(sql, Date.now()));
  const config = {
    ops: ['watch'],
    channels: [{ id: 'watch', kind: 'console' as const }],
    feeds: [],
    use: [],
    lists: [],
    rules: [],
    families: {},
    allowHosts: [],
    version: 1 as const,
  };

  async function told(): Promise<string[]> {
    return (
      await query<{ text: string }>(
        "SELECT json_extract(event, '$.type') || ': ' || json_extract(event, '$.data.text') AS text FROM outbox ORDER BY seq",
      )
    ).map(({ text }) => text);
  }

  test('ticks: stopped and resumed', async () => {
    await tell((sql, wall) => onTicksStopped(sql, 180_000, { config, wall }));
    await tell((sql, wall) => onTicksResumed(sql, { config, wall }));
    expect(await told()).toEqual([
      'ticks.stopped: No tick for 3 minutes: feeds are not polled.',
      'ticks.resumed: Ticks have resumed: feeds are polled again.',
    ]);
  });

  test('feeds: each transition once, recovery only of what was told', async () => {
    const go = (feed: string, to: 'failing' | 'ok' | 'slow' | 'suspect' | 'gone') =>
      tell((sql, wall) => onFeedTransitions(sql, [{ feed, to }], { config, wall }));
    for (const to of ['failing', 'failing', 'slow', 'suspect', 'ok', 'ok'] as const) await go('a', to);
    await go('b', 'slow');
    await go('b', 'ok');
    await go('c', 'gone');
    expect(await told()).toEqual([
      'feed.failing: Feed a cannot be read.',
      'feed.suspect: Feed a answers with a document that is not a valid feed.',
      'feed.ok: Feed a has recovered.',
      'feed.gone: Feed c is gone (HTTP 410): polling has stopped.',
    ]);
  });

  test('feeds: many at once are one notice', async () => {
    const feeds = ['a', 'b', 'c', 'd', 'e'].map((feed) => ({ feed, to: 'failing' as const }));
    await tell((sql, wall) => onFeedTransitions(sql, feeds, { config, wall }));
    expect(await told()).toEqual(['feed.failing: 5 feeds cannot be read: a, b, c and 2 more.']);
  });

  test('the outbox: old once, then well again; its own notices do not make it old', async () => {
    await deliver('slow', 'a', 'b');
    await query('UPDATE outbox SET created = ?', Date.now() - 16 * 60_000);
    const watch = () => tell((sql, wall) => watchOutbox(sql, { config, wall }));
    await watch();
    await watch();
    await query("UPDATE outbox SET state = 'delivered' WHERE id IN ('a', 'b')");
    await watch();
    await watch();
    expect((await told()).slice(2)).toEqual([
      'outbox.old: A delivery to slow has waited for 16 minutes; 2 deliveries are pending in all.',
      'outbox.ok: The delayed deliveries have been sent.',
    ]);
  });

  test('without ops channels nothing is told', async () => {
    await withChannels([hook('gone', 'status/410')]);
    await deliver('gone', 'a');
    await alarm();
    expect(await told()).toHaveLength(1);
  });
});

describe('the heartbeat', () => {
  const beats = async (name: string) =>
    (await (await fetch(`${inject('receiver')}/heart/${name}?list`)).json()) as string[];

  test('one sign of life a tick, whoever asks', async () => {
    await withChannels(
      [hook('good', 'status/204')],
      `heartbeat: { url: "${inject('receiver')}/heart/h${run}c/ping" }`,
    );
    const at = Math.floor(Date.now() / 60_000) * 60_000;
    await fullTick(at, env as unknown as Env);
    await fullTick(at, env as unknown as Env);
    expect(await beats(`h${run}c`)).toEqual(['ping']);
  });
});

describe('a sign of life', () => {
  const ping = (template: string, isGood: boolean, variable: (name: string) => string | null = () => null) =>
    pingHeartbeat(template, isGood, {
      variable,
      policy: { allowLoopback: true, allowHosts: [] },
      userAgent: 'test',
    });

  test('says in its path that a round failed', async () => {
    const name = `f${run}c`;
    const url = `${inject('receiver')}/heart/${name}/ping`;
    expect(await ping(url, true)).toBeNull();
    expect(await ping('${PING}', false, () => url)).toBeNull();
    const beats = (await (await fetch(`${inject('receiver')}/heart/${name}?list`)).json()) as string[];
    expect(beats).toEqual(['ping', 'ping/fail']);
  });

  test('that is not taken is said without its address', async () => {
    expect(await ping('http://127.0.0.1:9/secret-path', true)).toMatch(/unreachable|lost/u);
    expect(await ping('http://example.org/secret-path', true)).toBe('http is not allowed: use https');
    expect(await ping('${PING}', true)).toBe(
      'environment variable PING is not set: set it, or remove it from the configuration',
    );
  });
});

describe('/api', () => {
  const token = 'a-token-for-tests-of-the-api-0123';
  let bindings: object;
  beforeEach(async () => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
    const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    bindings = { ...env, VIGIE_TOKEN_SHA256: hash };
  });
  const call = async (
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; body: unknown; headers: Headers }> => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await app.request(`http://localhost${path}`, { ...init, headers }, bindings);
    return { status: answer.status, body: await answer.json(), headers: answer.headers };
  };

  test('channels, deliveries page by page, replays and tests', async () => {
    await withChannels([hook('gone', 'status/410'), hook('good', 'status/204')]);
    await deliver('gone', ...Array.from({ length: 130 }, (_, at) => `m${at}`));
    await alarm();
    expect((await call('/api/channels')).body).toMatchObject({
      channels: [{ id: 'gone', state: 'disabled', dead: 130 }, { id: 'good' }],
    });
    const first = (await call('/api/deliveries?state=dead')).body as {
      deliveries: { id: string }[];
      next: string;
    };
    const second = (await call(`/api/deliveries?state=dead&cursor=${first.next}`)).body as typeof first;
    expect([...first.deliveries, ...second.deliveries].map(({ id }) => id)).toEqual(
      Array.from({ length: 130 }, (_, at) => `m${129 - at}`),
    );
    expect(second.next).toBeNull();
    expect((await call('/api/deliveries/m0')).body).toMatchObject({
      id: 'm0',
      log: [{ outcome: 'channel-gone', status: 410 }],
    });
    await withChannels([hook('gone', 'status/204'), hook('good', 'status/204')]);
    expect((await call('/api/deliveries/m1/replay', { method: 'POST' })).body).toEqual({ replayed: 1 });
    expect(
      (await call('/api/deliveries/replay', { method: 'POST', body: '{"channel":"gone"}' })).body,
    ).toEqual({ replayed: 129 });
    expect((await call('/api/channels/good/test', { method: 'POST' })).body).toMatchObject({
      outcome: 'delivered',
      status: 204,
    });
  });

  test.each([
    ['/api/deliveries?state=lost', 'GET', undefined, 400],
    ['/api/deliveries?since=yesterday', 'GET', undefined, 400],
    ['/api/deliveries?cursor=x', 'GET', undefined, 400],
    ['/api/deliveries/nobody', 'GET', undefined, 404],
    ['/api/deliveries/nobody/replay', 'POST', undefined, 404],
    ['/api/deliveries/replay', 'POST', '{"sinec":"2026-01-01"}', 422],
    ['/api/deliveries/replay', 'POST', '{', 400],
    ['/api/channels/nobody/test', 'POST', undefined, 404],
  ])('%s %s: a problem', async (path, method, body, status) => {
    await withChannels([hook('good', 'status/204')]);
    const answer = await call(path, { method, ...(body === undefined ? {} : { body }) });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});
