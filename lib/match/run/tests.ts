/** Runs the tests that a configuration contains for its own rules. */
import type { Config, ConfigProblem, Places, RuleConfig, RuleTest } from '../../model/config.ts';
import type { EntryText } from '../../model/entry.ts';
import type { RuleId } from '../../model/flavor.ts';
import { problemAt } from '../../rule/problem.ts';
import { explain } from './explain.ts';
import { loadRules, type Rules } from './load.ts';

/** Code of a failing test. */
const TEST_FAILED = 'E_TEST_FAILED';

/** @returns an E_TEST_FAILED for each test with an unexpected result, in document order */
export function testProblems(config: Config, binary: Uint8Array, places: Places): ConfigProblem[] {
  const rules = loadRules(binary);
  const problems: ConfigProblem[] = [];
  config.rules.forEach((rule, at) => {
    const sides = [
      { key: 'match', tests: rule.tests.match, wanted: true },
      { key: 'no_match', tests: rule.tests.noMatch, wanted: false },
    ];
    for (const { key, tests, wanted } of sides) {
      tests.forEach((test, index) => {
        const fault = testFault(rules, rule.id, test, wanted);
        const path = `rules[${at}].tests.${key}[${index}]`;
        if (fault !== null) problems.push(problemAt(places, path, places.byPath[path] ?? null, fault));
      });
    }
  });
  return problems;
}

/** A rule with failing tests. All values survive JSON. */
export interface RedRule {
  readonly rule: RuleId;
  readonly title: string;
  /** Number of failing tests, at least 1. */
  readonly tests: number;
}

/** @param problems of this configuration, of any kind. @returns rules with failing tests, in document order */
export function redRules({ rules }: Pick<Config, 'rules'>, problems: readonly ConfigProblem[]): RedRule[] {
  const counts = new Map<number, number>();
  for (const { code, path } of problems) {
    const at = code === TEST_FAILED ? /^rules\[(\d+)\]\.tests/u.exec(path)?.[1] : undefined;
    if (at !== undefined) counts.set(Number(at), (counts.get(Number(at)) ?? 0) + 1);
  }
  return rules.flatMap(({ id, title }, at) => {
    const tests = counts.get(at) ?? 0;
    return tests === 0 ? [] : [{ rule: id, title, tests }];
  });
}

/** Result of one test. */
export interface TestResult {
  readonly side: 'match' | 'no_match';
  readonly test: RuleTest;
  /** Why the test failed; null: it passed. */
  readonly fault: { readonly message: string; readonly hint: string } | null;
}

/** @returns the result of each test of the rule, in document order */
export function testResults(rules: Rules, { id, tests }: RuleConfig): TestResult[] {
  const of = (side: TestResult['side'], list: readonly RuleTest[]): TestResult[] =>
    list.map((test) => ({ side, test, fault: testFault(rules, id, test, side === 'match') }));
  return [...of('match', tests.match), ...of('no_match', tests.noMatch)];
}

/** Why a test fails: what the rule lacks, or what it matches by mistake. */
function testFault(rules: Rules, rule: string, test: RuleTest, wanted: boolean) {
  const found = explain(rules, entryOf(test), rule);
  if (found === null || found.matched === wanted) return null;
  if (wanted) {
    const lack = found.clauses[found.failed ?? 0]?.shortfall;
    const hits = found.hits.map((hit) => (hit.concept === null ? hit.term : `@${hit.concept}`));
    const seen =
      hits.length === 0 ? 'none of its terms was found' : `found: ${[...new Set(hits)].join(', ')}`;
    return {
      code: TEST_FAILED,
      message: `rule '${rule}' does not match this`,
      hint: `${shortened(lack?.fails ?? '')}: ${lack?.why ?? 'fails'}; ${seen}`,
    };
  }
  const spans = found.clauses.flatMap((clause) => clause.spans.map((span) => span.term));
  const hint = `it matches by: ${[...new Set(spans)].join(', ')}`;
  return { code: TEST_FAILED, message: `rule '${rule}' matches this`, hint };
}

/** Longest expression in a hint. */
const HINT_UNITS_MAX = 200;

function shortened(text: string): string {
  return text.length <= HINT_UNITS_MAX ? text : `${text.slice(0, HINT_UNITS_MAX)}…`;
}

/** A test as an entry without facts other than its language. */
function entryOf(test: RuleTest): EntryText {
  return {
    id: 'test',
    title: test.title,
    summary: test.summary,
    content: '',
    url: null,
    lang: test.lang,
    publisher: null,
    country: null,
    feed: null,
    authors: [],
    tags: [],
    published: null,
  };
}
