/** `npm run bench`: every benchmark in turn, each in a process of its own. `-- --record` keeps the figures in bench/record/. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BENCHES = ['feed.ts', 'workerd.ts', 'tick.ts', 'match.ts', 'hostile-rules.ts', 'service.ts'];

let failed = 0;
for (const bench of BENCHES) {
  const file = fileURLToPath(new URL(bench, import.meta.url));
  if (!existsSync(file)) throw new Error(`${bench} is missing`);
  process.stdout.write(`\n# ${bench.replace('.ts', '')}\n`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', file, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
