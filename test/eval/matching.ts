/** Precision and recall of the shipped rules on labelled sentences: in all, by language, by kind; every miss explained. */
import { existsSync } from 'node:fs';
import type { Bundle } from '../../lib/match/compile/bundle.ts';
import { explain } from '../../lib/match/run/explain.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import { bundleOf, entryOf, readCases, type Sentence } from './cases.ts';

interface Labelled extends Sentence {
  readonly match: boolean;
  readonly kind?: string;
  readonly why?: string;
}

/** Rule → the configuration that ships it, and open cases beside those of its name (of further authors, look-alikes). */
const RULES: readonly { rule: string; config: string; more?: readonly string[] }[] = [
  {
    rule: 'nk-troop-deployment',
    config: 'config/watch.yaml',
    more: [
      'nk-troop-deployment-2',
      'nk-troop-deployment-3',
      'nk-troop-deployment-4',
      'nk-troop-deployment-5',
      'nk-look-alikes',
    ],
  },
  { rule: 'cholera-outbreak', config: 'config/examples/cholera-outbreak.yaml' },
  { rule: 'semiconductor-export-controls', config: 'config/examples/semiconductor-export-controls.yaml' },
];

interface Score {
  found: number;
  missed: number;
  false: number;
  silent: number;
}

export async function evaluateMatching(print: (line: string) => void, verbose: boolean): Promise<void> {
  for (const { rule, config, more = [] } of RULES) {
    if (!existsSync(new URL(`../../${config}`, import.meta.url))) continue;
    const bundle = await bundleOf(config);
    const open = [rule, ...more].flatMap((name) => readCases<Labelled>(`match/${name}.jsonl`));
    print(`\n## ${rule}`);
    print(`open ${line(scoreOf(bundle, rule, open))}`);
    print(`sealed ${line(scoreOf(bundle, rule, readCases(`match/sealed/${rule}.jsonl`)))}`);
    if (!verbose) continue;
    table(print, bundle, rule, open, ({ lang }) => lang);
    table(print, bundle, rule, open, ({ kind, why }) => kind ?? why ?? 'other');
    for (const one of open) mistake(print, bundle, rule, one);
  }
}

const hits = (bundle: Bundle, rule: string, one: Labelled): boolean =>
  matchEntry(bundle.rules, entryOf(one)).some((match) => match.rule === rule);

function scoreOf(bundle: Bundle, rule: string, cases: readonly Labelled[]): Score {
  const score: Score = { found: 0, missed: 0, false: 0, silent: 0 };
  for (const one of cases) {
    const hit = hits(bundle, rule, one);
    if (one.match) score[hit ? 'found' : 'missed']++;
    else score[hit ? 'false' : 'silent']++;
  }
  return score;
}

function line({ found, missed, false: wrong, silent }: Score): string {
  const recall = found / (found + missed);
  const precision = found / (found + wrong);
  const f1 = (2 * recall * precision) / (recall + precision);
  const parts = [`${found + missed + wrong + silent} entries`];
  for (const [name, value] of Object.entries({ recall, precision, f1 }))
    parts.push(`${name} ${value.toFixed(3)}`);
  return parts.join('  ');
}

function table(
  print: (line: string) => void,
  bundle: Bundle,
  rule: string,
  cases: readonly Labelled[],
  keyOf: (one: Labelled) => string,
): void {
  for (const [key, some] of [...Map.groupBy(cases, keyOf)].sort(([a], [b]) => a.localeCompare(b))) {
    const { found, missed, false: wrong } = scoreOf(bundle, rule, some);
    if (missed + wrong > 0) print(`  ${key}: ${found} of ${found + missed} found, ${wrong} false`);
  }
}

function mistake(print: (line: string) => void, bundle: Bundle, rule: string, one: Labelled): void {
  const hit = hits(bundle, rule, one);
  if (hit === one.match) return;
  const why = explain(bundle.rules, entryOf(one), rule);
  const words = why?.hits.map(({ term, concept }) => concept ?? term) ?? [];
  print(`  ${one.match ? 'MISSED' : 'FALSE '} ${one.id} ${one.title} | ${one.summary ?? ''}`);
  print(`         hit: ${[...new Set(words)].join(' ')}`);
}
