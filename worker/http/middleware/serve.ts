/** Makes a route of an operation: its access, its checks and its answer come from lib/api/operations.ts. */
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import type { Wire } from '../../../lib/api/common.ts';
import type { Operation } from '../../../lib/api/operation.ts';
import { adminRefusal, type Caller, refusalOf } from './auth.ts';
import { readJson } from './body.ts';
import type { ProblemResponse } from './problem.ts';
import { readQuery } from './query.ts';

/** What the handler returns: a value that fits the schema of the answer; a response where it is not JSON; null for no body. */
type Answer<O extends Operation> = O['answer'] extends z.ZodType
  ? Wire<z.output<O['answer']>> | ProblemResponse
  : O['answer'] extends null
    ? null | ProblemResponse
    : Response;

/** What the caller sent, checked. */
interface Asked<O extends Operation> {
  readonly query: O['query'] extends z.ZodType ? z.output<O['query']> : null;
  readonly body: O['body'] extends z.ZodType ? z.output<O['body']> : null;
}

type Handler<O extends Operation> = (
  c: Context<Caller, O['path']>,
  asked: Asked<O>,
) => Answer<O> | Promise<Answer<O>>;

/** A problem answers a caller that has no access, or whose query or body does not fit: then the handler does not run. */
export function serve<const O extends Operation>(app: Hono<Caller>, operation: O, handler: Handler<O>): void {
  app.on(operation.method.toUpperCase(), operation.path, async (c) => {
    const refusal = await accessRefusal(c, operation);
    if (refusal !== null) return refusal;
    const query = operation.query === undefined ? null : readQuery(c, operation.query);
    if (query instanceof Response) return query;
    const body = operation.body instanceof z.ZodType ? await readJson(c, operation.body) : null;
    if (body instanceof Response) return body;
    c.status(operation.status ?? 200);
    const answer = await handler(c as Context<Caller, O['path']>, { query, body } as Asked<O>);
    if (answer instanceof Response) return answer;
    return answer === null ? c.body(null) : c.json(answer as object);
  });
}

async function accessRefusal(
  c: Context<Caller>,
  { access }: Pick<Operation, 'access'>,
): Promise<ProblemResponse | null> {
  if (access === 'public') return null;
  // Under /api/ the grant has been checked already, also for addresses that do not exist.
  if (c.get('grant') === undefined) {
    const refusal = await refusalOf(c);
    if (refusal !== null) return refusal;
  }
  return access === 'admin' ? adminRefusal(c) : null;
}
