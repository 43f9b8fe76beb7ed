/** Alerts that a configuration would have sent for entries, grouped into stories. */
import { type AlertPreview, type CaughtEntry, previewAlerts } from '../../lib/alert/preview.ts';
import { compileLexicon } from '../../lib/match/compile/lexicon.ts';
import { loadRules } from '../../lib/match/run/load.ts';
import type { Config } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { factsOf } from '../../lib/story/facts.ts';
import { familiesOf } from '../../lib/story/publisher.ts';
import { hash53 } from '../../lib/text/hash.ts';
import type { EntryLine } from './entry-line.ts';

export interface PreviewResult {
  /** Alerts of all kinds that the rules ask for, queued ones included. */
  readonly alerts: number;
  readonly stories: number;
  /** Matching entries without an alert: nothing new in their story, too old, or already known. */
  readonly silent: number;
  /** Alerts of each rule, in the order of the configuration. */
  readonly byRule: Readonly<Record<string, number>>;
  /** The hour in which one rule has most alerts; null: no alerts. */
  readonly worstHour: { readonly hour: string; readonly alerts: number } | null;
}

/** Collects matches, then computes the alerts at the end. */
export class PreviewRun {
  readonly #config: Config;
  readonly #caught: ReadonlyMap<string, CaughtEntry[]>;
  #latest: EpochMs = 0;

  constructor(config: Config) {
    this.#config = config;
    this.#caught = new Map(config.rules.map(({ id }) => [id, []]));
  }

  /** An entry without any time gets the time of the entry before it. */
  add({ entry, seen, keys }: EntryLine, rules: ReadonlySet<string>): void {
    const at = seen ?? entry.published ?? this.#latest;
    this.#latest = at;
    const known = keys.length > 0 ? keys : [hash53(entry.url ?? entry.id)];
    for (const rule of rules) this.#caught.get(rule)?.push({ seen: at, keys: known, entry });
  }

  /** Throws if the lists do not compile, which cannot be: the rules that name them did. */
  result(): PreviewResult {
    const { binary, names } = compileLexicon(this.#config);
    if (binary === null) throw new Error('lists that compile have a lexicon');
    const lexicon = { rules: loadRules(binary), names: new Map(names.map((name) => [name.id, name])) };
    const familyOf = familiesOf(this.#config.families);
    const found = this.#config.rules.map((rule): [string, AlertPreview] => [
      rule.id,
      previewAlerts(rule, this.#caught.get(rule.id) ?? [], {
        titleOf: (id) => lexicon.names.get(id)?.title ?? id,
        factsOf: (entry) => factsOf(entry, lexicon),
        familyOf,
      }),
    ]);
    return summed(found);
  }
}

function summed(found: readonly (readonly [rule: string, of: AlertPreview])[]): PreviewResult {
  const sum = (of: (one: AlertPreview) => number): number => found.reduce((all, [, one]) => all + of(one), 0);
  const worst = found
    .flatMap(([, { worstHour }]) => worstHour ?? [])
    .reduce<AlertPreview['worstHour']>((most, one) => (one.alerts > (most?.alerts ?? 0) ? one : most), null);
  return {
    alerts: sum(({ alerts }) => alerts),
    stories: sum(({ stories }) => stories),
    silent: sum(({ silent }) => silent),
    byRule: Object.fromEntries(found.map(([rule, { alerts }]) => [rule, alerts])),
    worstHour: worst === null ? null : { hour: new Date(worst.at).toISOString(), alerts: worst.alerts },
  };
}
