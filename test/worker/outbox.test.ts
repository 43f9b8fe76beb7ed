/** Deliveries from the desk's alarm to a real receiver: what each answer does to the delivery and to its channel. */
import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, inject, test, vi } from 'vitest';
import type { RoutedEvent } from '../../lib/alert/event.ts';
import { ALARM_PAUSE_MS } from '../../lib/model/limits.ts';
import { enqueue } from '../../worker/desk/table/outbox.ts';
import { testEvent } from '../fixtures/event.ts';
import { query, wipeDesk } from './desk.ts';
import { desk, publish } from './newsroom.ts';

/** As vitest.config.ts binds it: a receiver that never answers costs no more here. */
const HANGS_MS = Number((env as Partial<Record<string, string>>)['VIGIE_DELIVERY_TIMEOUT_MS']);
let run = 0;

/** Channels by id: what follows the receiver's own name in their address. */
async function withChannels(channels: Record<string, string>): Promise<void> {
  const lines = Object.entries(channels).map(([id, answer]) => {
    const url = answer.startsWith('http') ? answer : `${inject('receiver')}/${id}-${run}/${answer}`;
    return `  ${id}: { kind: webhook, url: "${url}" }`;
  });
  await publish(`version: 1
feeds: [{ url: "https://a.example.org/feed" }]
rules: [{ id: word, query: storm* }]
channels:
${lines.join('\n')}
`);
}

async function deliver(channel: string, ...ids: string[]): Promise<void> {
  const events: RoutedEvent[] = ids.map((id) => ({ id, channel, event: testEvent() }));
  await runInDurableObject(desk(), async (_, state) => {
    enqueue(state.storage.sql, events, Date.now());
    // Run by the test (`alarm`): one that ran by itself, a moment before, would not be waited for.
    await state.storage.setAlarm(Date.now() + 3_600_000);
  });
}

const alarm = () => runDurableObjectAlarm(desk());
const states = async () =>
  (await query<{ id: string; state: string }>('SELECT id, state FROM outbox ORDER BY seq')).map(
    ({ id, state }) => `${id} ${state}`,
  );
const received = async (channel: string) =>
  ((await (await fetch(`${inject('receiver')}/${channel}-${run}`)).json()) as { id: string }[]).map(
    ({ id }) => id,
  );
const restOf = async (channel: string): Promise<number> =>
  (await query<{ rest: number }>('SELECT cooldown_until AS rest FROM channel WHERE id = ?', channel))[0]
    ?.rest ?? 0;

beforeEach(async () => {
  run++;
  await wipeDesk();
});

describe('an answer', () => {
  test('2xx: delivered, in order, once', async () => {
    await withChannels({ good: 'status/204' });
    await deliver('good', 'a', 'b', 'c');
    await alarm();
    await alarm();
    expect(await received('good')).toEqual(['a', 'b', 'c']);
    expect(await states()).toEqual(['a delivered', 'b delivered', 'c delivered']);
  });

  test('500: tried again after about five seconds; the rest of the channel waits for it', async () => {
    await withChannels({ bad: 'status/500' });
    const before = Date.now();
    await deliver('bad', 'a', 'b');
    await alarm();
    const after = Date.now();
    expect(await received('bad')).toEqual(['a']);
    const [row] = await query<{ due: number; attempts: number }>(
      "SELECT due, attempts FROM outbox WHERE id = 'a'",
    );
    expect(row?.attempts).toBe(1);
    expect((row?.due ?? 0) - before).toBeGreaterThanOrEqual(4_000);
    expect((row?.due ?? 0) - after).toBeLessThanOrEqual(6_000);
  });

  test('a redirect: a failure, never followed', async () => {
    await withChannels({
      bounce: `status/302?location=${encodeURIComponent(`${inject('receiver')}/elsewhere`)}`,
    });
    await deliver('bounce', 'a');
    await alarm();
    expect(await states()).toEqual(['a pending']);
    expect(await received('elsewhere')).toEqual([]);
  });

  test('410: the channel is disabled, what waits for it is dead, and nothing more is sent', async () => {
    await withChannels({ gone: 'status/410' });
    await deliver('gone', 'a', 'b');
    await alarm();
    await deliver('gone', 'c');
    await alarm();
    expect(await received('gone')).toEqual(['a']);
    expect(await states()).toEqual(['a dead', 'b dead', 'c dead']);
  });

  test('410, and the owner saves the configuration again: the channel is tried anew', async () => {
    await withChannels({ gone: 'status/410' });
    await deliver('gone', 'a');
    await alarm();
    await withChannels({ gone: 'status/204' });
    await deliver('gone', 'b');
    await alarm();
    expect(await states()).toEqual(['a dead', 'b delivered']);
  });
});

describe('an answer that asks for patience', () => {
  test('429 with Retry-After: the channel rests as long', async () => {
    await withChannels({ busy: 'status/429?retry-after=120' });
    await deliver('busy', 'a', 'b');
    await alarm();
    expect(await received('busy')).toEqual(['a']);
    expect((await restOf('busy')) - Date.now()).toBeGreaterThan(110_000);
    const [row] = await query<{ due: number; attempts: number }>(
      "SELECT due, attempts FROM outbox WHERE id = 'a'",
    );
    expect(row?.attempts).toBe(0);
    expect((row?.due ?? 0) - Date.now()).toBeGreaterThan(110_000);
    expect((row?.due ?? 0) - Date.now()).toBeLessThan(133_000);
  });

  test('429, and the configuration is saved: it rests on, unless its own lines changed', async () => {
    const busy = 'status/429?retry-after=3600';
    await withChannels({ busy });
    await deliver('busy', 'a');
    await alarm();
    await withChannels({ busy, other: 'status/204' });
    expect((await restOf('busy')) - Date.now()).toBeGreaterThan(3_500_000);
    await withChannels({ busy: 'status/204' });
    expect(await restOf('busy')).toBe(0);
  });
});

describe('no answer', () => {
  test('none, after it was taken: ambiguous, tried again under the same id', async () => {
    await withChannels({ cut: 'drop' });
    await deliver('cut', 'a');
    await alarm();
    expect(await query('SELECT outcome FROM attempt')).toEqual([{ outcome: 'ambiguous' }]);
    expect(await states()).toEqual(['a pending']);
  });

  test('from a private address: refused before anything is sent', async () => {
    await withChannels({ inside: 'http://192.168.0.1/hook' });
    await deliver('inside', 'a');
    await alarm();
    expect(await query('SELECT outcome, detail FROM attempt')).toEqual([
      { outcome: 'rejected', detail: 'host is private: add it to allow_hosts to allow it' },
    ]);
  });
});

describe('channels', () => {
  test('that fail delay no other', async () => {
    await withChannels({ bad: 'status/500', good: 'status/204' });
    await deliver('bad', 'x');
    await deliver('good', 'a', 'b');
    await alarm();
    expect(await received('good')).toEqual(['a', 'b']);
  });

  test('that hang delay no other, even what comes in meanwhile', async () => {
    await withChannels({ hangs: 'hang', good: 'status/204' });
    await deliver('hangs', 'x');
    const running = alarm();
    await vi.waitFor(async () => expect(await received('hangs')).toEqual(['x']), HANGS_MS);
    await deliver('good', 'a');
    await vi.waitFor(async () => expect(await states()).toEqual(['x pending', 'a delivered']), HANGS_MS);
    expect(await query('SELECT delivery FROM attempt'), 'the other still hangs').toEqual([{ delivery: 'a' }]);
    await running;
  });

  test('taken out of the configuration: what waits is cancelled, visibly', async () => {
    await withChannels({ old: 'status/500', good: 'status/204' });
    await deliver('old', 'a');
    await withChannels({ good: 'status/204' });
    await alarm();
    expect(await states()).toEqual(['a cancelled']);
  });
});

describe('the outbox', () => {
  test('takes an id once', async () => {
    await withChannels({ good: 'status/204' });
    await deliver('good', 'a');
    await alarm();
    await deliver('good', 'a');
    await alarm();
    expect(await received('good')).toEqual(['a']);
  });

  test('a row that cannot be read is dead, and stops no other', async () => {
    await withChannels({ good: 'status/204' });
    await deliver('good', 'a', 'b');
    await query("UPDATE outbox SET event = '{' WHERE id = 'a'");
    await alarm();
    expect(await states()).toEqual(['a dead', 'b delivered']);
  });

  test('a hundred deliveries all go out, over several alarm runs', async () => {
    await withChannels({ good: 'status/204' });
    await deliver('good', ...Array.from({ length: 100 }, (_, i) => `m${i}`));
    await alarm();
    // The alarm sets itself again while something is due.
    await vi.waitFor(async () => expect(await received('good')).toHaveLength(100), 20_000);
  });
});

describe('a disk that is full when the receiver has said yes', () => {
  const FULL = `CREATE TRIGGER full_disk BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`;
  const execute = (sql: string) => runInDurableObject(desk(), (_, state) => void state.storage.sql.exec(sql));

  test('sends nothing again, and notes the answer when it can', async () => {
    await withChannels({ good: 'status/204' });
    await execute(FULL);
    try {
      await deliver('good', 'a', 'b');
      for (let run = 0; run < 4; run++) await alarm();
      expect(await received('good')).toEqual(['a']);
      expect(await states()).toEqual(['a pending', 'b pending']);
    } finally {
      await execute('DROP TRIGGER full_disk');
    }
    await alarm();
    expect(await received('good')).toEqual(['a', 'b']);
    expect(await states()).toEqual(['a delivered', 'b delivered']);
  });

  test('does not spin: the next run comes after a pause', async () => {
    await withChannels({ good: 'status/204' });
    await execute(FULL);
    try {
      await deliver('good', 'a');
      const before = Date.now();
      await alarm();
      const next = await runInDurableObject(desk(), (_, state) => state.storage.getAlarm());
      expect((next ?? 0) - before).toBeGreaterThanOrEqual(ALARM_PAUSE_MS);
    } finally {
      await execute('DROP TRIGGER full_disk');
    }
  });
});
