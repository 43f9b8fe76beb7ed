/** `/api/channels`: how each channel fares, and a test of one. */
import { Hono } from 'hono';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';

export const channelRoutes = new Hono<Caller>()
  .get('/', async (c) => c.json({ channels: await deskOf(c.env).channels().statuses() }))
  .post('/:id/test', async (c) => {
    const tested = await deskOf(c.env).channels().test(c.req.param('id'));
    switch (tested.kind) {
      case 'unknown':
        return problem(c, { status: 404, title: 'there is no such channel' });
      case 'busy':
        c.header('retry-after', String(Math.ceil(tested.retryAfterMs / 1000)));
        return problem(c, { status: 429, title: 'the channel is busy: its pace is used up for now' });
      case 'tested': {
        const { kind: _, ...result } = tested;
        return c.json(result);
      }
    }
  });
