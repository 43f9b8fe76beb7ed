/** A configuration in git and the one in force, as a user keeps them in sync from the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configForm } from '../../cli/local/config-form.ts';
import { type Service, startService } from '../../demo/service.ts';
import { readConfig } from '../../lib/config/document/config.ts';
import { packBundle } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { vigie } from '../cli/vigie.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-remote-'));
let service: Service;

const document = (word: string): string =>
  `version: 1\nfeeds: [{ url: "https://a.example.org/feed" }]\nrules: [{ id: r, query: ${word}, notify: { to: [log] } }]\nchannels: { log: { kind: console } }\n`;

const remote = (...args: string[]) =>
  vigie([...args, '--url', service.url], { env: { VIGIE_TOKEN: service.token } });

beforeAll(async () => {
  const config = join(folder, 'start.yaml');
  writeFileSync(config, document('first'));
  service = await startService({ config, state: join(folder, 'state'), variables: {} });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('pull, edit, push; a conflict loses neither side; history and rollback', async () => {
  const mine = join(folder, 'mine.yaml');
  const other = join(folder, 'other.yaml');
  expect(await remote('pull', mine)).toMatchObject({ code: 0 });
  expect(readFileSync(mine, 'utf8')).toBe(document('first'));
  await remote('pull', other);

  writeFileSync(mine, document('second'));
  expect(await remote('push', mine, '--reason', 'a second word')).toMatchObject({ code: 0 });

  writeFileSync(other, document('third'));
  const conflict = await remote('push', other);
  expect(conflict.code).toBe(1);
  expect(conflict.err).toContain('-rules: [{ id: r, query: second');
  expect(readFileSync(`${other}.theirs`, 'utf8')).toBe(document('second'));
  expect(readFileSync(other, 'utf8')).toBe(document('third'));
  const again = await remote('push', other);
  expect([again.code, again.err]).toEqual([1, conflict.err]);
  expect(await remote('push', other, '--mine')).toMatchObject({ code: 0 });
  const same = await remote('push', other);
  expect([same.code, same.out]).toEqual([0, expect.stringContaining('already the version in force')]);

  const { out } = await remote('history');
  expect(out.trim().split('\n')).toHaveLength(3);
  expect(out).toContain('a second word');
  expect(await remote('rollback')).toMatchObject({ code: 0 });
  await remote('pull', mine);
  expect(readFileSync(mine, 'utf8')).toBe(document('second'));
});

test.each([
  ['pull with a wrong token', ['pull', 'x.yaml'], 'wrong', /^the service refuses: Unauthorized/u],
  ['history with a wrong token', ['history'], 'wrong', /^the service refuses: Unauthorized/u],
  [
    'pull into a missing folder',
    ['pull', '/missing/x.yaml'],
    null,
    /^\/missing\/x\.yaml: cannot be written: no such/u,
  ],
])('%s', async (_name, args, token, said) => {
  const env = { VIGIE_TOKEN: token ?? service.token };
  const { code, out, err } = await vigie([...args, '--url', service.url], { env });
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(said);
});

test('the service, not this machine, knows how often it may poll: its refusal has the place and the fix', async () => {
  const file = join(folder, 'often.yaml');
  await remote('pull', file);
  writeFileSync(file, document('often').replace('feed"', 'feed", every: 1m'));
  const { code, err } = await remote('push', file);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^the service refuses: Invalid configuration\n {2}2:\d+: a feed can be polled at most every 5 minutes \(write every: 5m/u,
  );
});

test('a conflict is over once the file was edited', async () => {
  const file = join(folder, 'edited.yaml');
  writeFileSync(file, document('fourth'));
  expect(await remote('push', file)).toMatchObject({ code: 1 });
  expect(await remote('pull', file)).toMatchObject({ code: 1 });
  expect(await remote('push', file)).toMatchObject({ code: 1 });
  writeFileSync(file, document('fifth'));
  expect(await remote('push', file)).toMatchObject({ code: 0 });
});

test('a push of a file that nobody edited, refused, does not stand in the way of a pull', async () => {
  const file = join(folder, 'untouched.yaml');
  await remote('pull', file);
  const headers = { authorization: `Bearer ${service.token}` };
  await fetch(`${service.url}/api/config`, { method: 'PUT', headers, body: document('elsewhere') });
  expect(await remote('push', file)).toMatchObject({ code: 1 });
  expect(await remote('push', file)).toMatchObject({ code: 1 });
  expect(await remote('pull', file)).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toBe(document('elsewhere'));
});

test.each([
  ['without a boundary', 'multipart/form-data', 'x'],
  ['that is none', 'multipart/form-data; boundary=abc', 'no form'],
  [
    'that breaks off',
    'multipart/form-data; boundary=abc',
    '--abc\r\ncontent-disposition: form-data; name="source"',
  ],
  [
    'without a bundle',
    'multipart/form-data; boundary=abc',
    '--abc\r\ncontent-disposition: form-data; name="source"\r\n\r\nx\r\n--abc--\r\n',
  ],
])('a form %s is a mistake of its sender', async (_, type, body) => {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': type };
  const answer = await fetch(`${service.url}/api/config`, { method: 'PUT', headers, body });
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining('send the document as YAML'),
  ]);
});

test('a form with a document that is too large is refused, though what was made of it is not', async () => {
  const { config } = readConfig(document('seventh'), { hasVariable: null });
  const { binary } = config === null ? { binary: null } : await compileRules(config);
  if (config === null || binary === null) throw new Error('the test has a mistake');
  const source = `${document('seventh')}#${' '.repeat(5_000_000)}\n`;
  const body = configForm(source, packBundle(config, binary, await sha256Hex(source)));
  const headers = { authorization: `Bearer ${service.token}` };
  const answer = await fetch(`${service.url}/api/config`, { method: 'PUT', headers, body });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('E_LIMIT')]);
});

test('the shipped configuration, compiled larger than any document may be, is sent as it was compiled here', async () => {
  const shipped = join(folder, 'shipped.yaml');
  await remote('pull', shipped);
  const source = readFileSync(new URL('../../config/watch.yaml', import.meta.url), 'utf8');
  writeFileSync(shipped, source);
  expect(await remote('push', shipped)).toMatchObject({ code: 0, err: '' });
  const answer = await fetch(`${service.url}/api/config`, {
    headers: { authorization: `Bearer ${service.token}` },
  });
  expect(await answer.text()).toContain('nk-troop-deployment');
});

test('a variable that the service has not is missed, whoever compiled it', async () => {
  const file = join(folder, 'misplaced.yaml');
  await remote('pull', file);
  const channels = `channels: { log: { kind: slack, url: "\${NOT_THERE}" } }`;
  writeFileSync(
    file,
    document('sixth').replace(/^channels: .*$/mu, () => channels),
  );
  const { code, err } = await remote('push', file);
  expect([code, err]).toEqual([1, expect.stringContaining('NOT_THERE')]);
});

test('a document with a mistake is not sent, and its place is named', async () => {
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, document('a b'));
  const { code, err } = await remote('push', bad);
  expect([code, err.includes(`${bad}:3:`)]).toEqual([1, true]);
});
