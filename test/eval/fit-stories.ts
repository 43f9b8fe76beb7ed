/**
 * `node test/eval/fit-stories.ts`: makes the weights of lib/story/similarity.ts anew from the open events, by logistic
 * regression over pairs of reports at most 72 h apart, as they happened and squeezed into few days. Prints them, with the
 * events split in two so that one can see what is learned from one half is worth on the other.
 */
import { matchEntry } from '../../lib/match/run/match.ts';
import type { Report } from '../../lib/model/story.ts';
import { factsOf } from '../../lib/story/facts.ts';
import { Rarity } from '../../lib/story/rarity.ts';
import { reportOf } from '../../lib/story/report.ts';
import { FEATURES, featuresOf } from '../../lib/story/similarity.ts';
import { isNearCopy } from '../../lib/story/words.ts';
import { bundleOf, readCases } from './cases.ts';
import { type EventEntry, entriesOf, squeezed } from './stories.ts';

const HOUR_MS = 3_600_000;
/** Pairs of one event are few: they weigh a little more than they are. */
const BALANCE = 0.3;
const STEPS = 1_500;

interface Pair {
  readonly features: readonly number[];
  readonly same: boolean;
}

const { rules, lexicon } = await bundleOf('config/watch.yaml');

function pairsOf(cases: readonly EventEntry[]): Pair[] {
  const eventOf = new Map(cases.map(({ id, event }) => [id, event]));
  const reports = entriesOf(cases)
    .filter((entry) => matchEntry(rules, entry).length > 0)
    .map((entry) =>
      reportOf(entry, { facts: factsOf(entry, lexicon), grade: null, seen: entry.published ?? 0 }),
    )
    .sort((a, b) => a.at - b.at);
  return reports.flatMap((report, i) => {
    const earlier = reports.slice(0, i + 1).filter(({ at }) => report.at - at <= 120 * HOUR_MS);
    const rarity = new Rarity();
    for (const other of earlier) rarity.add(other);
    return earlier
      .filter((other) => isWorthLearning(report, other))
      .map((other) => ({
        features: featuresOf(report, other, rarity),
        same: eventOf.get(report.entry) === eventOf.get(other.entry),
      }));
  });
}

function isWorthLearning(a: Report, b: Report): boolean {
  return a !== b && a.at - b.at <= 72 * HOUR_MS && !isNearCopy(a.facts, b.facts);
}

/** Adam on the logistic loss: plain gradient descent takes for ever on features of unlike sizes. */
function learned(pairs: readonly Pair[]): number[] {
  const weights = FEATURES.map(() => 0);
  const mean = FEATURES.map(() => 0);
  const square = FEATURES.map(() => 0);
  const same = pairs.filter((pair) => pair.same).length;
  const more = (count: number) => 1 + BALANCE * (pairs.length / (2 * count) - 1);
  const importance = { same: more(same), other: more(pairs.length - same) };
  for (let step = 1; step <= STEPS; step++) {
    const slope = gradient(pairs, weights, importance);
    slope.forEach((g, k) => {
      mean[k] = 0.9 * mean[k]! + 0.1 * g;
      square[k] = 0.999 * square[k]! + 0.001 * g * g;
      const size = Math.sqrt(square[k]! / (1 - 0.999 ** step)) + 1e-8;
      weights[k] = weights[k]! - (0.05 * (mean[k]! / (1 - 0.9 ** step))) / size;
    });
  }
  return weights;
}

function gradient(
  pairs: readonly Pair[],
  weights: readonly number[],
  importance: { readonly same: number; readonly other: number },
): number[] {
  const slope = weights.map((weight, k) => (k === 0 ? 0 : 0.0002 * weight));
  for (const { features, same } of pairs) {
    const odds = features.reduce((sum, value, k) => sum + value * weights[k]!, 0);
    const error = 1 / (1 + Math.exp(-odds)) - (same ? 1 : 0);
    const weight = ((same ? importance.same : importance.other) * error) / pairs.length;
    features.forEach((value, k) => {
      slope[k] = slope[k]! + weight * value;
    });
  }
  return slope;
}

/** Share of pairs on the right side of zero, of one event and of two. */
function score(pairs: readonly Pair[], weights: readonly number[]): string {
  const right = (same: boolean) => {
    const some = pairs.filter((pair) => pair.same === same);
    const hits = some.filter(
      ({ features }) => features.reduce((sum, value, k) => sum + value * weights[k]!, 0) > 0 === same,
    );
    return (hits.length / some.length).toFixed(3);
  };
  return `${right(true)} of pairs of one event, ${right(false)} of pairs of two`;
}

const cases = readCases<EventEntry>('story/events.jsonl').filter(({ event }) => event.startsWith('n'));
const learn = (some: readonly EventEntry[]) => [...pairsOf(some), ...pairsOf(squeezed(some))];
const events = [...new Set(cases.map(({ event }) => event))].sort();
const half = (rest: number) => cases.filter(({ event }) => events.indexOf(event) % 2 === rest);
for (const [taught, tried] of [
  [0, 1],
  [1, 0],
] as const) {
  const weights = learned(learn(half(taught)));
  console.log(`one half, on the other: ${score(learn(half(tried)), weights)}`);
}
const weights = learned(learn(cases));
console.log(`all, on itself: ${score(learn(cases), weights)}`);
FEATURES.forEach((name, k) => {
  console.log(`${name.padEnd(16)} ${weights[k]!.toFixed(2)}`);
});
