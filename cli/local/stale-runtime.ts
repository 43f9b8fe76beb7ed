/**
 * Ends the runtime of an earlier service. The runtime is a separate process: after kill -9 of the service it keeps running
 * on the same state, and would send the same alerts as the next service. So its process id is stored in the state folder,
 * and the next service ends it first.
 */
import { execFileSync } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FILE = 'workerd.pid';
/** Longest wait for a killed process to end. */
const END_MS_MAX = 5000;
const END_POLL_MS = 20;

interface Child {
  readonly pid?: number;
  readonly spawnfile: string;
  once(event: 'spawn', then: () => void): void;
}

/** Stores the id of each runtime process that is started from now on. @param state absolute, existing */
export function rememberRuntime(state: string): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: Child };
    // The message comes before the process is spawned, without its name and id.
    child.once('spawn', () => {
      if (child.pid === undefined || !/workerd/u.test(child.spawnfile)) return;
      writeFileSync(join(state, FILE), `${child.pid}\n${identityOf(child.pid)}`);
    });
  });
}

/** Ends the runtime that a killed service left running. Call it with the state's lock only. */
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
    // Outcome: the first service on this state.
    return '';
  }
}

/** Start time of a process, since process ids are reused. @returns '': no such process, or the time is not available */
function identityOf(pid: number): string {
  try {
    // Slim containers have no ps. proc_pid_stat(5): field 22, counted after the name, which may contain spaces.
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
