/** Errors as `application/problem+json` (RFC 9457). */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ConfigConflict, Mistakes, Problem } from '../../../lib/api/common.ts';

/** Members of a problem (RFC 9457 §3.1) and its extension members (§3.2); `type` is added. */
type Members<P> = Omit<P, 'type' | 'status'> & { readonly status: ContentfulStatusCode };

declare const PROBLEM: unique symbol;
/** Distinguished from other responses by the compiler: a handler whose answer has a schema may return nothing else raw. */
export type ProblemResponse = Response & { readonly [PROBLEM]: true };

/** A problem response; never cached. */
export function problem(
  c: Context,
  body: Members<Problem> | Members<Mistakes> | Members<ConfigConflict>,
): ProblemResponse {
  return c.body(JSON.stringify({ type: 'about:blank', ...body }), body.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  }) as Response as ProblemResponse;
}
