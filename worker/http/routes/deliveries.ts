/** `/api/deliveries`: pending, delivered and failed deliveries, and retrying failed ones. */
import { Hono } from 'hono';
import * as z from 'zod';
import { DELIVERY_STATES } from '../../desk/table/deliveries.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { readJson } from '../middleware/body.ts';
import { cursorOf, placeOf } from '../middleware/cursor.ts';
import { problem } from '../middleware/problem.ts';
import { readQuery } from '../middleware/query.ts';

const since = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'is not a valid ISO 8601 date, or date and time, such as 2030-01-31T08:00:00Z',
  )
  .transform((text) => Date.parse(text));
const name = z.string().min(1).max(200);

/** Query parameters of `GET /api/deliveries`. */
export const deliveryQuery = z.object({
  state: z.enum(DELIVERY_STATES).optional(),
  channel: name.optional(),
  rule: name.optional(),
  since: since.optional(),
  cursor: z.string().optional(),
});
/** Body of `POST /api/deliveries/replay`. */
export const replayFilter = z.strictObject({
  channel: name.optional(),
  rule: name.optional(),
  since: since.optional(),
});

const place = z.object({ seq: z.number().int() });

export const deliveryRoutes = new Hono<Caller>()
  .get('/', async (c) => {
    const query = readQuery(c, deliveryQuery);
    if (query instanceof Response) return query;
    const { cursor, ...filter } = query;
    const before = placeOf(cursor, place);
    if (before === 'bad') return problem(c, { status: 400, title: 'Invalid cursor' });
    const page = await deskOf(c.env)
      .channels()
      .deliveries({ ...filter, before: before?.seq });
    const next = page.next === null ? null : cursorOf({ seq: page.next });
    return c.json({ deliveries: page.deliveries, next });
  })
  .post('/replay', async (c) => {
    const filter = await readJson(c, replayFilter);
    if (filter instanceof Response) return filter;
    return c.json({ replayed: await deskOf(c.env).channels().replayAll(filter) });
  })
  .get('/:id', async (c) => {
    const delivery = await deskOf(c.env).channels().delivery(c.req.param('id'));
    if (delivery === null) return problem(c, { status: 404, title: 'Delivery not found' });
    return c.body(delivery, 200, { 'content-type': 'application/json' });
  })
  .post('/:id/replay', async (c) => {
    switch (await deskOf(c.env).channels().replay(c.req.param('id'))) {
      case 'replayed':
        return c.json({ replayed: 1 });
      case 'not-dead':
        return problem(c, {
          status: 409,
          title: 'Conflict: only failed and cancelled deliveries can be sent again',
        });
      case 'unknown':
        return problem(c, { status: 404, title: 'Delivery not found' });
    }
  });
