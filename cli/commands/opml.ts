/** `vigie opml`: imports feeds of other readers into a configuration, and exports them. Keeps comments of the document. */
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { isSeq, parseDocument, stringify } from 'yaml';
import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { type OpmlFeed, readOpml, writeOpml } from '../../lib/feed/format/opml.ts';
import { type ListedFeed, publishersOfListed } from '../../lib/story/imported.ts';
import { counted } from '../../lib/text/count.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { readBytes, writeText } from '../local/files.ts';
import { readText } from './check.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { config: { type: 'string' } },
  });
  const [verb, file, ...more] = positionals;
  if (verb === 'import' && file !== undefined && more.length === 0)
    return await importOpml(file, values.config ?? null, terminal);
  if (verb === 'export' && file === undefined && values.config !== undefined)
    return await exportOpml(values.config, terminal);
  throw new UsageError('use import FILE [--config CONFIG], or export --config CONFIG');
}

/** With a configuration: adds the feeds that it does not have. Without: prints all feeds as YAML. */
async function importOpml(file: string, config: string | null, terminal: Terminal): Promise<number> {
  const { feeds, problems } = readOpml(
    file === '-' ? await text(terminal.stdin) : readBytes(file).toString('utf8'),
  );
  for (const { message, offset } of problems)
    terminal.stderr.write(`${file}: ${message}${offset < 0 ? '' : ` (offset ${offset})`}\n`);
  if (feeds.length === 0) return EXIT.badInput;
  if (config === null) {
    terminal.stdout.write(stringify({ feeds: feedEntries(feeds, []) }));
    return EXIT.done;
  }
  return await addFeeds(feeds, config, terminal);
}

async function addFeeds(feeds: readonly OpmlFeed[], config: string, terminal: Terminal): Promise<number> {
  const source = readText(config, terminal);
  if (source === null) return EXIT.badInput;
  const document = parseDocument(source);
  const list = document.get('feeds');
  if (!isSeq(list)) {
    terminal.stderr.write(`${config}: no list under feeds:\n`);
    return EXIT.badInput;
  }
  const known = (list.toJSON() as { url?: unknown; publisher?: unknown }[]).map(({ url, publisher }) => ({
    url: String(url),
    title: typeof publisher === 'string' ? publisher : null,
  }));
  const urls = new Set(known.map(({ url }) => url));
  const fresh = feeds.filter(({ url }) => !urls.has(url));
  for (const entry of feedEntries(fresh, known)) list.add(document.createNode(entry, { flow: true }));
  writeText(config, document.toString({ lineWidth: 0 }));
  terminal.stderr.write(
    `${config}: ${counted(fresh.length, 'feed')} added, ${feeds.length - fresh.length} already there\n`,
  );
  return EXIT.done;
}

function feedEntries(feeds: readonly OpmlFeed[], known: readonly ListedFeed[]): object[] {
  const publishers = publishersOfListed(feeds, known);
  return feeds.map(({ url, tags }, at) => {
    const publisher = publishers[at] ?? null;
    return { url, ...(publisher === null ? {} : { publisher }), ...(tags.length === 0 ? {} : { tags }) };
  });
}

async function exportOpml(file: string, terminal: Terminal): Promise<number> {
  const source = readText(file, terminal);
  if (source === null) return EXIT.badInput;
  const { config, problems } = readConfig(source, { hasVariable: null });
  for (const problem of problems) terminal.stderr.write(`${formatProblem(problem, source, file)}\n`);
  if (config === null) return EXIT.badInput;
  const feeds = config.feeds.map(({ url, publisher, tags }) => ({ url, title: publisher, site: null, tags }));
  terminal.stdout.write(writeOpml('Vigie', feeds));
  return EXIT.done;
}
