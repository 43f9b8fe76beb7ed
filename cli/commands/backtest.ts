/**
 * `vigie backtest --config NEW [--against OLD]`: reads entries; prints the matches of NEW, or those that it gains and
 * loses compared with OLD, then alerts per day and the hour with most alerts: with one alert for each entry, and
 * `asStories`, with the alerts that the desk would have sent. Nothing is sent.
 */

import { parseArgs } from 'node:util';
import { matchEntry } from '../../lib/match/run/match.ts';
import type { Config } from '../../lib/model/config.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import { DAY_MS, HOUR_MS } from '../../lib/model/time.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { type RulesFile, rulesOfFile } from './config-file.ts';
import type { EntryLine } from './entry-line.ts';
import { eachEntry } from './entry-stream.ts';
import { PreviewRun } from './preview.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { config: { type: 'string' }, against: { type: 'string' } },
  });
  if (values.config === undefined) throw new UsageError('--config is missing');
  const fresh = await rulesOfFile(values.config, terminal);
  const old = values.against === undefined ? null : await rulesOfFile(values.against, terminal);
  if (fresh === null || (values.against !== undefined && old === null)) return EXIT.badInput;
  const print = (value: object): void => {
    terminal.stdout.write(`${JSON.stringify(value)}\n`);
  };
  const found = new Tally(fresh.config);
  const before = old === null ? null : new Tally(old.config);
  let entries = 0;
  const code = await eachEntry(terminal, (entry, line) => {
    entries++;
    const caught = matchedBy(fresh, entry);
    found.add(line, caught);
    if (before === null || old === null) {
      for (const rule of caught) print({ change: 'caught', rule, id: entry.id, title: entry.title });
      return caught.size;
    }
    const known = matchedBy(old, entry);
    before.add(line, known);
    for (const rule of caught)
      if (!known.has(rule)) print({ change: 'caught', rule, id: entry.id, title: entry.title });
    for (const rule of known)
      if (!caught.has(rule)) print({ change: 'lost', rule, id: entry.id, title: entry.title });
    return caught.size + known.size;
  });
  print({
    summary: { entries, ...found.summary(), ...(before === null ? {} : { before: before.summary() }) },
  });
  return code;
}

function matchedBy({ rules }: RulesFile, entry: EntryText): Set<string> {
  return new Set(matchEntry(rules, entry).map((match) => match.rule));
}

/** Counts one alert for each rule and address, and the alerts that the stories would have sent. */
class Tally {
  readonly #seen = new Set<string>();
  readonly #byRule: Map<string, number>;
  readonly #days = new Map<string, number>();
  readonly #hours = new Map<number, number>();
  readonly #dates: number[] = [];
  readonly #preview: PreviewRun;
  #alerts = 0;
  #undated = 0;

  constructor(config: Config) {
    this.#byRule = new Map(config.rules.map(({ id }) => [id, 0]));
    this.#preview = new PreviewRun(config);
  }

  add(line: EntryLine, rules: ReadonlySet<string>): void {
    const { entry } = line;
    const { published } = entry;
    this.#preview.add(line, rules);
    if (published !== null) this.#dates.push(published);
    for (const rule of rules) {
      const key = `${rule} ${entry.url ?? entry.id}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#alerts++;
      this.#byRule.set(rule, (this.#byRule.get(rule) ?? 0) + 1);
      if (published === null) {
        this.#undated++;
        continue;
      }
      const day = new Date(published).toISOString().slice(0, 10);
      const hour = Math.floor(published / HOUR_MS) * HOUR_MS;
      this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
      this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1);
    }
  }

  summary() {
    const days = spanDays(this.#dates);
    const [hour, most] = [...this.#hours].reduce<[number | null, number]>(
      (worst, [at, count]) => (count > worst[1] ? [at, count] : worst),
      [null, 0],
    );
    return {
      alerts: this.#alerts,
      byRule: Object.fromEntries(this.#byRule),
      days,
      alertsPerDay: days === null ? null : Math.round((this.#alerts / days) * 100) / 100,
      byDay: Object.fromEntries([...this.#days].sort(([a], [b]) => (a < b ? -1 : 1))),
      worstHour: hour === null ? null : { hour: new Date(hour).toISOString(), alerts: most },
      undated: this.#undated,
      asStories: this.#preview.result(),
    };
  }
}

/** Days from the first dated entry to the last, at least 1; null: no entry has a date. */
function spanDays(dates: readonly number[]): number | null {
  if (dates.length === 0) return null;
  const first = dates.reduce((a, b) => Math.min(a, b));
  const last = dates.reduce((a, b) => Math.max(a, b));
  return Math.max(1, Math.floor(last / DAY_MS) - Math.floor(first / DAY_MS) + 1);
}
