/** How well stories are told apart, and copies from independent reports, on labelled events. */
import { matchEntry } from '../../lib/match/run/match.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import type { Report } from '../../lib/model/story.ts';
import { factsOf } from '../../lib/story/facts.ts';
import { sourceGroups } from '../../lib/story/independence.ts';
import { replayStories } from '../../lib/story/replay.ts';
import { reportOf } from '../../lib/story/report.ts';
import { bundleOf, entryOf, readCases, type Sentence } from './cases.ts';

export interface EventEntry extends Sentence {
  readonly event: string;
  readonly publisher: string;
  readonly country: string;
  readonly published: string;
  readonly copy_of: string | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 38 events in ten days: as dense as the busiest ten days were. */
const DAYS_PER_EVENT = 10 / 38;

const bundle = await bundleOf('config/watch.yaml');

export function entriesOf(cases: readonly EventEntry[]): EntryText[] {
  return cases.map((one) =>
    entryOf(one, { publisher: one.publisher, country: one.country, published: Date.parse(one.published) }),
  );
}

/** The events laid over each other: each keeps its own course, their starts are spread evenly over few days. */
export function squeezed(cases: readonly EventEntry[]): EventEntry[] {
  const events = [...new Set(cases.map(({ event }) => event))].sort();
  const starts = new Map(events.map((event) => [event, firstOf(cases, event)]));
  const span = events.length * DAYS_PER_EVENT * DAY_MS;
  return cases.map((one) => {
    // Multiples of the golden ratio spread evenly, in an order that has nothing to do with the dates.
    const start = ((events.indexOf(one.event) * 0.618_033_988_75) % 1) * span;
    const at = Date.UTC(2025, 0, 1) + start + Date.parse(one.published) - (starts.get(one.event) ?? 0);
    return { ...one, published: new Date(at).toISOString() };
  });
}

const firstOf = (cases: readonly EventEntry[], event: string): number =>
  Math.min(...cases.filter((one) => one.event === event).map(({ published }) => Date.parse(published)));

/** B-cubed (Bagga and Baldwin 1998): per entry, how much of its story is of its event, and of its event in its story. */
function bCubed(pairs: readonly { readonly event: string; readonly story: string }[]): string {
  let precision = 0;
  let recall = 0;
  for (const { event, story } of pairs) {
    const mates = pairs.filter((other) => other.story === story);
    const siblings = pairs.filter((other) => other.event === event);
    const both = mates.filter((other) => other.event === event).length;
    precision += both / mates.length / pairs.length;
    recall += both / siblings.length / pairs.length;
  }
  const f1 = (2 * precision * recall) / (precision + recall);
  return `precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  f1 ${f1.toFixed(3)}`;
}

function storiesOf(cases: readonly EventEntry[]): string {
  const told = replayStories(bundle, entriesOf(cases));
  const storyOf = new Map(told.flatMap(({ story, entries }) => entries.map((entry) => [entry, story.id])));
  // An entry that the rule misses is a story of its own.
  return bCubed(cases.map(({ id, event }) => ({ event, story: storyOf.get(id) ?? id })));
}

/** For comparison: reports within three days of each other are one story. */
function byTimeAlone(cases: readonly EventEntry[]): string {
  const sorted = cases.toSorted((a, b) => Date.parse(a.published) - Date.parse(b.published));
  let last = 0;
  let story = 0;
  return bCubed(
    sorted.map(({ event, published }) => {
      const at = Date.parse(published);
      if (at - last > 2 * DAY_MS) story++;
      last = at;
      return { event, story: String(story) };
    }),
  );
}

export function evaluateStories(print: (line: string) => void): void {
  print('\n## stories (B-cubed)');
  for (const [name, file] of [
    ['open', 'story/events.jsonl'],
    ['sealed', 'story/sealed/events.jsonl'],
  ] as const) {
    const cases = readCases<EventEntry>(file).filter(({ event }) => event.startsWith('n'));
    if (cases.length === 0) continue;
    const dense = squeezed(cases);
    print(`${name}, ${new Set(cases.map(({ event }) => event)).size} events, ${cases.length} entries`);
    print(`  at their own dates  ${storiesOf(cases)}   time alone ${byTimeAlone(cases)}`);
    print(`  within days         ${storiesOf(dense)}   time alone ${byTimeAlone(dense)}`);
  }
}

/** Copies that pass for sources of their own, and independent reports that pass for copies. */
export function evaluateIndependence(print: (line: string) => void): void {
  print('\n## independence');
  const { lexicon } = bundle;
  for (const [name, file] of [
    ['open', 'story/events.jsonl'],
    ['sealed', 'story/sealed/events.jsonl'],
  ] as const) {
    const cases = readCases<EventEntry>(file);
    if (cases.length === 0) continue;
    const sum = { copies: 0, missed: 0, own: 0, folded: 0, feeds: 0, names: 0, sources: 0 };
    for (const event of Map.groupBy(cases, ({ event }) => event).values()) {
      const reports = entriesOf(event).map((entry) =>
        reportOf(entry, { facts: factsOf(entry, lexicon), grade: null, seen: entry.published ?? 0 }),
      );
      judge(event, reports, sum);
    }
    print(
      `${name}: ${sum.missed} of ${sum.copies} copies counted as independent, ${sum.folded} of ${sum.own} own reports folded; ` +
        `sources ${sum.sources} (counting feeds ${sum.feeds}, publishers' names ${sum.names})`,
    );
  }
}

function judge(
  event: readonly EventEntry[],
  reports: readonly Report[],
  sum: Record<'copies' | 'missed' | 'own' | 'folded' | 'feeds' | 'names' | 'sources', number>,
): void {
  const rootOf = (id: string): string => {
    const of = event.find((one) => one.id === id)?.copy_of;
    return of === undefined || of === null ? id : rootOf(of);
  };
  const groups = sourceGroups(reports);
  const groupOf = (id: string) =>
    groups.findIndex((group) => group.reports.some(({ entry }) => entry === id));
  for (const { id, copy_of } of event) {
    if (copy_of !== null) {
      sum.copies++;
      if (groupOf(id) !== groupOf(rootOf(id))) sum.missed++;
    } else {
      sum.own++;
      const mates = groups[groupOf(id)]?.reports ?? [];
      if (mates.some(({ entry }) => rootOf(entry) !== id)) sum.folded++;
    }
  }
  sum.feeds += event.length;
  sum.names += new Set(event.map(({ publisher }) => publisher)).size;
  sum.sources += event.filter(({ copy_of }) => copy_of === null).length;
}

interface PairSide extends Sentence {
  readonly publisher: string;
  readonly published: string;
}
interface Pair {
  readonly id: string;
  readonly same: boolean;
  /** Under which rule; left out: any of the document's. */
  readonly rule?: string;
  readonly a: PairSide;
  readonly b: PairSide;
}

function sidesOf({ a, b }: Pick<Pair, 'a' | 'b'>): EntryText[] {
  return [a, b].map((side, i) =>
    entryOf({ ...side, id: String(i) }, { publisher: side.publisher, published: Date.parse(side.published) }),
  );
}

/** Two entries alone: do they join? What the rule misses joins nothing. */
export async function evaluatePairs(print: (line: string) => void): Promise<void> {
  print('\n## pairs that look alike, pairs that do not');
  const plain = await bundleOf('test/eval/pairs.yaml');
  for (const [name, file, rules] of [
    ['open, shipped rule', 'story/pairs.jsonl', bundle],
    ['sealed, shipped rule', 'story/sealed/pairs.jsonl', bundle],
    ['open, twelve plain rules', 'story/pairs-2.jsonl', plain],
    ['sealed, twelve plain rules', 'story/sealed/pairs-2.jsonl', plain],
  ] as const) {
    const sum = { same: 0, joined: 0, different: 0, merged: 0, unmatched: 0 };
    for (const { same, rule, a, b } of readCases<Pair>(file)) {
      const entries = sidesOf({ a, b });
      if (!entries.every((entry) => matchEntry(rules.rules, entry).length > 0)) sum.unmatched++;
      const one = replayStories(rules, entries).some(
        ({ story, entries }) => entries.length === 2 && (rule ?? story.rule) === story.rule,
      );
      sum[same ? 'same' : 'different']++;
      if (one) sum[same ? 'joined' : 'merged']++;
    }
    print(
      `${name}: ${sum.joined} of ${sum.same} of one event joined, ${sum.merged} of ${sum.different} look-alikes merged; ` +
        `of all, ${sum.unmatched} with a side that the rule misses`,
    );
  }
}
