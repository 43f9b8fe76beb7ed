/** Errors as `application/problem+json` (RFC 9457). */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Members of a problem (RFC 9457 §3.1). */
export interface Problem {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly detail?: string;
  /** Extension members (RFC 9457 §3.2), such as the problems of a document with their positions. */
  readonly [member: string]: unknown;
}

/** A problem response; never cached. */
export function problem(c: Context, body: Problem): Response {
  return c.body(JSON.stringify({ type: 'about:blank', ...body }), body.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
}
