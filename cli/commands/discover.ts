/** `vigie discover URL`: prints the feeds that a page links to as JSON Lines; for the address of a feed, that feed. */
import { parseArgs } from 'node:util';
import { parseFeed } from '../../lib/feed/parse.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { fetchOnce } from '../local/fetch-once.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'allow-loopback': { type: 'boolean', default: false } },
  });
  const [site, ...more] = positionals;
  if (site === undefined || more.length > 0) throw new UsageError('name one URL');
  const url = /^[a-z]+:/i.test(site) ? site : `https://${site}`;
  const fetched = await fetchOnce(url, {
    etag: null,
    lastModified: null,
    allowLoopback: values['allow-loopback'],
  });
  if (fetched.kind !== 'body') {
    const why =
      fetched.kind === 'failure'
        ? fetched.detail
        : `HTTP ${fetched.kind === 'status' ? fetched.status : 304}`;
    terminal.stderr.write(`${url}: ${why}\n`);
    return EXIT.badInput;
  }
  const { format, title, links } = parseFeed(fetched.bytes, {
    contentType: fetched.contentType,
    url: fetched.url,
  });
  const found = format === null ? links.discovered : [{ url: fetched.url, title }];
  for (const one of found) terminal.stdout.write(`${JSON.stringify(one)}\n`);
  if (found.length > 0) return EXIT.done;
  terminal.stderr.write(`${url}: the page links to no feed\n`);
  return EXIT.badInput;
}
