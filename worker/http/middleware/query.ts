/** Parameters of an address, of a known shape, or a problem that names the one that is not. */
import type { Context } from 'hono';
import type * as z from 'zod';
import { problem } from './problem.ts';

/** @returns the checked parameters, or the answer that says what is wrong with them */
export function readQuery<T extends z.ZodType>(c: Context, schema: T): z.infer<T> | Response {
  const checked = schema.safeParse(c.req.query(), { reportInput: false });
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return problem(c, { status: 400, title: 'a parameter is not as expected', problems });
}
