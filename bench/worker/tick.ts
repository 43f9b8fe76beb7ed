/** The Worker side of bench/tick.ts: whole ticks as the cron runs them, but for the waits between polls. */
import { DurableObject } from 'cloudflare:workers';
import { TICK_PARALLEL_HOSTS } from '../../lib/model/limits.ts';
import { pollHeaders } from '../../lib/poll/request.ts';
import type { Env } from '../../worker/env.ts';
import { pollShard } from '../../worker/poll/poll-shard.ts';
import { portsOf } from '../../worker/poll/tick.ts';
import { publishConfig } from '../../worker/store/publish-config.ts';

export { Desk } from '../../worker/desk/desk.ts';

/** Longer than a tick here: then its news goes to the desk in one batch. */
const GATHER_MS = 5_000;

export const service = {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/publish') {
      return Response.json(await publishConfig({ source: await request.text(), bundle: null }, env));
    }
    const reports = [];
    for (const at of (searchParams.get('at') ?? '').split(',').map(Number)) {
      // By this clock a second lies between any two starts, so that none waits; what still waits is news for more news.
      let clock = 0;
      const now = () => (clock += 1_000);
      const wait = () => scheduler.wait(GATHER_MS);
      reports.push(await pollShard(at, { ...portsOf(env), wait, now }));
    }
    return Response.json(reports);
  },
} satisfies ExportedHandler<Env>;

export class EmptyDesk extends DurableObject {
  claim(at: number): { at: number } {
    return { at };
  }
  accept(batch: { results: number }): { accepted: number } {
    return { accepted: batch.results };
  }
}

interface EmptyEnv {
  readonly SEEN: KVNamespace;
  readonly DESK: DurableObjectNamespace<EmptyDesk>;
}

/** What any Worker would spend that makes the same calls and looks at nothing. */
export const empty = {
  async fetch(request, env) {
    const { searchParams } = new URL(request.url);
    const ticks = (searchParams.get('at') ?? '').split(',').length;
    const feeds = (searchParams.get('feeds') ?? '').split(',');
    const document = await request.text();
    for (let tick = 0; tick < ticks; tick++) await emptyTick(env, feeds, document);
    return Response.json([]);
  },
} satisfies ExportedHandler<EmptyEnv>;

async function emptyTick(env: EmptyEnv, feeds: readonly string[], document: string): Promise<void> {
  const desk = env.DESK.get(env.DESK.idFromName('desk'));
  await desk.claim(0);
  await env.SEEN.get('seen/0');
  const rest = feeds.slice();
  const headers = pollHeaders(AGENT, { etag: '"same"', lastModified: null });
  const worker = async () => {
    for (let url = rest.shift(); url !== undefined; url = rest.shift()) {
      await (await fetch(url, { headers, redirect: 'manual' })).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: TICK_PARALLEL_HOSTS }, worker));
  await desk.accept({ results: feeds.length });
  await env.SEEN.put('seen/0', document);
}

const AGENT = 'vigie-bench';
