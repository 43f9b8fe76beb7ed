/** `/api/live`: server-sent events that name the kind of data to fetch again. */
import { Hono } from 'hono';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';

export const liveRoutes = new Hono<Caller>().get('/', async (c) => {
  const stream = await deskOf(c.env).live();
  return c.body(stream, 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
});
