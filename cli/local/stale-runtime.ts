/**
 * The runtime is a process of its own: kill -9 of the service leaves it running, on the same state, delivering what the
 * next service delivers too. Its number is kept beside the state, and the next service ends it before it begins.
 */
import { execFileSync } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FILE = 'workerd.pid';
/** Longest wait for a killed process to be gone. */
const END_MS_MAX = 5000;
const END_POLL_MS = 20;

interface Child {
  readonly pid?: number;
  readonly spawnfile: string;
  once(event: 'spawn', then: () => void): void;
}

/** From now on the state folder says which process is its newest runtime. @param state absolute, existing */
export function rememberRuntime(state: string): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: Child };
    // Told before it is spawned: neither name nor number are there yet.
    child.once('spawn', () => {
      if (child.pid === undefined || !/workerd/u.test(child.spawnfile)) return;
      writeFileSync(join(state, FILE), `${child.pid}\n${identityOf(child.pid)}`);
    });
  });
}

/** Ends what a killed service left running on this state. Only for who holds the state's lock. */
export async function endStaleRuntime(state: string): Promise<void> {
  const [number = '', identity = ''] = lastRuntime(state).split('\n');
  const pid = Number(number);
  const isRunning = () => identity !== '' && identityOf(pid) === identity;
  if (!isRunning()) return;
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; isRunning() && waited < END_MS_MAX; waited += END_POLL_MS) await sleep(END_POLL_MS);
}

function lastRuntime(state: string): string {
  try {
    return readFileSync(join(state, FILE), 'utf8');
  } catch {
    // The state's first service.
    return '';
  }
}

/** When it began: numbers are used again, after a reboot soon. @returns '' where no such process is, or nobody can say */
function identityOf(pid: number): string {
  try {
    // Slim containers have no ps. proc_pid_stat(5): field 22, counted behind the name, which may hold spaces.
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
