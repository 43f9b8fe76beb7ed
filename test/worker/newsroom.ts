/** A feed and the ports of a poll for tests in workerd: the desk is real, the wire is a list of entries. */
import { env } from 'cloudflare:workers';
import type { SeenValidators } from '../../lib/poll/request.ts';
import type { Env } from '../../worker/env.ts';
import { deskOf } from '../../worker/env.ts';
import type { FetchedFeed } from '../../worker/net/fetch-feed.ts';
import { bundleOf } from '../../worker/poll/open-config.ts';
import { pollShard } from '../../worker/poll/poll-shard.ts';
import type { PollPorts } from '../../worker/poll/ports.ts';
import { publishConfig } from '../../worker/store/publish-config.ts';
import type { SeenDocument, SeenStore } from '../../worker/store/seen.ts';

const testEnv = env as unknown as Env;
export const desk = () => deskOf(testEnv);
export const MINUTE_MS = 60_000;

/** `keyword` matches every entry that says "storm". */
export function testConfig(feeds: readonly { id: string; more?: string }[], rule = 'query: storm*'): string {
  const lines = feeds.map(
    ({ id, more }) => `  - { id: ${id}, url: "https://${id}.example.org/feed", every: 5m${more ?? ''} }`,
  );
  return `version: 1
feeds:
${lines.join('\n')}
rules:
  - id: keyword
    title: Storms
    severity: high
    ${rule}
    notify: { to: [log], group_by: none, per_hour: 1000 }
channels:
  log: { kind: console }
`;
}

export async function publish(source: string): Promise<void> {
  const published = await publishConfig({ source, bundle: null }, testEnv);
  if (published.kind === 'rejected') throw new Error(JSON.stringify(published.problems));
}

export interface TestEntry {
  readonly guid: string;
  readonly title: string;
  readonly summary?: string;
  readonly link?: string;
  readonly at?: number;
}

/** What stands in the feeds, and how often each was asked. */
export class Newsroom {
  readonly listed = new Map<string, TestEntry[]>();
  readonly requests = new Map<string, number>();
  /** Older pages of a feed, newest first (RFC 5005). */
  readonly archives = new Map<string, TestEntry[][]>();
  /** What a feed answers instead of its entries. */
  readonly faults = new Map<string, FetchedFeed>();

  list(feed: string, ...entries: TestEntry[]): void {
    this.listed.set(feed, [...entries, ...(this.listed.get(feed) ?? [])]);
  }

  async answer(feed: string, asked: string, validators: SeenValidators | null): Promise<FetchedFeed> {
    this.requests.set(feed, (this.requests.get(feed) ?? 0) + 1);
    const fault = this.faults.get(feed);
    if (fault !== undefined) return fault;
    const page = Number(/\/archive\/(\d+)$/.exec(asked)?.[1] ?? -1);
    const archive = this.archives.get(feed) ?? [];
    const entries = (page < 0 ? this.listed.get(feed) : archive[page]) ?? [];
    const older = page + 1 < archive.length ? `https://${feed}.example.org/archive/${page + 1}` : null;
    const url = asked;
    const etag = `"${entries.map(({ guid, title }) => `${guid}${title}`).join()}"`;
    const hints = { freshForMs: null, retryAfterMs: null };
    const fresh = { etag, lastModified: null, url };
    if (validators?.etag === etag)
      return { kind: 'not-modified', validators: fresh, hops: [], hints, requests: 1 };
    const bytes = new TextEncoder().encode(rss(entries, older));
    return {
      kind: 'body',
      bytes,
      contentType: 'application/rss+xml',
      contentLocation: null,
      url,
      hops: [],
      partial: false,
      validators: fresh,
      hints,
      requests: 1,
    };
  }
}

function rss(entries: readonly TestEntry[], older: string | null): string {
  const items = entries.map(
    ({ guid, title, summary, link, at }) =>
      `<item><title>${title}</title><description>${summary ?? ''}</description><guid isPermaLink="false">${guid}</guid><link>${link ?? `https://news.example.org/${guid}`}</link>${
        at === undefined ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`
      }</item>`,
  );
  const link =
    older === null
      ? ''
      : `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href="${older}"/>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>${link}${items.join('')}</channel></rss>`;
}

/** Memory, with the weaknesses of KV where a test asks for them. */
export class TestSeen implements SeenStore {
  document: SeenDocument | null = null;
  /** A reader in another place: sees what was written this many writes ago. */
  staleWrites = 0;
  readonly #history: (SeenDocument | null)[] = [null];

  async read(): Promise<SeenDocument | null> {
    if (this.staleWrites === 0) return this.document;
    return this.#history[Math.max(0, this.#history.length - 1 - this.staleWrites)] ?? null;
  }

  async write(_shard: string, document: SeenDocument): Promise<void> {
    this.document = JSON.parse(JSON.stringify(document)) as SeenDocument;
    this.#history.push(this.document);
  }

  wipe(): void {
    this.document = null;
    this.#history.push(null);
  }
}

function ports(newsroom: Newsroom, seen: SeenStore, change: Partial<PollPorts> = {}): PollPorts {
  const stub = desk();
  return {
    claim: (at) => stub.claim(at),
    accept: (batch) => stub.accept(batch),
    reconcile: (document) => stub.reconcile(document),
    bundle: (hash) => bundleOf(hash, testEnv),
    fetchRobots: async () => ({ rules: [], requests: 1 }),
    fetchFeed: ({ feed, url, validators }) => newsroom.answer(feed.id, url, validators),
    seen,
    wait: async () => {},
    now: Date.now,
    ...change,
  };
}

export function tick(at: number, newsroom: Newsroom, seen: SeenStore, change: Partial<PollPorts> = {}) {
  return pollShard(at, ports(newsroom, seen, change));
}
