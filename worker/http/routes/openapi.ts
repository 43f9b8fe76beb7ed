/** `/api/openapi.json`: all operations with parameters and bodies, generated from the schemas that check them (OpenAPI 3.1). */
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
  /** With hono's parameters: `/api/stories/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media type of a successful response; default JSON. */
  readonly answers?: string;
  readonly status?: number;
}

/** All operations, in the order of the documentation. */
export const OPERATIONS: readonly Operation[] = [
  { method: 'post', path: '/api/session', summary: 'Sign in', body: z.strictObject({ token: z.string() }) },
  { method: 'get', path: '/api/session', summary: 'Who is signed in' },
  { method: 'delete', path: '/api/session', summary: 'Sign out', status: 204 },
  { method: 'get', path: '/api/stories', summary: 'Stories, newest first', query: storyQuery },
  { method: 'get', path: '/api/stories/:id', summary: 'A story with its developments and deliveries' },
  {
    method: 'post',
    path: '/api/stories/:id/acknowledge',
    summary: 'Acknowledge a story or undo the acknowledgement',
    body: acknowledgement,
    status: 204,
  },
  {
    method: 'get',
    path: '/api/developments',
    summary: 'Developments of all stories, newest first, with or without an alert',
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
  { method: 'delete', path: '/api/mutes', summary: 'Remove a mute', body: muteTarget, status: 204 },
  { method: 'get', path: '/api/config', summary: 'The configuration in force', answers: 'application/yaml' },
  {
    method: 'put',
    path: '/api/config',
    summary: 'Save a configuration; If-Match names the version that was edited',
    query: z.object({
      reason: z.string().max(300).optional(),
      watched: z.enum(['true', 'false']).default('false'),
    }),
  },
  {
    method: 'put',
    path: '/api/config/watched',
    summary: 'Record why the watched file is not in force; null: it is in force',
    body: watchedFile,
    status: 204,
  },
  { method: 'get', path: '/api/config/versions', summary: 'Versions of the configuration, newest first' },
  {
    method: 'get',
    path: '/api/config/versions/:hash',
    summary: 'The document of a version',
    answers: 'application/yaml',
  },
  { method: 'get', path: '/api/feeds', summary: 'State of each feed' },
  {
    method: 'post',
    path: '/api/feeds/poll',
    summary: 'Poll a feed now, unless it was polled too recently',
    body: feedId,
    status: 202,
  },
  {
    method: 'post',
    path: '/api/feeds/look',
    summary: 'Preview a feed, or find the feeds of a page',
    body: feedAddress,
  },
  { method: 'get', path: '/api/channels', summary: 'State of each channel' },
  { method: 'post', path: '/api/channels/:id/test', summary: 'Send a test to a channel' },
  { method: 'get', path: '/api/deliveries', summary: 'Deliveries, newest first', query: deliveryQuery },
  { method: 'get', path: '/api/deliveries/:id', summary: 'A delivery with its event and attempts' },
  { method: 'post', path: '/api/deliveries/:id/replay', summary: 'Retry a failed delivery' },
  {
    method: 'post',
    path: '/api/deliveries/replay',
    summary: 'Retry all failed deliveries that match a filter',
    body: replayFilter,
  },
  {
    method: 'get',
    path: '/api/archive',
    summary: 'One page of archived entries; the header x-next names the next page',
    query: archiveQuery,
    answers: 'application/x-ndjson',
  },
  {
    method: 'get',
    path: '/api/trace',
    summary: 'Find archived entries by address or text',
    query: traceQuery,
  },
  { method: 'get', path: '/api/trace/:id', summary: 'An entry, the result of each rule, and its alerts' },
  {
    method: 'get',
    path: '/api/search',
    summary: 'Archived entries that an expression matches',
    query: searchQuery,
    answers: 'application/x-ndjson',
  },
  {
    method: 'get',
    path: '/api/alert-feeds',
    summary: 'Secret addresses of the alert feeds (Atom and JSON Feed)',
  },
  { method: 'get', path: '/api/tokens', summary: 'Names, scopes and expiry of tokens' },
  {
    method: 'post',
    path: '/api/tokens',
    summary: 'Create a token; its value is returned once',
    body: newToken,
    status: 201,
  },
  { method: 'delete', path: '/api/tokens/:name', summary: 'Revoke a token', status: 204 },
  { method: 'get', path: '/api/status', summary: 'State of the service' },
  {
    method: 'get',
    path: '/api/csp-reports',
    summary: 'Number of content security policy violations reported by browsers',
  },
  {
    method: 'get',
    path: '/api/live',
    summary: 'Server-sent events that name the kind of data that changed',
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
      default: { description: 'Problem details (RFC 9457)', content: { 'application/problem+json': {} } },
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
