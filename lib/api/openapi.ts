/** The description of the API (OpenAPI 3.1), generated from the table of operations and the schemas that it names. Pure. */
import * as z from 'zod';
import { ANSWERS, problem, REQUESTS } from './common.ts';
import type { Content, Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';

type Json = Readonly<Record<string, unknown>>;

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';

/** @param version of Vigie */
export function openapi(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) {
    const path = operation.path.replace(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: { operationId: id, ...described(operation) } };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Vigie', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    components: {
      schemas: { ...componentsOf(ANSWERS, 'output'), ...componentsOf(REQUESTS, 'input') },
      responses: {
        Problem: { description: 'A problem (RFC 9457)', content: contentOf({ [PROBLEM_TYPE]: problem }) },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-vigie' },
      },
    },
    paths,
  };
}

function described(operation: Operation): Json {
  const { path, summary, access, query, body } = operation;
  const inPath = [...path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    summary,
    ...(access === 'public' ? { security: [] } : {}),
    parameters: [...inPath, ...(query === undefined ? [] : inQuery(query))],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, 'input') } }),
    responses: { ...answersOf(operation), ...problemsOf(operation), default: PROBLEM },
  };
}

const PROBLEM = { $ref: '#/components/responses/Problem' };

function answersOf({ summary, answer, status = 200, also = {} }: Operation): Json {
  const answers: Record<string, Json> = { [status]: responseOf(summary, answer) };
  for (const [code, schema] of Object.entries(also))
    answers[code] = responseOf(code === '304' ? 'Not modified' : summary, schema);
  return answers;
}

function responseOf(description: string, content: z.ZodType | Content | null): Json {
  return content === null ? { description } : { description, content: contentOf(content) };
}

/** Problems that follow from what an operation takes, and its own. */
function problemsOf({ method, access, query, body, problems = {} }: Operation): Json {
  const changes = method !== 'get';
  const isChecked = body instanceof z.ZodType;
  const all: Operation['problems'] = {
    ...(access === 'public'
      ? {}
      : { 401: 'Not signed in, or the token is not valid', 503: 'Authentication is not configured' }),
    ...(changes && access !== 'public'
      ? { 403: 'The token may not do this, or the request comes from another site' }
      : {}),
    ...(query === undefined ? {} : { 400: 'A parameter is invalid' }),
    ...(isChecked
      ? {
          400: 'The body is not JSON',
          413: 'The body is too large',
          415: 'The body is not sent as JSON',
          422: 'The body does not fit its schema',
        }
      : {}),
    ...problems,
  };
  return Object.fromEntries(
    Object.entries(all).map(([status, of]) => [
      status,
      typeof of === 'string'
        ? responseOf(of, { [PROBLEM_TYPE]: problem })
        : responseOf('A problem with more members', { [PROBLEM_TYPE]: of }),
    ]),
  );
}

/** JSON Lines have no schema of their own in OpenAPI 3.1: `x-line` is that of one line. */
function contentOf(content: z.ZodType | Content, io: 'input' | 'output' = 'output'): Json {
  const all = content instanceof z.ZodType ? { [JSON_TYPE]: content } : content;
  return Object.fromEntries(
    Object.entries(all).map(([type, schema]) => [
      type,
      type === 'application/x-ndjson'
        ? { schema: { type: 'string' }, 'x-line': schemaOf(schema, io) }
        : { schema: schemaOf(schema, io) },
    ]),
  );
}

/** A reference where the schema has a name. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = ANSWERS.get(schema) ?? REQUESTS.get(schema);
  return name === undefined ? plain(z.toJSONSchema(schema, { ...OPTIONS, io })) : { $ref: uriOf(name.id) };
}

function inQuery(query: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { ...OPTIONS, io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function componentsOf(registry: typeof ANSWERS, io: 'input' | 'output'): Json {
  const { schemas } = z.toJSONSchema(registry, { ...OPTIONS, io, uri: uriOf });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

const uriOf = (id: string): string => `#/components/schemas/${id}`;

const OPTIONS = {
  target: 'draft-2020-12',
  unrepresentable: 'any',
  /** A safe integer is what JSON numbers are anyway. */
  override: ({ jsonSchema }) => {
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
} as const satisfies z.core.ToJSONSchemaParams;

/** Without members that belong to documents of JSON Schema, not to parts of OpenAPI. */
function plain(schema: object): Json {
  const { $schema: _, $id: __, ...rest } = schema as Json;
  return rest;
}
