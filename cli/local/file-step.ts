/** Which version of the configuration the watched file was when it was last put in force: a note in the state folder. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Step {
  /** Hash of the version that the file became. */
  readonly version: string;
  /** Whether the file still says what it said then. */
  isOf(document: string): boolean;
}

const fileOf = (state: string): string => join(state, 'config.step');
const digestOf = (document: string): string => createHash('sha256').update(document).digest('hex');

/** @returns null: no file was put in force yet, or the note cannot be read */
export function readStep(state: string): Step | null {
  try {
    const [version = '', digest = ''] = readFileSync(fileOf(state), 'utf8').split('\n');
    return version === '' ? null : { version, isOf: (document) => digestOf(document) === digest };
  } catch {
    return null;
  }
}

export function writeStep(state: string, document: string, version: string): void {
  writeFileSync(fileOf(state), `${version}\n${digestOf(document)}\n`);
}
