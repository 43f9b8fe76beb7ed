/** `vigie` as a program: that its arguments, streams, environment and exit code are those of its process. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../cli/vigie.ts', import.meta.url));
const ENTRY = '{"id":"1","title":"Storm","published":"2024-10-18T05:12:00Z"}';

test.each([
  ['standard input, 0', ['render', '--channel', 'console'], ENTRY, 0, /^ALERT .*Storm/u, /^$/u],
  ['a mistake in a line, 1', ['render', '--channel', 'console'], 'no json', 1, /^$/u, /^stdin:1:1: /u],
  [
    'the environment’s token, 2',
    ['history', '--url', 'http://127.0.0.1:1'],
    '',
    2,
    /^$/u,
    /1 cannot be reached/u,
  ],
  ['an unknown command, 2', ['fly'], '', 2, /^$/u, /unknown command 'fly'[\s\S]*usage: vigie/u],
  ['no command, 2', [], '', 2, /^$/u, /^usage: vigie/u],
  ['--help, 0', ['--help'], '', 0, /^usage: vigie/u, /^$/u],
])('%s', (_name, args, input, status, out, err) => {
  const run = spawnSync(process.execPath, [PROGRAM, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, VIGIE_TOKEN: 'token' },
  });
  expect(run.status).toBe(status);
  expect(run.stdout).toMatch(out);
  expect(run.stderr).toMatch(err);
});
