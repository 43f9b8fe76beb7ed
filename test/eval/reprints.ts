/**
 * Stories with reprints, made of the labelled events by a seeded hand: what editors do to a wire (a new headline, words cut
 * and changed, sentences dropped, a credit put in or left out). Beside ours, the two counts that others make.
 */
import type { EntryText } from '../../lib/model/entry.ts';
import { factsOf } from '../../lib/story/facts.ts';
import { independentCount, sourceGroups } from '../../lib/story/independence.ts';
import { reportOf } from '../../lib/story/report.ts';
import { seeded } from '../chaos/seeded.ts';
import { bundleOf, readCases } from './cases.ts';
import { type EventEntry, entriesOf } from './stories.ts';

const STORIES = 240;
const SEED = 20_241_018;
/** Most of a wire's words that an editor changes. */
const EDIT_MAX = 0.25;
/** A wire is one agency's: reprints of one report name the same one, or none. */
const CREDITS = [' (Reuters)', ' — AFP', ' (AP)', ' (dpa)', ' (ANSA)', ' (EFE)', ' (Kyodo)'];

interface Made {
  readonly entry: EntryText;
  /** Id of the report it repeats; its own for an original. */
  readonly root: string;
}

export async function evaluateReprints(print: (line: string) => void): Promise<void> {
  const { lexicon } = await bundleOf('config/watch.yaml');
  const random = seeded(SEED);
  const events = [...Map.groupBy(readCases<EventEntry>('story/events.jsonl'), ({ event }) => event).values()];
  const sum = { copies: 0, own: 0, missed: 0, folded: 0, truth: 0, ours: 0, feeds: 0, names: 0 };
  for (let n = 0; n < STORIES; n++) {
    const made = storyOf(events[n % events.length] ?? [], n, random);
    const reports = made.map(({ entry }) =>
      reportOf(entry, { facts: factsOf(entry, lexicon), grade: null, seen: entry.published ?? 0 }),
    );
    const groups = sourceGroups(reports);
    const groupOf = (id: string) =>
      groups.findIndex(({ reports }) => reports.some(({ entry }) => entry === id));
    for (const { entry, root } of made) {
      const mates = groups[groupOf(entry.id)]?.reports ?? [];
      if (root !== entry.id) {
        sum.copies++;
        if (groupOf(entry.id) !== groupOf(root)) sum.missed++;
      } else {
        sum.own++;
        if (mates.some((mate) => made.find(({ entry }) => entry.id === mate.entry)?.root !== root))
          sum.folded++;
      }
    }
    sum.truth += made.filter(({ entry, root }) => entry.id === root).length;
    sum.ours += independentCount(groups, 'publisher');
    sum.feeds += made.length;
    sum.names += new Set(made.map(({ entry }) => entry.publisher)).size;
  }
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  print(`\n## reprints, ${STORIES} stories made of the open events, seed ${SEED}`);
  print(`falsely independent: ${sum.missed} of ${sum.copies} copies (${share(sum.missed, sum.copies)})`);
  print(`wrongly folded: ${sum.folded} of ${sum.own} own reports (${share(sum.folded, sum.own)})`);
  print(
    `independent sources: ${sum.truth}; ours ${sum.ours}, by feeds ${sum.feeds}, by publishers' names ${sum.names}`,
  );
}

/** Some originals of an event, some of them reprinted by one to three others. */
function storyOf(event: readonly EventEntry[], n: number, random: () => number): Made[] {
  const originals = entriesOf(event.filter(({ copy_of }) => copy_of === null))
    .sort(() => random() - 0.5)
    .slice(0, 2 + Math.floor(random() * 5));
  const named = JSON.stringify(originals);
  // An agency that reports itself, or is quoted, is behind its own report already.
  const agencies = CREDITS.filter((credit) => !named.includes(credit.replace(/[^\p{L}]/gu, '')));
  return originals.flatMap((entry, i) => {
    const copies = random() < 0.6 ? 1 + Math.floor(random() * 3) : 0;
    const reprints = Array.from({ length: copies }, (_, k) =>
      reprint(entry, { suffix: `r${n}-${k}`, agency: agencies[i] ?? '', random }),
    );
    return [{ entry, root: entry.id }, ...reprints.map((copy) => ({ entry: copy, root: entry.id }))];
  });
}

function reprint(
  entry: EntryText,
  { suffix, agency, random }: { suffix: string; agency: string; random: () => number },
): EntryText {
  const credit = random() < 0.7 ? agency : '';
  const changed = EDIT_MAX * random();
  const headline = random() < 0.5 ? edited(entry.title, 0.5, random) : entry.title;
  return {
    ...entry,
    id: `${entry.id}-${suffix}`,
    publisher: `Reprinter ${Math.floor(random() * 1_000)} ${suffix}`,
    title: headline,
    summary: `${edited(entry.summary, changed, random)}${credit}`,
    published: (entry.published ?? 0) + Math.floor(random() * 10 * 3_600_000),
  };
}

/** Each word goes, or becomes another, with that chance; in scripts without spaces each pair of characters. */
function edited(text: string, share: number, random: () => number): string {
  const spaced = text.includes(' ');
  const parts = spaced ? text.split(' ') : (text.match(/.{1,2}/gu) ?? []);
  const kept = parts.flatMap((part) => {
    if (random() >= share) return [part];
    return random() < 0.5 ? [] : [spaced ? 'reportedly' : '消息'];
  });
  return kept.join(spaced ? ' ' : '');
}
