/** Reads entries from standard input, one JSON object a line. A bad line is reported and does not stop the others. */
import { createInterface } from 'node:readline';
import type { EntryText } from '../../lib/model/entry.ts';
import { EXIT, type Terminal } from '../local/command.ts';
import { type EntryLine, readEntry } from './entry-line.ts';

/** @returns the exit code: whether every line could be read */
export async function eachEntry(
  terminal: Terminal,
  take: (entry: EntryText, line: EntryLine) => void,
): Promise<number> {
  let code: number = EXIT.done;
  let number = 0;
  for await (const line of createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const read = readEntry(line);
    if (typeof read === 'string') {
      terminal.stderr.write(`stdin:${number}:1: ${read}\n`);
      code = EXIT.badInput;
    } else take(read.entry, read);
  }
  return code;
}
