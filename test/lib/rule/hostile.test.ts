/** Hostile rules and configurations: each is a clear mistake or compiles, and nothing leaks or is left behind. */
import { expect, test } from 'vitest';
import { formatProblem, readConfig } from '../../../lib/config/document/config.ts';
import { compileLoaded } from '../../../lib/match/compile/compile.ts';
import { loadRegexEngine } from '../../../lib/match/search/regex-engine.ts';
import { CANARY, hostileDocuments } from './hostile.ts';

await loadRegexEngine();

test.each([1, 2, 3, 4])('400 hostile documents of seed %i', (seed) => {
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  for (const { name, source } of hostileDocuments(seed, 400)) {
    const read = readConfig(source, { hasVariable: () => false });
    const compiled = read.config === null ? null : compileLoaded(read.config);
    const problems = [...read.problems, ...(compiled?.problems ?? [])];
    const isGood = compiled?.binary !== null && compiled !== null;
    const context = `${name}: ${source.slice(0, 200)}`;
    expect(isGood || problems.some(({ level }) => level === 'error'), context).toBe(true);
    for (const problem of problems) {
      expect(problem.code, context).toMatch(/^[EW]_[A-Z_]+$/u);
      expect(problem.message, context).not.toMatch(
        /undefined|\[object|\bat [A-Za-z]+ \(|\.ts:|node_modules/u,
      );
      expect(problem.offset, context).toBeLessThanOrEqual(source.length);
      expect(problem.line, context).toBeGreaterThan(0);
      expect(formatProblem(problem, source, 'c.yaml'), context).not.toContain(CANARY);
    }
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
  expect('polluted' in {}).toBe(false);
});
