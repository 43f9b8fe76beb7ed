/** Formats a story and the words that matched as JSON Lines or CSV. */
import { csvLine } from '../../../lib/alert/csv.ts';
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { eachTrace, type Traces } from '../../state/traces.ts';
import { byTime } from '../../text/format.ts';
import { partsOf, spansOf } from '../../text/marks.ts';
import { type Entry, repeatWords } from './origins.ts';

/** Loads the trace of every entry. Entries that the archive no longer has are left out. */
export async function tracesOf(
  story: WholeStory,
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<Traces> {
  const traces = new Map<string, EntryTrace>();
  await eachTrace(
    story.entries.map(({ id }) => id),
    signal,
    (id, trace) => {
      traces.set(id, trace);
      progress(traces.size);
    },
  );
  return traces;
}

/** One line for the story, then one for each entry, development and delivery; each says its `kind`. */
export function jsonLines(story: WholeStory, traces: Traces): string {
  const { entries, history, deliveries, times: _, ...facts } = story;
  const lines: object[] = [
    { kind: 'story', ...facts },
    ...entries.map((entry) => ({
      kind: 'entry',
      ...entry,
      ...evidence(story, traces.get(entry.id)),
    })),
    ...history.map(({ kind, ...note }) => ({ kind: 'development', development: kind, ...note })),
    ...deliveries.map((delivery) => ({ kind: 'delivery', ...delivery })),
  ];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

function evidence(story: WholeStory, trace: EntryTrace | undefined): object {
  const rule = trace?.rules.find(({ id }) => id === story.rule);
  if (trace === undefined) return { summary: null, spans: null };
  return {
    summary: trace.entry.summary,
    spans: rule === undefined ? null : spansOf(rule),
    quantities: rule?.quantities ?? null,
    configuration: trace.version,
  };
}

const COLUMNS = [
  'at',
  'seen',
  'publisher',
  'country',
  'language',
  'independent',
  'repeats',
  'title',
  'summary',
  'address',
  'parts',
  'words',
  'figures',
  'entry',
] as const;

/** One row for each entry, in order of time; RFC 4180. */
export function csv(story: WholeStory, traces: Traces): string {
  const rows = story.entries.toSorted(byTime).map((entry) => rowOf(story, entry, traces.get(entry.id)));
  return [COLUMNS, ...rows].map(csvLine).join('');
}

function rowOf(story: WholeStory, entry: Entry, trace: EntryTrace | undefined): string[] {
  const rule = trace?.rules.find(({ id }) => id === story.rule);
  const parts = trace === undefined || rule === undefined ? [] : partsOf(trace, rule);
  const figures = entry.figures.map(
    ({ value, title, by }) => `${value} ${title ?? ''} (${by ?? entry.publisher ?? 'unknown'})`,
  );
  return [
    entry.at,
    entry.seen,
    entry.publisher ?? '',
    entry.country ?? '',
    entry.lang ?? '',
    entry.repeats === null ? 'yes' : 'no',
    entry.repeats === null ? '' : `${entry.repeats.entry}: ${repeatWords(entry.repeats)}`,
    trace?.entry.title ?? entry.title,
    trace?.entry.summary ?? '',
    entry.url ?? '',
    parts.map(({ id }) => id).join('; '),
    parts.flatMap(({ words }) => words).join('; '),
    figures.join('; '),
    entry.id,
  ];
}

export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // By then the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
