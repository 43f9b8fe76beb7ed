/** `/api/channels`: the state of each channel, and sending a test to one. */
import { Hono } from 'hono';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

export const channelRoutes = new Hono<Caller>();

serve(channelRoutes, OPERATIONS.listChannels, async (c) => ({
  channels: await deskOf(c.env).channels().statuses(),
}));

serve(channelRoutes, OPERATIONS.testChannel, async (c) => {
  const tested = await deskOf(c.env).channels().test(c.req.param('id'));
  switch (tested.kind) {
    case 'unknown':
      return problem(c, { status: 404, title: 'Channel not found' });
    case 'busy':
      c.header('retry-after', String(Math.ceil(tested.retryAfterMs / 1000)));
      return problem(c, {
        status: 429,
        title: 'Too many requests',
        detail: 'the channel is sending or has used up its rate: try again later',
      });
    case 'tested':
      return tested.result;
  }
});
