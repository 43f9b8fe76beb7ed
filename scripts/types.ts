/** Type-checks every part under its own rules, in parallel: the core and the Worker without Node, the rest with Node. */
import { spawn } from 'node:child_process';

const PROJECTS = ['lib', 'worker', 'web', 'test/web', '.'];

const codes = await Promise.all(
  PROJECTS.map(
    (project) =>
      new Promise<number>((resolve) => {
        spawn('tsc', ['-p', project], { stdio: 'inherit' }).on('close', (code) => resolve(code ?? 1));
      }),
  ),
);
process.exitCode = Math.max(...codes);
