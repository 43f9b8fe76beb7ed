/** `vigie parse`: prints the content of a feed document as JSON. */
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { parseFeed } from '../../lib/feed/parse.ts';
import type { ParsedFeed } from '../../lib/model/feed.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { readBytes } from '../local/files.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'content-type': { type: 'string' }, url: { type: 'string' }, batch: { type: 'boolean' } },
  });
  if (values.batch) {
    if (positionals.length > 0) throw new UsageError('--batch reads standard input, not a file');
    return await parseBatch(terminal);
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('name one FILE, or use --batch');
  const bytes = file === '-' ? await buffer(terminal.stdin) : readBytes(file);
  const feed = parseFeed(bytes, { contentType: values['content-type'] ?? null, url: values.url ?? null });
  terminal.stdout.write(`${JSON.stringify(printable(feed), null, 2)}\n`);
  if (feed.format !== null) return EXIT.done;
  terminal.stderr.write(`${file}: ${feed.problems.at(-1)?.message ?? 'not a feed'}\n`);
  return EXIT.badInput;
}

/** Prints one line for each line read, in order. A bad line gives `error` and does not stop the others. */
async function parseBatch(terminal: Terminal): Promise<number> {
  for await (const line of createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const answer = `${JSON.stringify(answerTo(line))}\n`;
    if (!terminal.stdout.write(answer))
      await new Promise((resolve) => terminal.stdout.once('drain', resolve));
  }
  return EXIT.done;
}

function answerTo(line: string): unknown {
  let name: string | null = null;
  try {
    const job: unknown = JSON.parse(line);
    if (typeof job !== 'object' || job === null) return { name, error: 'not an object' };
    const fields = new Map<string, unknown>(Object.entries(job));
    name = stringOf(fields.get('name'));
    const base64 = stringOf(fields.get('base64'));
    if (base64 === null) return { name, error: 'no base64' };
    const options = {
      contentType: stringOf(fields.get('contentType')),
      url: stringOf(fields.get('url')),
      contentLocation: stringOf(fields.get('contentLocation')),
    };
    return { name, feed: printable(parseFeed(Buffer.from(base64, 'base64'), options)) };
  } catch (error) {
    // Mistake of the user (not JSON), or a bug that one document reveals: reported in the same way, so that the others go on.
    return { name, error: error instanceof Error ? error.message : String(error) };
  }
}

const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const iso = (instant: EpochMs | null) => (instant === null ? null : new Date(instant).toISOString());

function printable(feed: ParsedFeed): unknown {
  const { format, encoding, id, title, description, link, language, authors, categories, problems } = feed;
  return {
    format,
    encoding,
    id,
    title,
    description,
    link,
    language,
    authors,
    categories,
    published: iso(feed.published),
    updated: iso(feed.updated),
    entries: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      summary: entry.summary,
      content: entry.content,
      published: iso(entry.published),
      updated: iso(entry.updated),
      authors: entry.authors,
      categories: entry.categories,
      language: entry.language,
    })),
    problems,
  };
}
