/** `vigie backtest` as a user runs it: yesterday's entries under a new configuration, beside an old one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { vigie } from './vigie.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-backtest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = 'version: 1\nfeeds: [{ url: https://example.org/rss }]\n';
function config(name: string, rules: string): string {
  const path = join(folder, name);
  writeFileSync(path, `${HEAD}rules:\n${rules}`);
  return path;
}
const old = config('old.yaml', '  - { id: quakes, query: quake }\n');
const fresh = config(
  'new.yaml',
  '  - { id: quakes, query: quake*1 NOT drill }\n  - { id: floods, query: flood* }\n',
);

const ENTRIES = [
  { id: 'a', title: 'A quake in Chile', published: '2024-10-18T10:05:00Z' },
  { id: 'b', title: 'Quakes and floods', published: '2024-10-18T10:40:00Z' },
  { id: 'c', title: 'A quake drill', published: '2024-10-19T10:00:00Z' },
  { id: 'd', title: 'Flooding', url: 'https://example.org/d', published: '2024-10-20T01:00:00Z', other: 1 },
  { id: 'd2', title: 'Flooding', url: 'https://example.org/d', published: '2024-10-20T02:00:00Z' },
  { id: 'e', title: 'Flood without a date' },
  // As GET /api/archive has it; older releases sent milliseconds, like the lines further below.
  {
    seen: '2024-10-21T23:01:00.000Z',
    keys: [],
    entry: { id: 'f', title: 'Nothing', published: '2024-10-21T23:00:00.000Z' },
  },
]
  .map((entry) => JSON.stringify(entry))
  .join('\n');

async function backtest(args: string[], input: string) {
  const { code, out, err } = await vigie(['backtest', ...args], { input });
  const lines = out
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, lines, err };
}

test('what a new configuration catches and loses beside the old one', async () => {
  const { code, lines } = await backtest(['--config', fresh, '--against', old], ENTRIES);
  expect(code).toBe(0);
  expect(lines.slice(0, -1).map(({ change, rule, id }) => [change, rule, id])).toEqual([
    ['caught', 'quakes', 'b'],
    ['caught', 'floods', 'b'],
    ['lost', 'quakes', 'c'],
    ['caught', 'floods', 'd'],
    ['caught', 'floods', 'd2'],
    ['caught', 'floods', 'e'],
  ]);
  expect(lines.at(-1)).toEqual({
    summary: {
      entries: 7,
      alerts: 5,
      byRule: { quakes: 2, floods: 3 },
      days: 4,
      alertsPerDay: 1.25,
      byDay: { '2024-10-18': 3, '2024-10-20': 1 },
      worstHour: { hour: '2024-10-18T10:00:00.000Z', alerts: 3 },
      undated: 1,
      asStories: expect.objectContaining({ byRule: { quakes: 2, floods: 3 }, silent: 0 }),
      before: {
        alerts: 2,
        byRule: { quakes: 2 },
        days: 4,
        alertsPerDay: 0.5,
        byDay: { '2024-10-18': 1, '2024-10-19': 1 },
        worstHour: { hour: '2024-10-18T10:00:00.000Z', alerts: 1 },
        undated: 0,
        asStories: expect.objectContaining({ byRule: { quakes: 2 } }),
      },
    },
  });
});

test('without an old one everything caught is listed; no entries are no alerts', async () => {
  const { lines } = await backtest(['--config', old], ENTRIES);
  expect(lines.slice(0, -1).map(({ id }) => id)).toEqual(['a', 'c']);
  const none = await backtest(['--config', old], '');
  expect(none.lines).toEqual([
    {
      summary: {
        entries: 0,
        alerts: 0,
        byRule: { quakes: 0 },
        days: null,
        alertsPerDay: null,
        byDay: {},
        worstHour: null,
        undated: 0,
        asStories: { alerts: 0, stories: 0, silent: 0, byRule: { quakes: 0 }, worstHour: null },
      },
    },
  ]);
});

test('copies of one report are one story: what it would have told is said beside one alert for each', async () => {
  const event = (id: string, publisher: string, title: string, minute: number) => ({
    seen: Date.UTC(2024, 9, 18, 10, minute),
    keys: [minute],
    entry: {
      id,
      publisher,
      title,
      lang: 'en',
      summary: 'Rescuers in Valdivia search the harbour for a ferry.',
    },
  });
  const lines = [
    event('a', 'Harbour Post', 'Quake in Valdivia sinks ferry at the harbour', 1),
    event('b', 'Bay Courier', 'Ferry sunk at Valdivia harbour after a quake', 7),
    event('c', 'Quay Herald', 'Valdivia quake: ferry is lost at the harbour', 9),
  ];
  const summaryOf = async (path: string) => {
    const { lines: out } = await backtest(
      ['--config', path],
      lines.map((one) => JSON.stringify(one)).join('\n'),
    );
    return (out.at(-1) as { summary: { alerts: number; asStories: object } }).summary;
  };
  const told = await summaryOf(old);
  expect(told.alerts).toBe(3);
  expect(told.asStories).toEqual({
    alerts: 1,
    stories: 1,
    silent: 2,
    byRule: { quakes: 1 },
    worstHour: { hour: '2024-10-18T10:00:00.000Z', alerts: 1 },
  });
  const each = config('each.yaml', '  - { id: quakes, query: quake, notify: { to: [], group_by: none } }\n');
  expect((await summaryOf(each)).asStories).toMatchObject({ alerts: 3, stories: 3, silent: 0 });
});

test('a bad line is told and stops nothing; a wrong configuration and command line', async () => {
  const { code, lines, err } = await backtest(['--config', old], `nonsense\n${ENTRIES}`);
  expect(code).toBe(1);
  expect(lines).toHaveLength(3);
  expect(err).toMatch(/^stdin:1:1: /u);
  const bad = config('bad.yaml', '  - { id: r, query: two words }\n');
  expect((await backtest(['--config', bad], '')).code).toBe(1);
  expect((await backtest(['--config', old, '--against', bad], '')).code).toBe(1);
  expect((await backtest([], '')).code).toBe(2);
});
