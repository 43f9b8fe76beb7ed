/** `/api/deliveries`: pending, delivered and failed deliveries, and retrying failed ones. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { DeliveryDetail } from '../../../lib/api/deliveries.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { cursorOf, placeOf } from '../middleware/cursor.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

const place = z.object({ seq: z.number().int() });

export const deliveryRoutes = new Hono<Caller>();

serve(deliveryRoutes, OPERATIONS.listDeliveries, async (c, { query: { cursor, ...filter } }) => {
  const before = placeOf(cursor, place);
  if (before === 'bad') return problem(c, { status: 400, title: 'Invalid cursor' });
  const page = await deskOf(c.env)
    .channels()
    .deliveries({ ...filter, before: before?.seq });
  return {
    deliveries: page.deliveries,
    next: page.next === null ? null : cursorOf({ seq: page.next }),
  };
});

serve(deliveryRoutes, OPERATIONS.replayDeliveries, async (c, { body }) => ({
  replayed: await deskOf(c.env).channels().replayAll(body),
}));

serve(deliveryRoutes, OPERATIONS.readDelivery, async (c) => {
  const delivery = await deskOf(c.env).channels().delivery(c.req.param('id'));
  if (delivery === null) return problem(c, { status: 404, title: 'Delivery not found' });
  return JSON.parse(delivery) as DeliveryDetail;
});

serve(deliveryRoutes, OPERATIONS.replayDelivery, async (c) => {
  switch (await deskOf(c.env).channels().replay(c.req.param('id'))) {
    case 'replayed':
      return { replayed: 1 };
    case 'not-dead':
      return problem(c, {
        status: 409,
        title: 'Conflict: only failed and cancelled deliveries can be sent again',
      });
    case 'unknown':
      return problem(c, { status: 404, title: 'Delivery not found' });
  }
});
