/** Files that the user names: read and written, with a mistake of the user as an InputError that names the file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { InputError } from './command.ts';

/** errno names in words; others are shown as they are. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'too many symbolic links',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** @throws InputError when the file cannot be read */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(`${file}: cannot be read: ${fileFault(error)}`);
  }
}

/** @throws InputError when the file cannot be written */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(`${file}: cannot be written: ${fileFault(error)}`);
  }
}

/** Why the system refused a file, in words. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
  return REASONS[code] ?? code;
}
