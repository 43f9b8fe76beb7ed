/** Reads entries from standard input, one JSON object a line. A bad line is reported and does not stop the others. */
import { createInterface } from 'node:readline';
import type { EntryText } from '../../lib/model/entry.ts';
import { counted } from '../../lib/text/count.ts';
import { EXIT, type Terminal } from '../local/command.ts';
import { type EntryLine, readEntry } from './entry-line.ts';

/**
 * @param take returns the number of results that it found in the entry
 * @returns the exit code: whether every line could be read. If nothing was found, standard error says so
 */
export async function eachEntry(
  terminal: Terminal,
  take: (entry: EntryText, line: EntryLine) => number,
): Promise<number> {
  let code: number = EXIT.done;
  let number = 0;
  let entries = 0;
  let results = 0;
  for await (const line of createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const read = readEntry(line);
    if (typeof read === 'string') {
      terminal.stderr.write(`stdin:${number}:1: ${read}\n`);
      code = EXIT.badInput;
      continue;
    }
    entries++;
    results += take(read.entry, read);
  }
  if (entries === 0) terminal.stderr.write('no entries were read from standard input\n');
  else if (results === 0)
    terminal.stderr.write(`no rule matches any of ${counted(entries, 'entry', 'entries')}\n`);
  return code;
}
