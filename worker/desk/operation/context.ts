/** What operations and RPC targets need from the desk. */

import type { Wording } from '../../../lib/alert/compose.ts';
import type { BundleHead } from '../../../lib/match/compile/bundle.ts';
import type { Change } from '../../../lib/model/change.ts';
import type { RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import type { Settings } from '../../settings.ts';
import type { Ledger } from '../table/ledger.ts';
import type { Sql } from '../table/sql.ts';

/** The configuration in force with what alerts need of it. */
export interface ConfigInForce {
  /** SHA-256 of the document, hex. */
  readonly hash: string;
  readonly value: RunningConfig;
  readonly wording: Wording;
}

/** The desk as operations and RPC targets see it. */
export interface DeskContext {
  readonly ledger: Ledger;
  readonly sql: Sql;
  readonly settings: Settings;
  /** Scheduled time of the last tick, or wall time before the first one. */
  readonly tickTime: () => EpochMs;
  /** null: no configuration has been saved. */
  readonly config: () => ConfigInForce | null;
  readonly wordingOf: (head: BundleHead) => Wording;
  /** Keeps the head of what was just put in force, so that it is not parsed again. */
  readonly remember: (hash: string, head: BundleHead) => void;
  /** Notifies open pages that data of this kind may have changed. */
  readonly changed: (kind: Change) => void;
  /** Sets the alarm to the time of the next due delivery. */
  readonly setAlarm: () => Promise<void>;
}
