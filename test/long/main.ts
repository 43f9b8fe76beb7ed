/**
 * `npm run test:long [-- --only fuzz,politeness] [--record]`: what takes too long for each change. Each step is a process of
 * its own; `--record` keeps how it ended in bench/record/.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, record: { type: 'boolean', default: false } },
});
const only = values.only === '' ? null : values.only.split(',');

const STEPS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'fuzz', command: ['test/long/fuzz.ts', '--minutes', '10'] },
  { name: 'chaos', command: ['test/chaos/main.ts', '--long', ...(values.record ? ['--record'] : [])] },
  { name: 'politeness', command: ['test/conformance/politeness/main.ts'] },
  { name: 'differential', command: ['test/conformance/differential.ts'] },
];

const results = STEPS.filter(({ name }) => only === null || only.includes(name)).map(({ name, command }) => {
  process.stdout.write(`--- ${name}\n`);
  const began = Date.now();
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`--- ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
  return { name, command: command.join(' '), passed: status === 0, seconds };
});

if (values.record) {
  const date = new Date().toISOString().slice(0, 10);
  const file = fileURLToPath(new URL(`../../bench/record/${date}-long.json`, import.meta.url));
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(file, `${JSON.stringify({ date, machine, steps: results }, null, 2)}\n`);
}
const failed = results.filter(({ passed }) => !passed).length;
process.stdout.write(`${results.length - failed} of ${results.length} long runs held\n`);
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;
