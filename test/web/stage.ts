/** The real service with a staged day of news behind it: what the pages are tried and pictured with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { demoConfig } from '../../demo/config.ts';
import { type Newsroom, openNewsroom } from '../../demo/newsroom/newsroom.ts';
import { type Service, startService } from '../../demo/service.ts';
import { openPress, PRESS, type Press, type PressFeed } from './press.ts';

/** A fixed day, so that pictures do not change with the calendar. */
export const BEGAN = Date.parse('2024-10-17T12:00:00Z');
const MINUTE_MS = 60_000;

export interface Stage {
  readonly service: Service;
  readonly press: Press;
  readonly receiver: Receiver;
  /** One tick at that minute of the staged day. */
  tickAt(minute: number): Promise<void>;
  close(): Promise<void>;
}

/** Plainer than the starter's: these tests are of the pages, and hold whatever words that one learns. */
const RULES = [
  {
    id: 'nk-troop-deployment',
    title: 'North Korean troop deployment',
    severity: 'high',
    query: '((@north-korea NEAR/8 @soldiers) OR @north-korean-army) AND (@russia OR @deploying OR @captured)',
    // Nothing of the staged day comes within: 20:00 to 04:00 UTC.
    notify: {
      to: ['desk', 'archive'],
      on: ['first', 'confirmed', 'figure'],
      quiet: '22:00-06:00 Europe/Paris',
    },
  },
  {
    id: 'outbreaks',
    title: 'Outbreak early warning',
    severity: 'critical',
    query: '(cholera OR choléra) AND (hospital* OR cases OR cas) AND (Goma OR Kivu)',
    confirm: { sources: 2, within: '48h' },
    notify: { to: ['desk', 'archive'], on: ['first', 'confirmed', 'figure'] },
  },
  {
    id: 'baltic-cables',
    title: 'Cable damage, Baltic',
    severity: 'medium',
    query: '(merikaapel*6 OR Unterseekabel*2 OR "undersea cable*1") AND (Itämer*4 OR Ostsee OR Baltic)',
    notify: { to: ['desk'], on: ['first', 'confirmed'] },
  },
];

function configOf(
  newsroom: Newsroom | null,
  press: Press,
  feeds: readonly PressFeed[],
  rules: readonly object[],
): string {
  const document = parseDocument(demoConfig(newsroom?.addresses ?? new Map()));
  const list = document.get('feeds');
  const own = feeds.map(({ entries: _, ...feed }) => ({
    ...feed,
    url: press.addresses.get(feed.id),
    every: '5m',
  }));
  const dead = {
    id: 'kholodny-mys',
    publisher: 'Kholodny Mys',
    lang: 'ru',
    url: press.addresses.get('kholodny-mys'),
    every: '5m',
  };
  if (!isSeq(list)) throw new Error('the demo has no feeds');
  if (newsroom === null) list.items = [];
  for (const feed of list.items) if (isMap(feed)) feed.set('publisher', capitals(String(feed.get('id'))));
  for (const feed of [...own, dead]) list.add(document.createNode(feed));
  const hook = (name: string) => ({ kind: 'webhook', url: `\${${name}}` });
  document.set('channels', document.createNode({ desk: hook('DESK_URL'), archive: hook('ARCHIVE_URL') }));
  for (const own of ['entities', 'concepts']) document.delete(own);
  document.set('rules', document.createNode(rules));
  return String(document);
}

/** `harbour-post` is `Harbour Post`. */
const capitals = (id: string): string =>
  id.replace(
    /(^|-)([a-z])/g,
    (_, dash: string, letter: string) => `${dash === '' ? '' : ' '}${letter.toUpperCase()}`,
  );

export interface StageOptions {
  /** The demo's newsroom too: its sixteen languages. */
  readonly newsroom?: boolean;
  readonly feeds?: readonly PressFeed[];
  readonly rules?: readonly object[];
}

/** Up, signed with its configuration, and with its first look taken: nothing of that is news. */
export async function openStage({
  newsroom: withNewsroom = true,
  feeds = PRESS,
  rules = RULES,
}: StageOptions = {}): Promise<Stage & { readonly newsroom: Newsroom | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-web-'));
  let now = BEGAN;
  const receiver = await openReceiver();
  const newsroom = withNewsroom ? await openNewsroom(() => now) : null;
  const press = await openPress(BEGAN, feeds);
  const config = join(folder, 'watch.yaml');
  writeFileSync(config, configOf(newsroom, press, feeds, rules));
  newsroom?.clearFaults();
  const service = await startService({
    config,
    state: join(folder, 'state'),
    variables: { DESK_URL: `${receiver.url}/desk`, ARCHIVE_URL: `${receiver.url}/archive` },
  });
  return {
    service,
    press,
    receiver,
    newsroom,
    async tickAt(minute) {
      now = BEGAN + minute * MINUTE_MS;
      press.minute = minute;
      await service.tick(now);
    },
    async close() {
      await service.stop();
      newsroom?.close();
      press.close();
      receiver.server.closeAllConnections();
      receiver.server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The whole day: two first looks, then everything as it comes. */
export async function playDay(stage: Awaited<ReturnType<typeof openStage>>): Promise<void> {
  await stage.tickAt(0);
  await stage.tickAt(20);
  await stage.tickAt(70);
  await stage.tickAt(155);
  stage.newsroom?.publish('first');
  await stage.tickAt(1_015);
  await stage.tickAt(1_165);
  stage.newsroom?.publish('second');
  await stage.tickAt(1_315);
  await stage.tickAt(1_402);
}

export interface Receiver {
  /** Of a path, from now on; without, 204. */
  readonly answers: Map<string, number>;
  /** Path and webhook-id of what was taken, in order. */
  readonly taken: { readonly path: string; readonly id: string }[];
}

/** Takes everything; the archive is out of order at first. */
async function openReceiver(): Promise<Receiver & { server: Server; url: string }> {
  let refused = 0;
  const answers = new Map<string, number>();
  const taken: { path: string; id: string }[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const path = request.url ?? '';
    const isRefused = path === '/archive' && refused++ < 1;
    const status = isRefused ? 503 : (answers.get(path) ?? 204);
    if (status < 300) taken.push({ path, id: String(request.headers['webhook-id']) });
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { answers, taken, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
