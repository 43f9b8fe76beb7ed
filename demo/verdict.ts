/** The table at the end, from the newsroom's and the receiver's own logs. */
import type { Newsroom, StagedEntry } from './newsroom/newsroom.ts';
import type { Received } from './receiver.ts';

interface Counts {
  readonly served: number;
  /** Of these, what a reader wants to be told. */
  readonly matched: number;
  readonly alerted: number;
  /** Told again under another id. */
  readonly repeated: number;
  /** Told although nobody wants to hear of it. */
  readonly wrong: number;
  readonly lost: number;
}

const NOTHING: Counts = { served: 0, matched: 0, alerted: 0, repeated: 0, wrong: 0, lost: 0 };

export interface Verdict {
  readonly table: string;
  readonly passed: boolean;
}

const LANGUAGES_MIN = 12;

export function verdictOf(newsroom: Newsroom, log: readonly Received[]): Verdict {
  const all = languageRows(newsroom, idsByUrl(log));
  const sum = all.reduce((total, row) => added(total, row), { ...NOTHING });
  const languages = all.filter((row) => row.alerted > 0).length;
  const unsigned = log.filter(({ verified }) => !verified).length;
  const resent = log.length - new Set(log.map(({ id }) => id)).size;
  const unserved = newsroom.entries.filter((entry) => entry.served === 0).length;
  const lines = [
    'language     served matched alerted repeated wrong lost',
    ...all.map((row) => line(row.language, row)),
    line('total', sum),
    '',
    `${languages} languages alerted · ${log.length} deliveries, ${unsigned} with a bad signature, ${resent} sent again under the same id`,
    `${newsroom.requests} requests to the newsroom, ${newsroom.notModified} answered 304, ${unserved} entries never fetched`,
  ];
  const clean = sum.repeated + sum.wrong + sum.lost + unsigned + unserved === 0;
  return { table: lines.join('\n'), passed: clean && languages >= LANGUAGES_MIN };
}

/** Ids under which each address was told: more than one is a repeat; the same id again is not (it came after a crash). */
function idsByUrl(log: readonly Received[]): Map<string, Set<string>> {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, urls } of log) {
    for (const url of urls) idsOf.set(url, (idsOf.get(url) ?? new Set()).add(id));
  }
  return idsOf;
}

function languageRows(
  newsroom: Newsroom,
  idsOf: ReadonlyMap<string, ReadonlySet<string>>,
): (Counts & { language: string })[] {
  const rows = new Map<string, Counts & { language: string }>();
  for (const entry of newsroom.entries) {
    if (entry.served === 0) continue;
    const { language } = entry.feed;
    const counts = countsOf(entry, idsOf.get(entry.url)?.size ?? 0);
    rows.set(language, { language, ...added(rows.get(language) ?? NOTHING, counts) });
  }
  return [...rows.values()];
}

/** What one served entry counts for. */
function countsOf(entry: StagedEntry, ids: number): Counts {
  const wanted = entry.line.expect && entry.stage !== 'before';
  return {
    served: 1,
    matched: wanted ? 1 : 0,
    alerted: ids > 0 ? 1 : 0,
    repeated: Math.max(0, ids - 1),
    wrong: !wanted && ids > 0 ? 1 : 0,
    lost: wanted && ids === 0 ? 1 : 0,
  };
}

function added(a: Counts, b: Counts): Counts {
  return {
    served: a.served + b.served,
    matched: a.matched + b.matched,
    alerted: a.alerted + b.alerted,
    repeated: a.repeated + b.repeated,
    wrong: a.wrong + b.wrong,
    lost: a.lost + b.lost,
  };
}

function line(name: string, row: Counts): string {
  const cells = [row.served, row.matched, row.alerted, row.repeated, row.wrong, row.lost];
  const widths = [7, 8, 8, 9, 6, 5];
  return name.padEnd(12) + cells.map((cell, i) => String(cell).padStart(widths[i] ?? 6)).join('');
}
