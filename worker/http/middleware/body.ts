/** Request bodies: JSON that fits a schema, or a problem that names the member. */
import type { Context } from 'hono';
import type * as z from 'zod';
import { API_BODY_BYTES_MAX } from '../../../lib/model/limits.ts';
import { type ProblemResponse, problem } from './problem.ts';

/** @returns the parsed value, or the problem response */
export async function readJson<T extends z.ZodType>(
  c: Context,
  schema: T,
): Promise<z.infer<T> | ProblemResponse> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    return problem(c, {
      status: 415,
      title: 'Unsupported media type: send application/json',
    });
  const text = await c.req.text();
  if (text.length > API_BODY_BYTES_MAX) {
    const detail = `${text.length} characters sent, at most ${API_BODY_BYTES_MAX} are accepted`;
    return problem(c, { status: 413, title: 'Content too large', detail });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // A mistake of the caller; the engine's message has the position.
    return problem(c, { status: 400, title: 'Invalid JSON', detail: String((error as Error).message) });
  }
  const checked = schema.safeParse(value, { reportInput: false });
  if (checked.success) return checked.data;
  return misshapen(
    c,
    checked.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
  );
}

/** Members that do not fit the schema, each with its JSON pointer (RFC 6901) as URI fragment. */
export function misshapen(
  c: Context,
  faults: readonly { path: readonly string[]; message: string }[],
): ProblemResponse {
  const problems = faults.map(({ path, message }) => ({
    path: path.join('.'),
    pointer: `#${path.map((part) => `/${part.replace(/~/gu, '~0').replace(/\//gu, '~1')}`).join('')}`,
    message,
  }));
  return problem(c, { status: 422, title: 'Invalid request body', problems });
}
