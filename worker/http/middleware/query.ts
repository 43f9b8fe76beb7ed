/** Query parameters that fit a schema, or a problem that names the invalid one. */
import type { Context } from 'hono';
import type * as z from 'zod';
import { type ProblemResponse, problem } from './problem.ts';

/** @returns the parsed parameters, or the problem response */
export function readQuery<T extends z.ZodType>(c: Context, schema: T): z.infer<T> | ProblemResponse {
  const checked = schema.safeParse(c.req.query(), { reportInput: false });
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return problem(c, { status: 400, title: 'Invalid query parameter', problems });
}
