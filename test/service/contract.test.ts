/**
 * Every operation of a running service, called once with success and once for every problem that it names, is what
 * `/api/openapi.json` says. The judges are foreign: ajv for answers, @seriousme/openapi-schema-validator for the document.
 */
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage } from '../web/stage.ts';
import { type Described, type Document, Judge, operationsOf } from './described.ts';
import { until } from './start.ts';

let stage: Awaited<ReturnType<typeof openStage>>;
let document: Document;
let judge: Judge;
let operations: Map<string, Described>;
/** A token that may only read. */
let reader = '';
/** What the operations are called with: ids of things that exist. */
const known = {
  feed: '',
  story: '',
  entry: '',
  dead: '',
  delivered: '',
  version: '',
  source: '',
  etag: '',
  alerts: '',
};

interface Call {
  /** Without it: the path of the operation. */
  readonly path?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** null: no token. */
  readonly as?: string | null;
  /** Times to call it, one after the other; only the last answer counts. */
  readonly times?: number;
  /** Times to call it at once; the answer with the highest status counts. */
  readonly atOnce?: number;
}

async function call({ method, path: template }: Pick<Described, 'method' | 'path'>, of: Call = {}) {
  const {
    path = template,
    query = '',
    body,
    headers = {},
    as = stage.service.token,
    times = 1,
    atOnce = 1,
  } = of;
  const isRaw = typeof body === 'string' || body instanceof FormData;
  const init = {
    method,
    headers: {
      ...(as === null ? {} : { authorization: `Bearer ${as}` }),
      ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  };
  const url = `${stage.service.url}${path}${query}`;
  for (let n = 1; n < times; n++) await (await fetched(url, init)).text();
  const answers = await Promise.all(Array.from({ length: atOnce }, () => fetched(url, init)));
  return answers.toSorted((a, b) => b.status - a.status)[0]!;
}

/** A body that is too large is refused half way: the connection may close before the client has read the answer. */
async function fetched(url: string, init: RequestInit, attempts = 10): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    const isClosed = code === 'EPIPE' || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
    if (!isClosed || attempts <= 1) throw error;
    return await fetched(url, init, attempts - 1);
  }
}

async function read<T>(path: string): Promise<T> {
  return (await (await call({ method: 'GET', path })).json()) as T;
}

beforeAll(async () => {
  stage = await openStage({ newsroom: false });
  stage.receiver.answers.set('/archive', 410);
  for (const minute of [0, 20, 155, 1_015, 1_402]) await stage.tickAt(minute);
  document = await read<Document>('/api/openapi.json');
  judge = new Judge(document);
  operations = operationsOf(document);
  const { stories } = await read<{ stories: { id: string; reports: number }[] }>('/api/stories');
  known.story = stories.toSorted((a, b) => b.reports - a.reports)[0]?.id ?? '';
  const story = await read<{ entries: { id: string }[] }>(`/api/stories/${known.story}`);
  known.entry = story.entries[0]?.id ?? '';
  for (const state of ['dead', 'delivered'] as const)
    await until(async () => {
      const page = await read<{ deliveries: { id: string }[] }>(`/api/deliveries?state=${state}`);
      known[state] = page.deliveries[0]?.id ?? '';
      return known[state] !== '';
    });
  const config = await call({ method: 'GET', path: '/api/config' });
  known.source = await config.text();
  known.etag = config.headers.get('etag') ?? '';
  const { versions } = await read<{ versions: { hash: string }[] }>('/api/config/versions');
  known.version = versions[0]?.hash ?? '';
  const { feeds } = await read<{ feeds: { atom: string }[] }>('/api/alert-feeds');
  known.alerts = new URL(feeds[0]?.atom ?? '').pathname;
  known.feed = (await read<{ feeds: { id: string }[] }>('/api/feeds')).feeds[0]?.id ?? '';
  const token = (name: string) =>
    call({ method: 'POST', path: '/api/tokens' }, { body: { name, scope: 'read' } });
  ({ token: reader } = (await (await token('reader')).json()) as { token: string });
  await token('old');
});
afterAll(async () => await stage.close());

const UNTIL = '2034-01-01T00:00:00Z';
const yaml = { 'content-type': 'application/yaml' };
const at = (path: string, more: Call = {}): Call => ({ path, ...more });

/** By operation id: calls that succeed, in order, and calls that cause what its rules alone do not (`problemsOf`). */
const CALLS: Record<string, { good: () => Call[]; bad?: () => Record<number, Call> }> = {
  whoAmI: { good: () => [{}] },
  listTokens: { good: () => [{}] },
  createToken: {
    good: () => [{ body: { name: 'new', scope: 'write', days: null } }],
    bad: () => ({ 409: { body: { name: 'reader' } } }),
  },
  revokeToken: { good: () => [at('/api/tokens/old')] },
  listAlertFeeds: { good: () => [{}] },
  readAlertFeed: { good: () => [at(known.alerts), at(known.alerts.replace(/atom$/, 'json'))] },
  listStories: { good: () => [{}, { query: '?limit=1' }], bad: () => ({ 400: { query: '?limit=1000' } }) },
  readStory: { good: () => [at(`/api/stories/${known.story}`)] },
  acknowledgeStory: {
    good: () =>
      [true, false].map((inHand) => at(`/api/stories/${known.story}/acknowledge`, { body: { inHand } })),
    bad: () => ({ 404: at('/api/stories/nothing/acknowledge', { body: { inHand: true } }) }),
  },
  listDevelopments: { good: () => [{}], bad: () => ({ 400: { query: '?cursor=nonsense' } }) },
  mute: {
    good: () => [
      { body: { scope: 'rule', target: 'baltic-cables', until: UNTIL, reason: 'known' } },
      { body: { scope: 'story', target: known.story, endsOn: 'figure' } },
    ],
    bad: () => ({ 422: { body: { scope: 'rule', target: 'baltic-cables', until: '2020-01-01T00:00:00Z' } } }),
  },
  listMutes: { good: () => [{}] },
  unmute: {
    good: () => [{ body: { scope: 'rule', target: 'baltic-cables' } }],
    bad: () => ({ 404: { body: { scope: 'rule', target: 'nothing' } } }),
  },
  readConfig: { good: () => [{}, { headers: { 'if-none-match': known.etag } }] },
  saveConfig: {
    good: () => [
      { body: `${known.source}\n# saved`, headers: yaml, query: '?reason=a comment' },
      { body: withFeed(known.source), headers: yaml },
    ],
    bad: () => ({
      400: { body: new FormData() },
      412: { body: known.source, headers: { ...yaml, 'if-match': '"another"' } },
      413: { body: `${known.source}${'# long\n'.repeat(1_000_000)}`, headers: yaml },
      422: { body: 'version: 1\nfeeds: []\n', headers: yaml },
    }),
  },
  rejectWatchedFile: { good: () => [{ body: { problem: 'it was deleted' } }, { body: { problem: null } }] },
  listConfigVersions: { good: () => [{}] },
  readConfigVersion: { good: () => [at(`/api/config/versions/${known.version}`)] },
  listFeeds: { good: () => [{}] },
  pollFeed: {
    good: () => [{ body: { id: 'fresh' } }],
    bad: () => ({ 404: { body: { id: 'nothing' } }, 429: { body: { id: known.feed } } }),
  },
  lookIntoFeed: {
    good: () => [...stage.press.addresses.values()].slice(0, 2).map((url) => ({ body: { url } })),
    bad: () => ({ 422: { body: { url: 'http://127.0.0.1:9/' } } }),
  },
  listChannels: { good: () => [{}] },
  testChannel: {
    good: () => [at('/api/channels/desk/test')],
    bad: () => ({ 429: at('/api/channels/desk/test', { atOnce: 5 }) }),
  },
  listDeliveries: {
    good: () => [{}, { query: '?state=dead' }],
    bad: () => ({ 400: { query: '?state=lost' } }),
  },
  readDelivery: { good: () => [at(`/api/deliveries/${known.dead}`)] },
  replayDelivery: {
    good: () => [at(`/api/deliveries/${known.dead}/replay`)],
    bad: () => ({ 409: at(`/api/deliveries/${known.delivered}/replay`) }),
  },
  replayDeliveries: { good: () => [{ body: { since: '2024-01-01' } }] },
  readArchive: { good: () => [{}], bad: () => ({ 400: { query: '?before=0' } }) },
  findEntries: { good: () => [{ query: '?q=a' }], bad: () => ({ 400: { query: '' } }) },
  traceEntry: { good: () => [at(`/api/trace/${encodeURIComponent(known.entry)}`)] },
  search: {
    good: () => [{ query: '?q=soldiers' }, { query: '?q=soldiers&format=csv' }],
    bad: () => ({ 400: { query: '?q=a&format=xml' }, 422: { query: '?q=a AND' } }),
  },
  readStatus: { good: () => [{}] },
  listen: { good: () => [{}] },
  countCspReports: { good: () => [{}] },
  readMetrics: { good: () => [{}] },
  isHealthy: { good: () => [{}] },
  isReady: { good: () => [{}] },
  describe: { good: () => [{}] },
  signOut: { good: () => [{}], bad: () => ({ 403: { headers: { origin: 'https://evil.example' } } }) },
  signIn: {
    good: () => [{ body: { token: stage.service.token } }],
    bad: () => ({
      401: { body: { token: 'a-guess-that-is-long-enough-to-be-one' } },
      403: { body: { token: '' }, headers: { origin: 'https://evil.example' } },
      429: { body: { token: 'a-guess-that-is-long-enough-to-be-one' }, times: 12 },
    }),
  },
};

/** With one more feed, which has never been polled. */
const withFeed = (source: string): string =>
  source.replace(/^feeds:\n/m, `feeds:\n  - { id: fresh, url: "${stage.service.url}/fresh" }\n`);

/** Described, and not caused here. */
const NOT_CAUSED: Readonly<Record<string, string>> = {
  503: 'the service of this test has a token',
  'readConfig 404': 'it has a configuration',
  'isReady 200': 'a channel is disabled; the answer has the schema of 503',
  'mute 409': 'a thousand mutes',
};

/** Problems of every operation that has a rule for them: access, bodies that are checked, addresses of things. */
function problemsOf(operation: Described, [good = {}]: readonly Call[]): Record<number, Call> {
  const isChecked = operation.responses[415] !== undefined;
  const json = { 'content-type': 'application/json' };
  const all: Record<number, Call> = {
    401: { ...good, as: null },
    403: { ...good, as: reader },
    ...(operation.path.includes('{')
      ? { 404: { ...good, path: operation.path.replaceAll(/\{\w+\}/g, 'nothing') } }
      : {}),
    ...(isChecked
      ? {
          400: { ...good, body: '{', headers: json },
          413: { ...good, body: JSON.stringify('x'.repeat(100_000)), headers: json },
          415: { ...good, body: 'a', headers: { 'content-type': 'text/plain' } },
          422: { ...good, body: [] },
        }
      : {}),
    ...CALLS[operation.operationId]?.bad?.(),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([status]) => operation.responses[status] !== undefined),
  );
}

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone({ ...document }));
  expect(errors ?? []).toEqual([]);
  expect([valid, validator.version]).toEqual([true, '3.1']);
});

test('every operation that is described is called here, and no other', () => {
  expect(Object.keys(CALLS).sort()).toEqual([...operations.keys()].sort());
});

test('every schema of the document is used, and written once', () => {
  const { schemas } = document.components as { schemas: Record<string, object> };
  const text = JSON.stringify(document);
  for (const [name, schema] of Object.entries(schemas)) {
    expect(text, `${name} is used`).toContain(`"#/components/schemas/${name}"`);
    expect(text.split(JSON.stringify(schema)), `${name} is written once`).toHaveLength(2);
  }
});

test.each(Object.keys(CALLS))('%s answers as described', async (id) => {
  const operation = operations.get(id);
  if (operation === undefined) throw new Error(`${id} is not described`);
  const good = CALLS[id]?.good() ?? [];
  const caused = new Set<string>();
  for (const [status, of] of Object.entries(problemsOf(operation, good))) {
    const answer = await call(operation, of);
    expect(String(answer.status), JSON.stringify(of)).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await judge.faults(operation, answer), status).toEqual([]);
    caused.add(status);
  }
  for (const of of good) {
    const answer = await call(
      operation,
      id === 'signIn' ? { ...of, headers: { 'cf-connecting-ip': '::1' } } : of,
    );
    expect(answer.status < 400 || id === 'isReady', `${answer.status}`).toBe(true);
    expect(await judge.faults(operation, answer), JSON.stringify(of)).toEqual([]);
    caused.add(String(answer.status));
  }
  const missing = Object.keys(operation.responses).filter(
    (status) =>
      status !== 'default' &&
      !caused.has(status) &&
      NOT_CAUSED[status] === undefined &&
      NOT_CAUSED[`${id} ${status}`] === undefined,
  );
  expect(missing, 'described and never seen').toEqual([]);
});
