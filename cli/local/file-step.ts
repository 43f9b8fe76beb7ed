/** Which version of the configuration the watched file was when it was last put in force: a note in the state folder. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (state: string): string => join(state, 'config.step');

/** The name that the service gives to a document: its SHA-256 in hex (worker/steps/publish-config.ts). */
export function versionOf(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

/** @returns null: no file was put in force yet, or the note cannot be read */
export function readStep(state: string): string | null {
  try {
    return readFileSync(fileOf(state), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

export function writeStep(state: string, version: string): void {
  writeFileSync(fileOf(state), `${version}\n`);
}
