/** What the configuration in force says, and its history, for worker/http. */
import { RpcTarget } from 'cloudflare:workers';
import { bundledConfig, bundledLists } from '../../../lib/match/compile/bundle.ts';
import type { Config, RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { ALERT_FEED_MAX } from '../../../lib/model/limits.ts';
import {
  type ConfigVersion,
  configVersions,
  headHash,
  readBundle,
  readConfigSource,
} from '../table/configs.ts';
import { readFact, writeFact } from '../table/facts.ts';
import { latestAlerts } from '../table/told.ts';

/** What the room needs of its desk. */
export interface ConfigDesk {
  readonly sql: SqlStorage;
  readonly config: () => { readonly value: RunningConfig } | null;
}

export class ConfigRoom extends RpcTarget {
  readonly #desk: ConfigDesk;

  constructor(desk: ConfigDesk) {
    super();
    this.#desk = desk;
  }

  /** Newest first. */
  versions(): ConfigVersion[] {
    return configVersions(this.#desk.sql);
  }

  /** @returns the source of a version; null: it is not kept */
  version(hash: string): string | null {
    return readConfigSource(this.#desk.sql, hash);
  }

  ruleIds(): string[] {
    return this.#desk.config()?.value.rules.map(({ id }) => id) ?? [];
  }

  /** The entities and concepts that expressions may name. */
  lists(): Pick<Config, 'use' | 'lists'> {
    const { sql } = this.#desk;
    const bundle = readBundle(sql, headHash(sql) ?? '');
    return bundle === null
      ? { use: [], lists: [] }
      : { use: bundledConfig(bundle).use, lists: bundledLists(bundle) };
  }

  /** Private hosts that it allows. */
  allowHosts(): readonly string[] {
    return this.#desk.config()?.value.allowHosts ?? [];
  }

  /** Of which the addresses of alert feeds are made. */
  feedSecret(): string {
    const known = readFact(this.#desk.sql, 'feed-secret');
    if (known !== null) return known;
    const fresh = crypto.randomUUID() + crypto.randomUUID();
    writeFact(this.#desk.sql, 'feed-secret', fresh);
    return fresh;
  }

  /** Newest first, as JSON. */
  latestAlerts(rule: string): { readonly at: EpochMs; readonly alert: string }[] {
    return latestAlerts(this.#desk.sql, rule, ALERT_FEED_MAX).map(({ at, alert }) => ({ at, alert }));
  }
}
