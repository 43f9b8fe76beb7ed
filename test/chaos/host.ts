/**
 * Starts a wrapped Worker as `npm start` starts the plain one: same runtime, same flags, same `ready` line. In a process
 * of its own, so that it can be killed whole. The script is a file that the rig built (script.ts).
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startRuntime } from '../../cli/local/runtime.ts';
import { workerVariables } from '../../cli/local/worker-variables.ts';

const { values } = parseArgs({
  options: { config: { type: 'string', default: '' }, state: { type: 'string', default: '' } },
  strict: false,
});
const config = String(values.config);
const token = randomBytes(24).toString('base64url');
const options = {
  config,
  everySeconds: Number(process.env['CHAOS_TICK_SECONDS'] ?? '0'),
  pass: [],
  allowLoopback: true,
};
const state = resolve(String(values.state));
// Nobody looks at pages here.
const pages = `${state}-pages`;
mkdirSync(pages, { recursive: true });
const runtime = await startRuntime({
  script: readFileSync(process.env['CHAOS_SCRIPT'] ?? '', 'utf8'),
  host: '127.0.0.1',
  port: 0,
  state,
  pages,
  variables: await workerVariables([], options, token),
  onLog: (level, line) => process.stderr.write(`${level}: ${line}\n`),
});
const answer = await fetch(`${runtime.url}/api/config`, {
  method: 'PUT',
  headers: { authorization: `Bearer ${token}` },
  body: readFileSync(config, 'utf8'),
});
if (answer.ok) {
  process.stdout.write(`ready ${runtime.url}/#token=${token}\n`);
  await new Promise<void>((done) => process.once('SIGTERM', () => done()));
} else process.stderr.write(`error: configuration not taken: HTTP ${answer.status} ${await answer.text()}\n`);
await runtime.stop();
process.exit(answer.ok ? 0 : 1);
