/**
 * `npm run test:fuzz [-- --minutes 10]`: every property with a new seed each round and twenty times the runs, until the
 * time is over. Each round prints its seed; ends with 1 at the first that fails.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const RUNS = 1_000;
const FOLDER = 'test/lib';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((name) => join(FOLDER, name))
  .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('/property.ts'));
const end = Date.now() + Number(values.minutes) * 60_000;

let rounds = 0;
while (Date.now() < end && process.exitCode !== 1) {
  const seed = randomBytes(4).readUInt32LE();
  const { status } = spawnSync('vitest', ['run', '--project', 'lib', '--reporter', 'dot', ...files], {
    stdio: 'inherit',
    env: { ...process.env, VIGIE_SEED: String(seed), VIGIE_FUZZ_RUNS: String(RUNS) },
  });
  rounds++;
  const verdict = status === 0 ? 'held' : `FAILED: repeat with VIGIE_SEED=${seed} VIGIE_FUZZ_RUNS=${RUNS}`;
  process.stdout.write(`fuzz: round ${rounds} of seed ${seed} ${verdict}\n`);
  process.exitCode = status === 0 ? 0 : 1;
}
process.stdout.write(`fuzz: ${files.length} files, ${rounds} rounds of up to ${RUNS} runs a property\n`);
