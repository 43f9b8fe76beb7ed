/** Which version of the configuration the watched file was when it was last put in force: a note in the state folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (state: string): string => join(state, 'config.step');

/** Where the watched file and the service were last in step. */
export interface FileStep {
  /** null: no file was put in force yet, or the note cannot be read. */
  readonly version: string | null;
  /** The file as it was when the service last did not take it, if it did not. */
  readonly refused: string | null;
}

export function readStep(state: string): FileStep {
  try {
    const [version = '', refused = ''] = readFileSync(fileOf(state), 'utf8').split('\n');
    return { version: version.trim() || null, refused: refused.trim() || null };
  } catch {
    return { version: null, refused: null };
  }
}

export function writeStep(state: string, { version, refused }: FileStep): void {
  writeFileSync(fileOf(state), `${version ?? ''}\n${refused === null ? '' : `${refused}\n`}`);
}

/** The version that the file is an edit of. Somebody else may have put in force what was refused: by `vigie push`, say. */
export function baseOf({ version, refused }: FileStep, inForce: string | null): string | null {
  return refused !== null && refused === inForce ? inForce : version;
}
