/** `vigie poll URL`: polls an address once, as the service would, and prints the answer and the document. */
import { parseArgs } from 'node:util';
import { parseFeed } from '../../lib/feed/parse.ts';
import type { FetchedFeed } from '../../worker/net/fetch-feed.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { fetchOnce } from '../local/fetch-once.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      etag: { type: 'string' },
      'last-modified': { type: 'string' },
      'allow-loopback': { type: 'boolean', default: false },
    },
  });
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0) throw new UsageError('name one URL');
  const fetched = await fetchOnce(url, {
    etag: values.etag ?? null,
    lastModified: values['last-modified'] ?? null,
    allowLoopback: values['allow-loopback'],
  });
  terminal.stdout.write(`${JSON.stringify(printed(fetched), null, 2)}\n`);
  return fetched.kind === 'body' || fetched.kind === 'not-modified' ? EXIT.done : EXIT.badInput;
}

function printed(fetched: FetchedFeed): object {
  switch (fetched.kind) {
    case 'failure':
      return { failed: fetched.reason, detail: fetched.detail, requests: fetched.requests };
    case 'status':
      return { status: fetched.status, retryAfterMs: fetched.hints.retryAfterMs, requests: fetched.requests };
    case 'not-modified':
      return { status: 304, validators: fetched.validators, freshForMs: fetched.hints.freshForMs };
    case 'body':
      return printedBody(fetched);
  }
}

function printedBody(fetched: FetchedFeed & { kind: 'body' }): object {
  const { bytes, contentType, url, hops, validators, hints, contentLocation } = fetched;
  const feed = parseFeed(bytes, { contentType, url, contentLocation });
  return {
    status: 200,
    url,
    redirects: hops,
    contentType,
    bytes: bytes.byteLength,
    validators,
    freshForMs: hints.freshForMs,
    format: feed.format,
    encoding: feed.encoding,
    title: feed.title,
    language: feed.language,
    asks: feed.pace,
    links: feed.links,
    entries: feed.entries.map(({ title, url: link, published }) => ({
      title,
      url: link,
      published: published === null ? null : new Date(published).toISOString(),
    })),
    problems: feed.problems,
  };
}
