/** Bodies of requests: JSON of a known shape, or a problem that names the member. */
import type { Context } from 'hono';
import type * as z from 'zod';
import { API_BODY_BYTES_MAX } from '../../../lib/model/limits.ts';
import { problem } from './problem.ts';

/** @returns the checked value, or the answer that says what is wrong with it */
export async function readJson<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T> | Response> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    return problem(c, { status: 415, title: 'send application/json' });
  const text = await c.req.text();
  if (text.length > API_BODY_BYTES_MAX) return problem(c, { status: 413, title: 'the body is too large' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Mistake of the caller, and the engine says where.
    return problem(c, { status: 400, title: 'this is no JSON', detail: String((error as Error).message) });
  }
  const checked = schema.safeParse(value, { reportInput: false });
  if (checked.success) return checked.data;
  return misshapen(
    c,
    checked.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
  );
}

/** What of a body is not as it must be, each with the JSON pointer (RFC 6901) of its member. */
export function misshapen(
  c: Context,
  faults: readonly { path: readonly string[]; message: string }[],
): Response {
  const problems = faults.map(({ path, message }) => ({
    path: path.join('.'),
    pointer: `#${path.map((part) => `/${part.replace(/~/gu, '~0').replace(/\//gu, '~1')}`).join('')}`,
    message,
  }));
  return problem(c, { status: 422, title: 'the body is not of the expected shape', problems });
}
