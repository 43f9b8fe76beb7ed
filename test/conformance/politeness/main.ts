/**
 * Scores the service's politeness from outside: `node test/conformance/politeness/main.ts [P07 …]`. Every publisher
 * is a server on loopback, every hour is replayed. Ends with 0 only if every check passes. Not part of `npm test`.
 */
import { loopbackCertificate } from './certificate.ts';
import { dealt, replay } from './drive.ts';
import type { Log } from './log.ts';
import type { RunName, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/table.ts';
import { CHECKS, lineOf, scoreOf, type Verdict } from './score.ts';

const asked = process.argv.slice(2);
const scenarios = SCENARIOS.filter(({ id }) => asked.length === 0 || asked.includes(id));
const runs = [...new Set(scenarios.map(({ run }) => run))];
// Each service is ended with us.
process.setMaxListeners(50);
const certificate = loopbackCertificate();

async function judged(run: RunName, shard: readonly Scenario[]): Promise<Verdict[]> {
  const started = performance.now();
  const logs = await replay(run, shard, certificate);
  const seconds = Math.round((performance.now() - started) / 1000);
  const requests = [...logs.values()].reduce((sum, { asked }) => sum + asked.length, 0);
  process.stderr.write(
    `${run}: ${[...logs.values()][0]?.ticks.length} ticks, ${requests} requests, ${seconds} s\n`,
  );
  return [...logs].map(([scenario, log]) => verdictOf(scenario, log));
}

function verdictOf({ id, title, hard = false, judge }: Scenario, log: Log): Verdict {
  return { id, title, hard, reason: judge(log) };
}

const verdicts = (
  await Promise.all(runs.flatMap((run) => dealt(run, scenarios).map((shard) => judged(run, shard))))
)
  .flat()
  .sort((a, b) => (a.id < b.id ? -1 : 1));
for (const verdict of verdicts) console.log(lineOf(verdict));
const { passed, line } = scoreOf(verdicts);
console.log(line);
process.exitCode = passed === CHECKS ? 0 : 1;
