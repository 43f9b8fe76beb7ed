/** What operations and the RPC targets need of the desk that they work for. */
import type { Wording } from '../../../lib/alert/compose.ts';
import type { RunningConfig } from '../../../lib/model/config.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import type { Settings } from '../../settings.ts';

/** Kinds of data on the pages; a page asks again for what it shows of them. */
export type Change = 'stories' | 'feeds' | 'channels' | 'config';

export interface ConfigInForce {
  /** SHA-256 of the document, hex. */
  readonly hash: string;
  readonly value: RunningConfig;
  readonly wording: Wording;
}

export interface DeskContext {
  readonly storage: DurableObjectStorage;
  readonly sql: SqlStorage;
  readonly settings: Settings;
  /** Scheduled time of the last tick, or wall time before the first. */
  readonly tickTime: () => EpochMs;
  /** null: none was saved yet. */
  readonly config: () => ConfigInForce | null;
  readonly wordingOf: (bundle: Uint8Array) => Wording;
  /** Tells open pages that something of this kind may have changed. */
  readonly changed: (kind: Change) => void;
  /** Sets the alarm so that deliveries that are due get sent. */
  readonly setAlarm: () => Promise<void>;
}
