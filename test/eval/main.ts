/**
 * `npm run eval [-- --verbose]`: how good rules, stories and independence are on labelled cases. Of the sealed third only
 * totals are printed: nobody looks at it while words and weights are made. Not a test: it measures.
 */
import { parseArgs } from 'node:util';
import { evaluateMatching } from './matching.ts';
import { evaluateReprints } from './reprints.ts';
import { evaluateIndependence, evaluatePairs, evaluateStories } from './stories.ts';

const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } });
const print = (line: string): void => void process.stdout.write(`${line}\n`);
await evaluateMatching(print, values.verbose);
evaluateStories(print);
await evaluatePairs(print);
evaluateIndependence(print);
await evaluateReprints(print);
