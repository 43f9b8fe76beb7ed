/** Mistakes on the command line and in files that are named there: one line that says what is wrong, and the exit code. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vigie } from './vigie.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-mistakes-'));
const missing = join(folder, 'missing.yaml');
const config = join(folder, 'config.yaml');
const ENTRY = '{"id":"1","title":"Calm","published":"2024-10-18T05:12:00Z"}\n';

beforeAll(() =>
  writeFileSync(
    config,
    'version: 1\nfeeds: [{ url: "https://a.example.org/feed", every: 1m }]\nrules: [{ id: r, query: storm }]\n',
  ),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['check', ['check', missing]],
  ['check --json', ['check', missing, '--json']],
  ['match', ['match', '--config', missing]],
  ['stories', ['stories', '--config', missing]],
  ['render', ['render', '--channel', 'console', '--config', missing]],
  ['backtest', ['backtest', '--config', missing]],
  ['backtest --against', ['backtest', '--config', config, '--against', missing]],
  ['parse', ['parse', missing]],
  ['import', ['import', '--from', 'miniflux', missing]],
  ['opml import', ['opml', 'import', missing]],
  ['opml export', ['opml', 'export', '--config', missing]],
  ['push', ['push', missing, '--url', 'http://127.0.0.1:1']],
])('a missing file: %s', async (_name, args) => {
  const run = await vigie(args, { env: { VIGIE_TOKEN: 'token' } });
  expect(run).toEqual({ code: 1, out: '', err: `${missing}: cannot be read: no such file or folder\n` });
});

test('a folder in the place of a file', async () => {
  const { code, err } = await vigie(['check', folder]);
  expect([code, err]).toEqual([1, `${folder}: cannot be read: it is a folder\n`]);
});

test.each([
  [['check', config, '--bogus'], "vigie check: Unknown option '--bogus': see `vigie help`\n"],
  [['match', config], /^vigie match: Unexpected argument '[^\n]*: see `vigie help`\n$/u],
  [['match', '--config'], /^vigie match: Option '--config <value>' argument missing: see `vigie help`\n$/u],
])('a wrong option: %j', async (args, said) => {
  const { code, err } = await vigie(args);
  expect([code, err]).toEqual([2, typeof said === 'string' ? said : expect.stringMatching(said)]);
});

// `every: 1m` in the document: whether it is too often depends on the plan of the service, not on this machine.
test.each([
  [['match', '--config', config], ENTRY, 'no rule matches any of 1 entry\n'],
  [['match', '--config', config], ENTRY.repeat(2), 'no rule matches any of 2 entries\n'],
  [['match', '--config', config], '', 'no entries were read from standard input\n'],
  [['render', '--channel', 'console', '--config', config], ENTRY, 'no rule matches any of 1 entry\n'],
  [['backtest', '--config', config], ENTRY, 'no rule matches any of 1 entry\n'],
  [['stories', '--config', config], ENTRY, 'no rule matches any of 1 entry\n'],
  [['match', '--config', config], ENTRY.replace('Calm', 'Storm'), ''],
  [['stories', '--config', config], ENTRY.replace('Calm', 'Storm'), ''],
])('standard error of %j for the entries %j', async (args, input, said) => {
  const { code, err } = await vigie(args, { input });
  expect([code, err]).toEqual([0, said]);
});
