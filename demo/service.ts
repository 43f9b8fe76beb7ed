/** Starts the real service as a user does, in a process group of its own, so that all its processes can be killed. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface Service {
  readonly url: string;
  /** Of the admin. */
  readonly token: string;
  /** Of the process group's leader. */
  readonly pid: number;
  /** Fires the cron for that time, ms since 1970, and waits for the end of the tick, or of the service. */
  tick(time: number): Promise<void>;
  /** kill -9 of the process group. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const START = fileURLToPath(new URL('../cli/start.ts', import.meta.url));
const READY_MS_MAX = 30_000;

export async function startService(options: {
  config: string;
  state: string;
  variables: Record<string, string>;
  /** Another program that starts a Worker with the same flags; not given: `npm start`. */
  program?: string;
  /** Called with its standard error; not given: printed on ours. */
  onError?: (text: string) => void;
}): Promise<Service> {
  const args = [
    '--every',
    '0',
    '--port',
    '0',
    '--allow-loopback',
    '--config',
    options.config,
    '--state',
    options.state,
  ];
  const child = spawn(process.execPath, [options.program ?? START, ...args], {
    detached: true,
    env: { ...process.env, ...options.variables },
    stdio: ['ignore', 'pipe', options.onError === undefined ? 'inherit' : 'pipe'],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => options.onError?.(text));
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const group = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  const killWithUs = (): void => {
    try {
      group('SIGKILL');
    } catch {
      // Outcome: the process has ended already.
    }
  };
  process.once('exit', killWithUs);
  void exited.then(() => process.off('exit', killWithUs));
  const { url, token } = await ready(child.stdout, exited);
  return {
    url,
    token,
    pid: child.pid ?? 0,
    async tick(time) {
      try {
        await (await fetch(`${url}/cdn-cgi/local/scheduled?time=${time}`)).arrayBuffer();
      } catch {
        // Outcome: the service was killed during the tick.
      }
    },
    async kill() {
      group('SIGKILL');
      await exited;
    },
    async stop() {
      group('SIGTERM');
      await exited;
    },
  };
}

function ready(output: Readable | null, exited: Promise<void>): Promise<{ url: string; token: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('the service was not ready in 30 s')), READY_MS_MAX);
    void exited.then(() => reject(new Error('the service ended before it was ready')));
    output?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const [, url, token] = /^ready (\S+?)\/?#token=(\S+)$/m.exec(text) ?? [];
      if (url === undefined || token === undefined) return;
      clearTimeout(timer);
      resolve({ url, token });
    });
  });
}
