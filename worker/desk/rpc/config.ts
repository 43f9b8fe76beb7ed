/** The configuration in force and its history, for worker/http. */
import { RpcTarget } from 'cloudflare:workers';
import type { ConfigVersion } from '../../../lib/api/config.ts';
import { bundledLists, readBundleHead } from '../../../lib/match/compile/bundle.ts';
import type { Config } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { ALERT_FEED_MAX } from '../../../lib/model/limits.ts';
import type { DeskContext } from '../operation/context.ts';
import { type Publication, publish } from '../operation/publish.ts';
import { configVersions, headHash, readBundle, readConfigSource } from '../table/configs.ts';
import { latestAlerts } from '../table/developments.ts';
import { clearFact, readFact, writeFact } from '../table/facts.ts';

/** RPC target for configurations. */
export class ConfigRpc extends RpcTarget {
  readonly #desk: DeskContext;

  constructor(desk: DeskContext) {
    super();
    this.#desk = desk;
  }

  /** Source and SHA-256 of the document in force; null: none has been saved. */
  current(): { hash: string; source: string } | null {
    const { sql } = this.#desk;
    const hash = headHash(sql);
    const source = hash === null ? null : readConfigSource(sql, hash);
    return hash === null || source === null ? null : { hash, source };
  }

  /** @returns false, with nothing changed, when a version outside `expected` is in force */
  async publish(publication: Publication): Promise<boolean> {
    const taken = await publish(this.#desk, publication);
    await this.#desk.setAlarm();
    if (taken) this.#desk.changed('config');
    return taken;
  }

  /**
   * Records why the watched file is not in force, for `/readyz` and the pages, until the next valid document.
   *
   * @param problem null: the file is in force
   */
  reject(problem: string | null): void {
    if (problem === null) clearFact(this.#desk.sql, 'config-rejected');
    else writeFact(this.#desk.sql, 'config-rejected', problem.slice(0, 500));
  }

  /** Newest first. */
  versions(): ConfigVersion[] {
    return configVersions(this.#desk.sql);
  }

  /** @returns the source of a version; null: it is not stored */
  version(hash: string): string | null {
    return readConfigSource(this.#desk.sql, hash);
  }

  ruleIds(): string[] {
    return this.#desk.config()?.value.rules.map(({ id }) => id) ?? [];
  }

  /** Entities and concepts that expressions may reference. */
  lists(): Pick<Config, 'use' | 'lists'> {
    const { sql } = this.#desk;
    const bundle = readBundle(sql, headHash(sql) ?? '');
    if (bundle === null) return { use: [], lists: [] };
    const head = readBundleHead(bundle);
    return { use: head.config.use, lists: bundledLists(head) };
  }

  /** Private hosts that the configuration allows. */
  allowHosts(): readonly string[] {
    return this.#desk.config()?.value.allowHosts ?? [];
  }

  /** Secret from which the addresses of alert feeds are derived; created on first use. */
  feedSecret(): string {
    const known = readFact(this.#desk.sql, 'feed-secret');
    if (known !== null) return known;
    const fresh = crypto.randomUUID() + crypto.randomUUID();
    writeFact(this.#desk.sql, 'feed-secret', fresh);
    return fresh;
  }

  /** Newest first; each alert as JSON. */
  latestAlerts(rule: string): { readonly at: EpochMs; readonly alert: string }[] {
    return latestAlerts(this.#desk.sql, rule, ALERT_FEED_MAX);
  }
}
