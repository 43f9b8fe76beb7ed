/**
 * `npm start`: the service in workerd on this machine, with its ticker, and its configuration kept in step with a file.
 * Prints one line `ready …` on standard output; what the Worker logs goes to standard error.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, watchFile } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT } from './command.ts';
import { bundleWorker } from './local/bundle-worker.ts';
import { checkedDocument, variablesNamed } from './local/document.ts';
import { type Runtime, startRuntime } from './local/runtime.ts';
import { startTicker } from './local/ticker.ts';

const USAGE = `usage: npm start -- [--config FILE] [--port N] [--state DIR] [--host ADDRESS] [--every SECONDS] [--allow-loopback]
  --config FILE      the configuration (config/watch.yaml); read again whenever it changes
  --port N           where to serve (8787); 0 takes any free port
  --state DIR        where KV and the desk live (state)
  --host ADDRESS     address to listen on (127.0.0.1)
  --every SECONDS    time between ticks (60); 0 fires none: GET /cdn-cgi/local/scheduled?time=MS fires one
  --allow-loopback   feeds and channels may live on this machine
`;

interface Options {
  readonly config: string;
  readonly port: number;
  readonly state: string;
  readonly host: string;
  readonly everySeconds: number;
  readonly allowLoopback: boolean;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) return EXIT.usage;
  const token = randomBytes(24).toString('base64url');
  const document = readDocument(options.config);
  if (document === null) return EXIT.badInput;
  const runtime = await startRuntime({
    script: bundleWorker(),
    host: options.host,
    port: options.port,
    state: resolve(options.state),
    variables: variables(document, options, token),
    onLog: printLog,
  });
  const keeper = new ConfigKeeper(runtime, options, token);
  const stop = onSignals();
  if (!(await keeper.begin(document))) {
    await runtime.stop();
    return EXIT.badInput;
  }
  process.stdout.write(`ready ${runtime.url}/#token=${token}\n`);
  const ticker = startTicker(runtime.url, options.everySeconds * 1000);
  keeper.watch();
  await stop;
  ticker.stop();
  await runtime.stop();
  return EXIT.done;
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
        'allow-loopback': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    const everySeconds = Number(values.every);
    if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535 || !(everySeconds >= 0)) {
      throw new Error(values.help ? '' : '--port takes 0 to 65535, --every a number of seconds');
    }
    const { config, state, host } = values;
    return { config, port, state, host, everySeconds, allowLoopback: values['allow-loopback'] };
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error && error.message ? `start: ${error.message}\n` : ''}${USAGE}`,
    );
    return null;
  }
}

function readDocument(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    process.stderr.write(`${file}: cannot be read (${code})\n`);
    return null;
  }
}

/** What the Worker sees: our own settings, and of this process only what the configuration names. */
function variables(document: string, options: Options, token: string): Record<string, string> {
  const named = variablesNamed(document).flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const own = ['VIGIE_CONTACT', 'VIGIE_SUBSCRIBERS', 'VIGIE_PLAN'].flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries([...named, ...own]),
    VIGIE_TOKEN_SHA256: createHash('sha256').update(token).digest('hex'),
    VIGIE_TICK_SECONDS: String(options.everySeconds),
    VIGIE_ALLOW_LOOPBACK: String(options.allowLoopback),
  };
}

/** Publishes the file's document, now and at every change; a bad one leaves the last good one in force. */
class ConfigKeeper {
  private readonly runtime: Runtime;
  private readonly options: Options;
  private readonly token: string;
  private bound: string;

  constructor(runtime: Runtime, options: Options, token: string) {
    this.runtime = runtime;
    this.options = options;
    this.token = token;
    this.bound = '';
  }

  /** @returns false when the document is bad and there is none in force to go on with */
  async begin(document: string): Promise<boolean> {
    this.bound = variablesNamed(document).join(' ');
    if (await this.publish(document)) return true;
    const { status } = await fetch(`${this.runtime.url}/api/config`, { headers: this.headers() });
    if (status !== 200) return false;
    process.stderr.write('going on with the last good configuration\n');
    return true;
  }

  watch(): void {
    watchFile(this.options.config, { interval: 1_000, persistent: false }, () => {
      const document = readDocument(this.options.config);
      if (document !== null) void this.change(document);
    });
  }

  private async change(document: string): Promise<void> {
    const named = variablesNamed(document).join(' ');
    if (named !== this.bound) {
      await this.runtime.setVariables(variables(document, this.options, this.token));
      this.bound = named;
    }
    const taken = await this.publish(document);
    process.stderr.write(
      `${this.options.config}: ${taken ? 'in force' : 'not taken; the last good one stays in force'}\n`,
    );
  }

  private async publish(document: string): Promise<boolean> {
    const { errors, report } = checkedDocument(document, this.options.config);
    process.stderr.write(report);
    // Sent although it is bad: `/readyz` says so until a good one comes.
    const answer = await fetch(`${this.runtime.url}/api/config`, {
      method: 'PUT',
      headers: this.headers(),
      body: document,
    });
    if (errors === 0 && answer.status >= 500)
      process.stderr.write(`the desk did not take it: HTTP ${answer.status}\n`);
    return answer.ok;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

/** Alerts of a `console` channel on standard output, everything else on standard error. */
function printLog(level: string, line: string): void {
  if (level === 'log') process.stdout.write(`${line}\n`);
  else process.stderr.write(`${line}\n`);
}

function onSignals(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => done());
  });
}

process.exitCode = await main();
process.exit();
