/**
 * `npm start`: runs the service in workerd on this machine, fires its ticks, and keeps its configuration in sync with a
 * file. Prints one line `ready …` on standard output; the Worker's log goes to standard error.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isVariable } from '../lib/model/variable.ts';
import { bundleWeb } from './local/bundle-web.ts';
import { bundleWorker } from './local/bundle-worker.ts';
import { EXIT } from './local/command.ts';
import { ConfigSync } from './local/config-sync.ts';
import { type DocumentFile, readDocumentFile, variablesNamed } from './local/document.ts';
import { startRuntime } from './local/runtime.ts';
import { endStaleRuntime, rememberRuntime } from './local/stale-runtime.ts';
import { lockState } from './local/state-lock.ts';
import { startTicker } from './local/ticker.ts';
import { workerVariables } from './local/worker-variables.ts';

const USAGE = `usage: npm start -- [--config FILE] [--port N] [--state DIR] [--host ADDRESS] [--every SECONDS]
                      [--pass NAME[,NAME]] [--allow-loopback]
  --config FILE      the configuration file (config/watch.yaml); read again when it changes
  --port N           port to listen on (8787); 0: any free port
  --state DIR        folder for the state of the service (state)
  --host ADDRESS     address to listen on (127.0.0.1)
  --every SECONDS    time between ticks (60); 0: no ticks, GET /cdn-cgi/local/scheduled?time=MS fires one
  --pass NAME,NAME   environment variables that documents saved on the pages or by API may use as \${NAME}; the
                     configuration file may use any
  --allow-loopback   allow feeds and channels on this machine
`;

const PARENT_POLL_MS = 500;

interface Options {
  readonly config: string;
  readonly port: number;
  readonly state: string;
  readonly host: string;
  readonly everySeconds: number;
  readonly pass: readonly string[];
  readonly allowLoopback: boolean;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) return EXIT.usage;
  const token = adminToken();
  if (token === null) return EXIT.usage;
  const read = readDocumentFile(options.config);
  const state = resolve(options.state);
  // If a configuration is in force from before, the service starts with it: otherwise it would watch nothing.
  if (read.kind === 'bad' && !existsSync(state)) {
    process.stderr.write(read.report);
    return EXIT.badInput;
  }
  const lock = await lockState(state);
  if (lock.kind === 'refused') {
    process.stderr.write(`start: ${lock.reason}\n`);
    return EXIT.badInput;
  }
  try {
    return await serve({ ...options, state }, { read, token });
  } catch (error) {
    process.stderr.write(`start: ${inOneLine(error, { ...options, state })}\n`);
    return EXIT.badInput;
  } finally {
    lock.release();
  }
}

async function serve(
  options: Options,
  { read, token }: { read: DocumentFile; token: string },
): Promise<number> {
  await endStaleRuntime(options.state);
  rememberRuntime(options.state);
  const bound = read.kind === 'bad' ? [] : variablesNamed(read.document);
  const runtime = await startRuntime({
    script: bundleWorker(),
    host: options.host,
    port: options.port,
    state: options.state,
    pages: await bundleWeb(),
    variables: await workerVariables(bound, options, token),
    onLog: printLog,
  });
  const configSync = new ConfigSync(runtime, options, { token, bound });
  const stop = onSignals();
  if (!(await configSync.begin(read))) {
    await runtime.stop();
    return EXIT.badInput;
  }
  process.stdout.write(`ready ${runtime.url}/#token=${token}\n`);
  const ticker = startTicker(runtime.url, options.everySeconds * 1000);
  configSync.watch();
  await stop;
  ticker.stop();
  await configSync.stop();
  await runtime.stop();
  return EXIT.done;
}

/** The error of the runtime or a build in one line, without its stack. A build gives its reason after the first line. */
function inOneLine(error: unknown, { host, port, state }: Options): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/address.*in use|EADDRINUSE/i.test(message))
    return `port ${port} on ${host} is in use; use another --port`;
  const lines = message.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return `the service could not be started on ${state}: ${lines.slice(0, 4).join(' · ').slice(0, 400)}`;
}

function readOptions(): Options | null {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string', default: 'config/watch.yaml' },
        port: { type: 'string', default: '8787' },
        state: { type: 'string', default: 'state' },
        host: { type: 'string', default: '127.0.0.1' },
        every: { type: 'string', default: '60' },
        pass: { type: 'string', multiple: true, default: [] },
        'allow-loopback': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    const everySeconds = Number(values.every);
    if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535 || !isEvery(everySeconds)) {
      throw new Error(values.help ? '' : '--port takes 0 to 65535, --every 0 or 1 to 86400 seconds');
    }
    const { config, state, host } = values;
    return {
      config,
      port,
      state,
      host,
      everySeconds,
      pass: passed(values.pass),
      allowLoopback: values['allow-loopback'],
    };
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error && error.message ? `start: ${error.message}\n` : ''}${USAGE}`,
    );
    return null;
  }
}

/** From VIGIE_TOKEN, else a new one for each start. @returns null after an error message: it is too short to be safe */
function adminToken(): string | null {
  const given = process.env['VIGIE_TOKEN'];
  if (given === undefined || given === '') return randomBytes(24).toString('base64url');
  if (/^[\x21-\x7e]{24,}$/.test(given)) return given;
  process.stderr.write(
    `start: VIGIE_TOKEN is too short or has blanks: it needs 24 printable characters or more; unset it for a new token at each start\n`,
  );
  return null;
}

/** Names given with --pass. A variable that is not set is reported at once: it is probably misspelt. */
function passed(lists: readonly string[]): string[] {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim());
  for (const name of names) {
    if (!isVariable(name))
      throw new Error(`--pass ${name}: not the name of a variable, or reserved for the service (VIGIE_…)`);
    if ((process.env[name] ?? '') === '')
      throw new Error(`--pass ${name}: the environment variable is not set`);
  }
  return names;
}

/** From 1 s (tests) to 1 day (more would be a mistake of units); 0: no ticks. */
function isEvery(seconds: number): boolean {
  return seconds === 0 || (seconds >= 1 && seconds <= 86_400);
}

/** Alerts of a `console` channel on standard output, everything else on standard error. */
function printLog(level: string, line: string): void {
  if (level === 'log') process.stdout.write(`${line}\n`);
  else process.stderr.write(`${line}\n`);
}

function onSignals(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => done());
    if (process.env['npm_lifecycle_event'] === 'start') onParentGone(done);
  });
}

/** Calls `then` when the parent ends: npm does not pass SIGTERM on, and a user who stops `npm start` means the service. */
function onParentGone(then: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) then();
  }, PARENT_POLL_MS).unref();
}

process.exitCode = await main();
process.exit();
