/**
 * `npm run dev`: the service and its pages while they are being changed. A change under worker/, lib/ or cli/ restarts the
 * service on the same state with the same token; a change under web/ or lib/ reloads the page in the browser.
 * Takes the options of `npm start` but for --port, which is the port of the pages here (5173).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SERVICE_FOLDERS = ['worker', 'lib', 'cli'];
/** Editors write a file in several steps. */
const SETTLE_MS = 150;
/** Answered by the service; every other path is a page or one of its sources, those of web/api among them. */
const SERVICE_PATHS =
  '^/(?:api|alerts|healthz|readyz|metrics|csp-reports|cdn-cgi)(?:[/?].*)?$(?<!\\.ts)(?<!\\.ts\\?.*)';

const { port: pagesPort, rest } = takePort(process.argv.slice(2));
const token = process.env['VIGIE_TOKEN'] ?? randomBytes(24).toString('base64url');
let service: ChildProcess | null = null;
let servicePort = '0';

/** Starts the service and waits for its line `ready …`; a service that does not start has said why. */
function startService(): Promise<void> {
  const args = ['cli/start.ts', '--port', servicePort, ...rest];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, VIGIE_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  service = child;
  return new Promise((done) => {
    child.once('exit', () => done());
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const port = /^ready http:\/\/[^/]+:(\d+)\//m.exec(text)?.[1];
      if (port === undefined) process.stdout.write(text);
      else servicePort = port;
      if (port !== undefined) done();
    });
  });
}

async function stopService(): Promise<void> {
  const child = service;
  if (child === null || child.exitCode !== null) return;
  const exited = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await exited;
}

/** Changes during a restart cause one more restart after it. */
function restartOnChange(): void {
  let timer: NodeJS.Timeout | undefined;
  let restart = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      restart = restart.then(async () => {
        await stopService();
        await startService();
        process.stdout.write('service restarted\n');
      });
    }, SETTLE_MS);
  };
  for (const folder of SERVICE_FOLDERS)
    watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
      if (name !== null && /\.(ts|yaml)$/.test(name)) changed();
    });
}

async function servePages(): Promise<string> {
  const target = { target: `http://127.0.0.1:${servicePort}`, changeOrigin: false };
  const server = await createServer({
    root: join(ROOT, 'web'),
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    server: {
      host: '127.0.0.1',
      port: pagesPort,
      proxy: { [SERVICE_PATHS]: target },
    },
  });
  await server.listen();
  return server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${pagesPort}/`;
}

function takePort(args: readonly string[]): { port: number; rest: readonly string[] } {
  const at = args.indexOf('--port');
  if (at < 0) return { port: 5173, rest: args };
  const port = Number(args[at + 1]);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    process.stderr.write(`dev: --port ${args[at + 1] ?? ''} is not a valid port; give one from 1 to 65535\n`);
    process.exit(2);
  }
  return { port, rest: args.toSpliced(at, 2) };
}

await startService();
if (servicePort === '0') process.exit(1);
restartOnChange();
process.stdout.write(`pages ${await servePages()}#token=${token}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopService().then(() => process.exit()));
