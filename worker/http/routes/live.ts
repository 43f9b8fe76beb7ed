/** `/api/live`: server-sent events that name the kind of data to fetch again. */
import { Hono } from 'hono';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { serve } from '../middleware/serve.ts';

export const liveRoutes = new Hono<Caller>();

serve(liveRoutes, OPERATIONS.listen, async (c) => {
  const stream = await deskOf(c.env).live();
  return c.body(stream, 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
});
