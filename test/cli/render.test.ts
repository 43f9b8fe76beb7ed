/** `vigie render`: what a channel would get, without sending anything. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALL_CHANNELS } from '../fixtures/channels.ts';
import { vigie } from './vigie.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-render-'));
const config = join(folder, 'watch.yaml');
writeFileSync(
  config,
  `version: 1
feeds: [{ id: flow, url: https://example.org/rss, grade: B }]
rules:
  - { id: floods, title: Floods, severity: high, query: flood*2, notify: { to: [log] } }
  - { id: storms, title: Storms, query: storm*2, notify: { to: [own] } }
channels:
  log: { kind: console }
  own: { kind: webhook, url: "https://example.org/h", content_type: text/plain, template: "{{rule}}|{{title|url}}|{{change}}" }
`,
);

const ENTRY =
  '{"id":"1","title":"Floods and storms","publisher":"Harbour Post","lang":"en","published":"2024-10-18T05:12:00Z","url":"https://example.org/1","feed":"flow"}';

const render = (args: string[], input = ENTRY) => vigie(['render', ...args], { input });

test('a channel of the configuration: one message for each rule that matches', async () => {
  const { code, out } = await render(['--channel', 'log', '--config', config]);
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'ALERT [high] floods: Floods and storms — Harbour Post (grade B) · English · 2024-10-18 05:12 UTC · example.org https://example.org/1',
    'ALERT [medium] storms: Floods and storms — Harbour Post (grade B) · English · 2024-10-18 05:12 UTC · example.org https://example.org/1',
    '',
  ]);
});

test('one rule, and a template of the owner’s own', async () => {
  expect((await render(['--channel', 'own', '--config', config, '--rule', 'storms'])).out).toBe(
    'storms|Floods%20and%20storms|First report\n',
  );
});

test('the matched words are marked', async () => {
  const { out } = await render(['--channel', 'telegram', '--config', config, '--rule', 'floods']);
  expect((JSON.parse(out) as { text: string }).text).toContain(
    '<a href="https://example.org/1"><b>Floods</b> and storms</a>',
  );
});

const kinds = [...new Set(ALL_CHANNELS.map(([, { kind }]) => kind))];
test.each(kinds)('%s: a kind needs no configuration', async (kind) => {
  const { code, out, err } = await render(['--channel', kind]);
  expect([code, err]).toEqual([0, '']);
  expect(JSON.stringify(JSON.parse(out))).toContain('Floods and storms');
});

test.each([
  [['--channel', 'pigeon'], ENTRY, 2, /--channel pigeon: not a channel or kind; use one of: webhook, slack/],
  [['--channel', 'slack', '--rule', 'x'], ENTRY, 2, /--rule needs --config/],
  [['--channel', 'log', '--config', config, '--rule', 'x'], ENTRY, 2, /no rule has the id 'x'/],
  [[], ENTRY, 2, /--channel is missing/],
  [['--channel', 'slack'], 'no json', 1, /stdin:1:1: /],
])('%j ends with %s', async (args, input, code, said) => {
  const result = await render(args, input);
  expect(result.code).toBe(code);
  expect(result.err).toMatch(said);
});

describe('an entry without a date', () => {
  const bare = { id: '1', title: 'Floods without a date', publisher: 'Harbour Post' };
  const archived = { seen: Date.UTC(2024, 9, 18, 6, 30), keys: [7], entry: bare };

  // Those whose message says when it was made.
  test.each(['webhook', 'pagerduty', 'alertmanager', 'email'])(
    '%s: shows none, and never 1970',
    async (kind) => {
      const { code, out } = await render(['--channel', kind], JSON.stringify(bare));
      expect(code).toBe(0);
      expect(out).not.toMatch(/1970|"(?:ts|time|timestamp)":0\b/);
    },
  );

  test('is told when the lookout first saw it, where the archive says so', async () => {
    const { out } = await render(['--channel', 'webhook'], JSON.stringify(archived));
    const { timestamp, data } = JSON.parse(out) as {
      timestamp: string;
      data: { entries: { published: null }[] };
    };
    expect([timestamp, data.entries[0]?.published]).toEqual(['2024-10-18T06:30:00.000Z', null]);
  });
});
