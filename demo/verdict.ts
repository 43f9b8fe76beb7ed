/** The table at the end of the demo, from the logs of the newsroom and the receiver. */
import type { Newsroom, StagedEntry } from './newsroom/newsroom.ts';
import type { Received, ReceivedAlert } from './receiver.ts';

interface Counts {
  readonly served: number;
  /** Entries that must alert. */
  readonly matched: number;
  /** Entries named by an alert: as its entry, or in its tree of sources. */
  readonly alerted: number;
  /** Entries alerted in two stories. */
  readonly repeated: number;
  /** Entries alerted that must not. Items listed before the start may be in a story's tree of sources. */
  readonly wrong: number;
  /** Entries that must alert and did not. */
  readonly lost: number;
}

const NOTHING: Counts = { served: 0, matched: 0, alerted: 0, repeated: 0, wrong: 0, lost: 0 };

export interface Verdict {
  readonly table: string;
  readonly passed: boolean;
}

const LANGUAGES_MIN = 12;

export function verdictOf(newsroom: Newsroom, log: readonly Received[]): Verdict {
  const alerts = log.flatMap((delivery) => delivery.alerts);
  const all = languageRows(newsroom, storiesByUrl(alerts));
  const sum = all.reduce((total, row) => added(total, row), { ...NOTHING });
  const languages = all.filter((row) => row.alerted > 0).length;
  const unsigned = log.filter(({ verified }) => !verified).length;
  const resent = log.length - new Set(log.map(({ id }) => id)).size;
  const again = repeatedAlerts(log);
  const unserved = newsroom.entries.filter((entry) => entry.served === 0).length;
  const stories = new Set(alerts.map(({ story }) => story)).size;
  const lines = [
    'language     served matched alerted repeated wrong lost',
    ...all.map((row) => line(row.language, row)),
    line('total', sum),
    '',
    `${sum.alerted} reports in ${languages} languages became ${stories} ${stories === 1 ? 'story' : 'stories'}; ${again} alerts were sent twice`,
    `${log.length} deliveries, ${unsigned} with a bad signature, ${resent} sent again under the same id`,
    `${newsroom.requests} requests to the newsroom, ${newsroom.notModified} answered 304, ${unserved} entries never fetched`,
  ];
  const clean = sum.repeated + sum.wrong + sum.lost + again + unsigned + unserved === 0;
  return { table: lines.join('\n'), passed: clean && languages >= LANGUAGES_MIN && stories < sum.alerted };
}

/** Developments sent with two ids. The same id twice is not a repetition: receivers drop it (it comes after a crash). */
function repeatedAlerts(log: readonly Received[]): number {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, alerts } of log) {
    for (const { key } of alerts) idsOf.set(key, (idsOf.get(key) ?? new Set()).add(id));
  }
  return [...idsOf.values()].filter(({ size }) => size > 1).length;
}

/** Stories whose alerts name each address. */
function storiesByUrl(alerts: readonly ReceivedAlert[]): Map<string, Set<string>> {
  const storiesOf = new Map<string, Set<string>>();
  for (const { story, urls } of alerts) {
    for (const url of urls) storiesOf.set(url, (storiesOf.get(url) ?? new Set()).add(story));
  }
  return storiesOf;
}

function languageRows(
  newsroom: Newsroom,
  storiesOf: ReadonlyMap<string, ReadonlySet<string>>,
): (Counts & { language: string })[] {
  const rows = new Map<string, Counts & { language: string }>();
  for (const entry of newsroom.entries) {
    if (entry.served === 0) continue;
    const { language } = entry.feed;
    const counts = countsOf(entry, storiesOf.get(entry.url)?.size ?? 0);
    rows.set(language, { language, ...added(rows.get(language) ?? NOTHING, counts) });
  }
  return [...rows.values()];
}

/** Counts of one served entry. @param stories in which it was alerted */
function countsOf(entry: StagedEntry, stories: number): Counts {
  const wanted = entry.line.expect && entry.stage !== 'before';
  return {
    served: 1,
    matched: wanted ? 1 : 0,
    alerted: stories > 0 ? 1 : 0,
    repeated: Math.max(0, stories - 1),
    wrong: !entry.line.expect && stories > 0 ? 1 : 0,
    lost: wanted && stories === 0 ? 1 : 0,
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
