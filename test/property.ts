/**
 * fast-check with the seed of the run: fixed, so that what one run finds is found by the next one, too. VIGIE_SEED takes
 * another seed, VIGIE_FUZZ_RUNS another number of runs: the long run (test/long/fuzz.ts) does.
 */
import fc from 'fast-check';
import { FIXED_SEED } from './chaos/seeded.ts';

const seed = Number(process.env['VIGIE_SEED'] ?? FIXED_SEED);
const runs = process.env['VIGIE_FUZZ_RUNS'];
fc.configureGlobal({ seed, ...(runs === undefined ? {} : { numRuns: Number(runs) }) });

/** As many runs as a check on each edit can pay for, or as the long run asks for. */
export const runsOr = (usual: number): number => Number(runs ?? usual);

export default fc;
