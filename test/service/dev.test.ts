/** `npm run dev`: pages from their sources, the API of a real service behind them, and a token that survives a restart. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const TOKEN = 'a-token-that-stays-over-restarts';
const CONFIG = 'config/examples/cholera-outbreak.yaml';

let folder: string;
let dev: ChildProcess;
let pages = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-dev-'));
  const args = ['--port', '5199', '--every', '0', '--config', CONFIG, '--state', join(folder, 'state')];
  dev = spawn(process.execPath, ['scripts/dev.ts', ...args], {
    env: { ...process.env, VIGIE_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  pages = await new Promise((done) => {
    let text = '';
    dev.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const url = /^pages (\S+)#token=/m.exec(text)?.[1];
      if (url !== undefined) done(url);
    });
  });
});
afterAll(async () => {
  const exited = new Promise((done) => dev.once('exit', done));
  dev.kill('SIGTERM');
  await exited;
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['a page', '/rules', 200, '/@vite/client'],
  ['a source of the pages', '/api/client.ts', 200, 'ApiProblem'],
  ['the API', '/api/status', 200, '"tickSeconds":0'],
  ['health', '/healthz', 200, ''],
])('serves %s', async (_name, path, status, holds) => {
  const answer = await fetch(new URL(path, pages), { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(holds);
});

test('a token that is too short is refused before anything starts', () => {
  const { status, stderr } = spawnSync(process.execPath, ['cli/start.ts', '--port', '0'], {
    env: { ...process.env, VIGIE_TOKEN: 'short' },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('24 printable characters'),
  });
});
