/** Publishers' habits, replayed through poller and desk: nothing is told twice and nothing new is missed. */
import { beforeEach, describe, expect, test } from 'vitest';
import { query, type Row, wipeDesk } from './desk.ts';
import { MINUTE_MS, Newsroom, publish, type TestEntry, TestSeen, testConfig, tick } from './newsroom.ts';

const START = Date.UTC(2026, 9, 15, 12);

const entry = (n: number, change: Partial<TestEntry> = {}): TestEntry => ({
  guid: `g${n}`,
  title: `storm ${n}`,
  link: `https://news.example.org/${n}`,
  at: START - n * MINUTE_MS,
  ...change,
});
const ten = Array.from({ length: 10 }, (_, n) => entry(n));
const each = (change: (entry: TestEntry) => Partial<TestEntry>) =>
  ten.map((one) => ({ ...one, ...change(one) }));

interface Habit {
  readonly name: string;
  /** Windows after the first ten, in order. */
  readonly windows: readonly (readonly TestEntry[])[];
  /** Numbers told beyond the baseline. */
  readonly told: readonly number[];
}

const HABITS: Habit[] = [
  { name: 'guids change at once', windows: [each(({ guid }) => ({ guid: `x-${guid}` }))], told: [] },
  {
    name: 'guids change at every poll',
    windows: [1, 2, 3].map((poll) => each(({ guid }) => ({ guid: `${poll}-${guid}` }))),
    told: [],
  },
  {
    name: 'guids change at once, and there is news',
    windows: [[entry(50), ...each(({ guid }) => ({ guid: `x-${guid}` }))]],
    told: [50],
  },
  {
    name: 'one guid for all entries',
    windows: [
      [entry(50, { guid: 'g' }), ...each(() => ({ guid: 'g' }))],
      [entry(51, { guid: 'g' }), ...each(() => ({ guid: 'g' }))],
    ],
    told: [50, 51],
  },
  {
    name: 'links go from http to https',
    windows: [each(({ guid }) => ({ guid: `https://news.example.org/${guid}` }))],
    told: [],
  },
  {
    name: 'links gain tracking parameters',
    windows: [each(({ link }) => ({ link: `${link}?utm_source=rss` }))],
    told: [],
  },
  { name: 'dates are moved to now', windows: [each(() => ({ at: START + 60 * MINUTE_MS }))], told: [] },
  {
    name: 'order is turned round',
    windows: [ten.toReversed(), [...ten.toReversed(), entry(50)]],
    told: [50],
  },
  { name: 'entries vanish and return', windows: [[], ten, ten.slice(5), ten], told: [] },
  {
    name: 'news among returning entries',
    windows: [[entry(50)], [entry(51), ...ten, entry(50)]],
    told: [50, 51],
  },
  { name: 'texts are edited', windows: [each(({ title }) => ({ title: `${title}, corrected` }))], told: [] },
  {
    name: 'the window moves on whole',
    windows: [
      [entry(60), entry(61)],
      [entry(70), entry(71)],
    ],
    told: [60, 61, 70, 71],
  },
  {
    name: 'the feed moves house: other guids and links, the same titles',
    windows: [each(({ guid }) => ({ guid: `new-${guid}`, link: `https://new.example.org/${guid}` }))],
    told: [],
  },
  {
    name: 'entries without guid',
    windows: [[entry(50, { guid: '' }), ...each(() => ({ guid: '' }))]],
    told: [50],
  },
];

beforeEach(async () => {
  await wipeDesk();
});

describe('a publisher', () => {
  test.each(HABITS)('$name', async ({ windows, told }) => {
    const newsroom = new Newsroom();
    const seen = new TestSeen();
    await publish(testConfig([{ id: 'a' }]));
    let clock = START;
    for (const window of [ten, ...windows]) {
      newsroom.listed.set('a', [...window]);
      clock += 61 * MINUTE_MS;
      await tick(clock, newsroom, seen);
    }
    const rows = await query<Row & { event: string }>('SELECT event FROM outbox ORDER BY seq');
    const titles = rows.flatMap(({ event }) => {
      const { data } = JSON.parse(event) as {
        data: { entries?: { title: string }[]; alerts?: { entries: { title: string }[] }[] };
      };
      return (data.alerts?.flatMap((alert) => alert.entries) ?? data.entries ?? []).map(({ title }) => title);
    });
    expect(titles.sort()).toEqual(told.map((n) => `storm ${n}`).sort());
  });
});
