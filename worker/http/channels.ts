/** `/api/channels`: how each channel fares, and a test of one. */
import { Hono } from 'hono';
import { deskOf, type Env } from '../env.ts';
import { problem } from './problem.ts';

export const channelRoutes = new Hono<{ Bindings: Env }>()
  .get('/', async (c) => c.json({ channels: await deskOf(c.env).channels() }))
  .post('/:id/test', async (c) => {
    const tested = await deskOf(c.env).testChannel(c.req.param('id'));
    switch (tested.kind) {
      case 'unknown':
        return problem(c, { status: 404, title: 'there is no such channel' });
      case 'busy':
        c.header('retry-after', String(Math.ceil(tested.retryAfterMs / 1000)));
        return problem(c, {
          status: 429,
          title: 'the channel is busy',
          detail: 'its pace is used up for now',
        });
      case 'tested': {
        const { kind: _, ...result } = tested;
        return c.json(result);
      }
    }
  });
