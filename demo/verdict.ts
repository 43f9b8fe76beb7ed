/** The table at the end, from the newsroom's and the receiver's own logs. */
import type { Newsroom, StagedEntry } from './newsroom/newsroom.ts';
import type { Received, ReceivedAlert } from './receiver.ts';

interface Counts {
  readonly served: number;
  /** Of these, what a reader wants to be told. */
  readonly matched: number;
  /** Named by an alert: as its entry, or in its tree of sources. */
  readonly told: number;
  /** Told in two stories. */
  readonly repeated: number;
  /** Told although nobody wants to hear of it. What was listed before may stand in a story's tree, as its beginning. */
  readonly wrong: number;
  readonly lost: number;
}

const NOTHING: Counts = { served: 0, matched: 0, told: 0, repeated: 0, wrong: 0, lost: 0 };

export interface Verdict {
  readonly table: string;
  readonly passed: boolean;
}

const LANGUAGES_MIN = 12;

export function verdictOf(newsroom: Newsroom, log: readonly Received[]): Verdict {
  const alerts = log.flatMap((delivery) => delivery.alerts);
  const all = languageRows(newsroom, storiesByUrl(alerts));
  const sum = all.reduce((total, row) => added(total, row), { ...NOTHING });
  const languages = all.filter((row) => row.told > 0).length;
  const unsigned = log.filter(({ verified }) => !verified).length;
  const resent = log.length - new Set(log.map(({ id }) => id)).size;
  const again = repeatedAlerts(log);
  const unserved = newsroom.entries.filter((entry) => entry.served === 0).length;
  const stories = new Set(alerts.map(({ story }) => story)).size;
  const lines = [
    'language     served matched    told repeated wrong lost',
    ...all.map((row) => line(row.language, row)),
    line('total', sum),
    '',
    `${sum.told} reports in ${languages} languages became ${stories} ${stories === 1 ? 'story' : 'stories'}; ${again} alerts were told twice`,
    `${log.length} deliveries, ${unsigned} with a bad signature, ${resent} sent again under the same id`,
    `${newsroom.requests} requests to the newsroom, ${newsroom.notModified} answered 304, ${unserved} entries never fetched`,
  ];
  const clean = sum.repeated + sum.wrong + sum.lost + again + unsigned + unserved === 0;
  return { table: lines.join('\n'), passed: clean && languages >= LANGUAGES_MIN && stories < sum.told };
}

/** The same development under two ids: the same id again is not one (it came after a crash). */
function repeatedAlerts(log: readonly Received[]): number {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, alerts } of log) {
    for (const { key } of alerts) idsOf.set(key, (idsOf.get(key) ?? new Set()).add(id));
  }
  return [...idsOf.values()].filter(({ size }) => size > 1).length;
}

/** Stories in which each address was told. */
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

/** What one served entry counts for. */
function countsOf(entry: StagedEntry, stories: number): Counts {
  const wanted = entry.line.expect && entry.stage !== 'before';
  return {
    served: 1,
    matched: wanted ? 1 : 0,
    told: stories > 0 ? 1 : 0,
    repeated: Math.max(0, stories - 1),
    wrong: !entry.line.expect && stories > 0 ? 1 : 0,
    lost: wanted && stories === 0 ? 1 : 0,
  };
}

function added(a: Counts, b: Counts): Counts {
  return {
    served: a.served + b.served,
    matched: a.matched + b.matched,
    told: a.told + b.told,
    repeated: a.repeated + b.repeated,
    wrong: a.wrong + b.wrong,
    lost: a.lost + b.lost,
  };
}

function line(name: string, row: Counts): string {
  const cells = [row.served, row.matched, row.told, row.repeated, row.wrong, row.lost];
  const widths = [7, 8, 8, 9, 6, 5];
  return name.padEnd(12) + cells.map((cell, i) => String(cell).padStart(widths[i] ?? 6)).join('');
}
