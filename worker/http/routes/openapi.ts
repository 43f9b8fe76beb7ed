/** `/api/openapi.json`: every call, its parameters and bodies, made of the schemas that check them (OpenAPI 3.1). */
import { Hono } from 'hono';
import * as z from 'zod';
import { VERSION } from '../../version.ts';
import { watchedFile } from './config.ts';
import { deliveryQuery, replayFilter } from './deliveries.ts';
import { feedAddress, feedId } from './feeds.ts';
import { searchQuery } from './search.ts';
import { acknowledgement, developmentQuery, muteTarget, newMute, storyQuery } from './stories.ts';
import { newToken } from './tokens.ts';
import { archiveQuery, traceQuery } from './trace.ts';

interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As hono writes it: `/api/stories/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media type of a good answer; JSON where it is not said. */
  readonly answers?: string;
  readonly status?: number;
}

export const OPERATIONS: readonly Operation[] = [
  { method: 'post', path: '/api/session', summary: 'Sign in', body: z.strictObject({ token: z.string() }) },
  { method: 'get', path: '/api/session', summary: 'Who is signed in' },
  { method: 'delete', path: '/api/session', summary: 'Sign out', status: 204 },
  { method: 'get', path: '/api/stories', summary: 'Stories, newest first', query: storyQuery },
  { method: 'get', path: '/api/stories/:id', summary: 'A story with all that became of it' },
  {
    method: 'post',
    path: '/api/stories/:id/acknowledge',
    summary: 'Somebody has it in hand, or no longer has',
    body: acknowledgement,
    status: 204,
  },
  {
    method: 'get',
    path: '/api/developments',
    summary: 'What changed in all stories, newest first, told and silent alike',
    query: developmentQuery,
  },
  { method: 'get', path: '/api/mutes', summary: 'Mutes in force' },
  {
    method: 'post',
    path: '/api/mutes',
    summary: 'Mute a rule, story or publisher',
    body: newMute,
    status: 204,
  },
  { method: 'delete', path: '/api/mutes', summary: 'End a mute', body: muteTarget, status: 204 },
  { method: 'get', path: '/api/config', summary: 'The document in force', answers: 'application/yaml' },
  {
    method: 'put',
    path: '/api/config',
    summary: 'Put a document in force; If-Match names the one that was edited',
    query: z.object({
      reason: z.string().max(300).optional(),
      watched: z.enum(['true', 'false']).default('false'),
    }),
  },
  {
    method: 'put',
    path: '/api/config/watched',
    summary: 'Why the watched file is not in force, for /readyz and the pages; null: it is',
    body: watchedFile,
    status: 204,
  },
  { method: 'get', path: '/api/config/versions', summary: 'History, newest first' },
  {
    method: 'get',
    path: '/api/config/versions/:hash',
    summary: 'The source of a version',
    answers: 'application/yaml',
  },
  { method: 'get', path: '/api/feeds', summary: 'How each feed fares' },
  {
    method: 'post',
    path: '/api/feeds/poll',
    summary: 'Poll a feed now, if manners allow it',
    body: feedId,
    status: 202,
  },
  {
    method: 'post',
    path: '/api/feeds/look',
    summary: 'What an address lists or announces',
    body: feedAddress,
  },
  { method: 'get', path: '/api/channels', summary: 'How each channel fares' },
  { method: 'post', path: '/api/channels/:id/test', summary: 'Send a test at once' },
  { method: 'get', path: '/api/deliveries', summary: 'Deliveries, newest first', query: deliveryQuery },
  { method: 'get', path: '/api/deliveries/:id', summary: 'A delivery with its event and attempts' },
  { method: 'post', path: '/api/deliveries/:id/replay', summary: 'Take up a dead letter again' },
  {
    method: 'post',
    path: '/api/deliveries/replay',
    summary: 'Take up all dead letters that fit',
    body: replayFilter,
  },
  {
    method: 'get',
    path: '/api/archive',
    summary: 'One page of entries; x-next names the next',
    query: archiveQuery,
    answers: 'application/x-ndjson',
  },
  { method: 'get', path: '/api/trace', summary: 'Entries by address or text', query: traceQuery },
  { method: 'get', path: '/api/trace/:id', summary: 'An entry, rule by rule, and what became of it' },
  {
    method: 'get',
    path: '/api/search',
    summary: 'Entries that an expression matches',
    query: searchQuery,
    answers: 'application/x-ndjson',
  },
  { method: 'get', path: '/api/alert-feeds', summary: 'Secret addresses of alerts as Atom and JSON Feed' },
  { method: 'get', path: '/api/tokens', summary: 'Tokens, without the tokens themselves' },
  {
    method: 'post',
    path: '/api/tokens',
    summary: 'Make a token; it is shown once',
    body: newToken,
    status: 201,
  },
  { method: 'delete', path: '/api/tokens/:name', summary: 'End a token', status: 204 },
  { method: 'get', path: '/api/status', summary: 'How the lookout itself fares' },
  {
    method: 'get',
    path: '/api/csp-reports',
    summary: 'How often browsers said that the policy of the pages stopped something',
  },
  {
    method: 'get',
    path: '/api/live',
    summary: 'Server-sent events: what changed',
    answers: 'text/event-stream',
  },
];

export const openapiRoutes = new Hono().get('/', (c) => c.json(document()));

function document(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    const path = operation.path.replace(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Vigie', version: VERSION, license: { name: 'MIT', identifier: 'MIT' } },
    security: [{ bearer: [] }, { session: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-vigie' },
      },
    },
    paths,
  };
}

function described({
  path,
  summary,
  query,
  body,
  answers = 'application/json',
  status = 200,
}: Operation): object {
  const inPath = [...path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const content = { [answers]: {} };
  return {
    summary,
    parameters: [...inPath, ...(query === undefined ? [] : inQuery(query))],
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonOf(body) } }),
    responses: {
      [status]: { description: summary, ...(status === 200 || status === 201 ? { content } : {}) },
      default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': {} } },
    },
  };
}

const jsonOf = (schema: z.ZodType) => ({
  'application/json': { schema: z.toJSONSchema(schema, { io: 'input' }) },
});

function inQuery(query: z.ZodObject): object[] {
  const schema = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, of]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: of,
  }));
}
