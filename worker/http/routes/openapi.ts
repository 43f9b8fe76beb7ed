/** `/api/openapi.json`: all operations with their parameters, bodies and answers (OpenAPI 3.1). */
import { Hono } from 'hono';
import { openapi } from '../../../lib/api/openapi.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { VERSION } from '../../version.ts';
import type { Caller } from '../middleware/auth.ts';
import { serve } from '../middleware/serve.ts';

/** Generated once in an isolate: it takes some milliseconds. */
let description: string | null = null;

export const openapiRoutes = new Hono<Caller>();

serve(openapiRoutes, OPERATIONS.describe, (c) => {
  description ??= JSON.stringify(openapi(VERSION));
  return c.body(description, 200, { 'content-type': 'application/json' });
});
