import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vigie } from './vigie.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-check-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HEAD = 'version: 1\nfeeds: [{ url: https://example.org/rss }]\n';
const good = file(
  'good.yaml',
  `${HEAD}rules:\n  - { id: r, query: soldat*3 NOT film }\n  - { id: s, query: other }\n`,
);
const bad = file('bad.yaml', `${HEAD}rules: [{ id: r, query: two words }]\n`);

test('check: a good configuration', async () => {
  expect(await vigie(['check', good])).toEqual({ code: 0, out: `${good}: ok\n`, err: '' });
});

test('check: a mistake with its place, as text and as JSON', async () => {
  const { code, out } = await vigie(['check', bad]);
  expect(code).toBe(1);
  expect(out).toContain(`${bad}:3:29: error E_MISSING_OPERATOR`);
  const json = await vigie(['check', bad, '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    ok: false,
    problems: [{ code: 'E_MISSING_OPERATOR', path: 'rules[0].query', line: 3, column: 29, length: 5 }],
  });
});

test('check: a file that is not UTF-8, with the place of the first byte that is not', async () => {
  const path = join(folder, 'latin-1.yaml');
  writeFileSync(path, Buffer.from(`\ufeff# 北\n${HEAD}rules: [{ id: r, query: "`, 'utf8'));
  appendFileSync(path, Buffer.from('é AND caf\xe9 AND \xfcber" }]\n', 'latin1'));
  const { code, out } = await vigie(['check', path]);
  expect(code).toBe(1);
  expect(out).toContain(`${path}:4:26: error E_ENCODING: the byte 0xE9 is not valid UTF-8`);
  expect((await vigie(['match', '--config', path])).err).toContain(`${path}:4:26: error E_ENCODING`);
});

test('check: which variables the document takes', async () => {
  const path = file(
    'variables.yaml',
    `${HEAD}# url: "\${NOT_THIS_ONE}"\nrules: [{ id: r, query: soldat*, notify: { to: [c] } }]\nchannels: { c: { kind: slack, url: "\${VARIABLE_NOBODY_SETS}" } }\n`,
  );
  const { code, out } = await vigie(['check', path]);
  expect([code, out]).toEqual([
    0,
    `${path}: ok\n${path}: needs in the service's environment VARIABLE_NOBODY_SETS (not set on this machine: VARIABLE_NOBODY_SETS)\n`,
  ]);
  const json = await vigie(['check', path, '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ ok: true, variables: ['VARIABLE_NOBODY_SETS'] });
});

test('check: the starter configuration and its rules’ tests', async () => {
  const { code, out } = await vigie(['check', 'config/watch.yaml']);
  expect(out).not.toContain(': error ');
  expect(code).toBe(0);
});

test('check: a file that is not there, and a wrong command line', async () => {
  expect((await vigie(['check', join(folder, 'none.yaml')])).code).toBe(1);
  expect((await vigie(['check'])).code).toBe(2);
  expect((await vigie(['check', good, '--colour'])).code).toBe(2);
});

const ENTRIES = [
  '{"id":"1","title":"Soldaten","unknown":[1]}',
  'not json',
  '{"title":"no id"}',
  '{"id":2,"title":"x","summary":"der Soldat","published":"2024-10-18T00:00:00Z"}',
  '',
  '{"id":"3","title":"Soldaten im film"}',
].join('\n');

test('match: spans of each match; bad lines do not stop the others', async () => {
  const { code, out, err } = await vigie(['match', '--config', good], { input: ENTRIES });
  expect(code).toBe(1);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    {
      id: '1',
      rule: 'r',
      spans: [{ field: 'title', start: 0, end: 8, term: 'soldat*3', concept: null }],
      quantities: [],
    },
    {
      id: '2',
      rule: 'r',
      spans: [{ field: 'summary', start: 4, end: 10, term: 'soldat*3', concept: null }],
      quantities: [],
    },
  ]);
  expect(err).toMatch(/^stdin:2:1: .*\nstdin:3:1: id: /u);
});

test('match --explain: every entry × rule with the first clause that failed', async () => {
  const { out } = await vigie(['match', '--config', good, '--rule', 'r', '--explain'], { input: ENTRIES });
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; failed: string | null });
  expect(lines.map(({ id, failed }) => [id, failed])).toEqual([
    ['1', null],
    ['2', null],
    ['3', 'NOT film'],
  ]);
});

test('match: a wrong configuration, and a wrong command line', async () => {
  expect((await vigie(['match', '--config', bad])).code).toBe(1);
  expect((await vigie(['match'])).code).toBe(2);
  expect((await vigie(['match', '--config', good, '--rule', 'none'])).code).toBe(2);
});

test('check: addresses that the service will not request', async () => {
  const refused = file(
    'refused.yaml',
    `version: 1
feeds: [{ url: http://10.0.0.1/rss }, { url: https://example.org/rss }, { url: http://rss.lan/x }]
allow_hosts: [rss.lan]
rules: [{ id: r, query: word, notify: { to: [hook] } }]
channels: { hook: { kind: webhook, url: "https://example.org:22/hook" } }
`,
  );
  const { code, out } = await vigie(['check', refused, '--json']);
  expect(code).toBe(0);
  const { problems } = JSON.parse(out) as { problems: { code: string; path: string }[] };
  expect(problems.map((problem) => [problem.code, problem.path])).toEqual([
    ['W_REFUSED_ADDRESS', 'feeds[0].url'],
    ['W_REFUSED_ADDRESS', 'channels.hook'],
  ]);
});
