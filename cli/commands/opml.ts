/** `vigie opml`: subscriptions of other readers into a configuration, and back. Comments of the document stay. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isSeq, parseDocument, stringify } from 'yaml';
import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { type OpmlFeed, readOpml, writeOpml } from '../../lib/feed/format/opml.ts';
import { type ListedFeed, publishersOfListed } from '../../lib/story/imported.ts';
import { EXIT, UsageError } from '../local/command.ts';

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { config: { type: 'string' } },
  });
  const [verb, file, ...more] = positionals;
  if (verb === 'import' && file !== undefined && more.length === 0)
    return importOpml(file, values.config ?? null);
  if (verb === 'export' && file === undefined && values.config !== undefined)
    return exportOpml(values.config);
  throw new UsageError('import FILE [--config CONFIG], or export --config CONFIG');
}

/** With a configuration: adds the feeds it does not have. Without: prints them as YAML. */
function importOpml(file: string, config: string | null): number {
  const text = readText(file);
  if (text === null) return EXIT.badInput;
  const { feeds, problems } = readOpml(text);
  for (const { message, offset } of problems)
    process.stderr.write(`${file}: ${message}${offset < 0 ? '' : ` (offset ${offset})`}\n`);
  if (feeds.length === 0) return EXIT.badInput;
  if (config === null) {
    process.stdout.write(stringify({ feeds: feedEntries(feeds, []) }));
    return EXIT.done;
  }
  return addFeeds(feeds, config);
}

function addFeeds(feeds: readonly OpmlFeed[], config: string): number {
  const source = readText(config);
  if (source === null) return EXIT.badInput;
  const document = parseDocument(source);
  const list = document.get('feeds');
  if (!isSeq(list)) {
    process.stderr.write(`${config}: has no list of feeds\n`);
    return EXIT.badInput;
  }
  const known = (list.toJSON() as { url?: unknown; publisher?: unknown }[]).map(({ url, publisher }) => ({
    url: String(url),
    title: typeof publisher === 'string' ? publisher : null,
  }));
  const urls = new Set(known.map(({ url }) => url));
  const fresh = feeds.filter(({ url }) => !urls.has(url));
  for (const entry of feedEntries(fresh, known)) list.add(document.createNode(entry, { flow: true }));
  writeFileSync(config, document.toString({ lineWidth: 0 }));
  process.stderr.write(`${config}: ${fresh.length} feeds added, ${feeds.length - fresh.length} were there\n`);
  return EXIT.done;
}

function feedEntries(feeds: readonly OpmlFeed[], known: readonly ListedFeed[]): object[] {
  const publishers = publishersOfListed(feeds, known);
  return feeds.map(({ url, tags }, at) => {
    const publisher = publishers[at] ?? null;
    return { url, ...(publisher === null ? {} : { publisher }), ...(tags.length === 0 ? {} : { tags }) };
  });
}

function exportOpml(file: string): number {
  const source = readText(file);
  if (source === null) return EXIT.badInput;
  const { config, problems } = readConfig(source, { hasVariable: null });
  for (const problem of problems) process.stderr.write(`${formatProblem(problem, source, file)}\n`);
  if (config === null) return EXIT.badInput;
  const feeds = config.feeds.map(({ url, publisher, tags }) => ({ url, title: publisher, site: null, tags }));
  process.stdout.write(writeOpml('Vigie', feeds));
  return EXIT.done;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
