/** Stores in the state folder the version at which the watched file and the service were last in sync. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (state: string): string => join(state, 'config.step');

/** The last version of the watched file that was put in force. */
export interface SyncedVersion {
  /** null: no file was put in force yet, or the stored version cannot be read. */
  readonly version: string | null;
  /** Version of the file that the service refused last; null: it accepted the last one. */
  readonly refused: string | null;
}

export function readSynced(state: string): SyncedVersion {
  try {
    const [version = '', refused = ''] = readFileSync(fileOf(state), 'utf8').split('\n');
    return { version: version.trim() || null, refused: refused.trim() || null };
  } catch {
    return { version: null, refused: null };
  }
}

export function writeSynced(state: string, { version, refused }: SyncedVersion): void {
  writeFileSync(fileOf(state), `${version ?? ''}\n${refused === null ? '' : `${refused}\n`}`);
}

/** The version that the file is an edit of: a refused file may be in force by now, by `vigie push`, say. */
export function baseOf({ version, refused }: SyncedVersion, inForce: string | null): string | null {
  return refused !== null && refused === inForce ? inForce : version;
}
