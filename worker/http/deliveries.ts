/** `/api/deliveries`: what went out, what waits, what is dead, and how to take it up again. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { DELIVERY_STATES } from '../desk/dead-letters.ts';
import { deskOf, type Env } from '../env.ts';
import { problem } from './problem.ts';

const BODY_BYTES_MAX = 10_000;

const instant = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((text) => Date.parse(text));
const name = z.string().min(1).max(200);
const listQuery = z.strictObject({
  state: z.enum(DELIVERY_STATES).nullable().default(null),
  channel: name.nullable().default(null),
  rule: name.nullable().default(null),
  since: instant.nullable().default(null),
  cursor: z.coerce.number().int().positive().nullable().default(null),
});
const replayBody = z.strictObject({
  channel: name.nullable().default(null),
  rule: name.nullable().default(null),
  since: instant.nullable().default(null),
});

export const deliveryRoutes = new Hono<{ Bindings: Env }>()
  .get('/', async (c) => {
    const query = listQuery.safeParse(c.req.query());
    if (!query.success)
      return problem(c, { status: 400, title: 'this query is not known', ...faults(query.error) });
    const { cursor, ...filter } = query.data;
    const { deliveries, next } = await deskOf(c.env).deliveries(filter, cursor);
    return c.json({ deliveries, next: next === null ? null : String(next) });
  })
  .post(
    '/replay',
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => problem(c, { status: 413, title: 'too much' }) }),
    async (c) => {
      const body = replayBody.safeParse(await c.req.json().catch(() => null));
      if (!body.success)
        return problem(c, {
          status: 400,
          title: 'send {since, channel, rule}, each optional',
          ...faults(body.error),
        });
      return c.json({ replayed: await deskOf(c.env).replayAll(body.data) });
    },
  )
  .get('/:id', async (c) => {
    const delivery = await deskOf(c.env).delivery(c.req.param('id'));
    if (delivery === null) return problem(c, { status: 404, title: 'there is no such delivery' });
    return c.body(delivery, 200, { 'content-type': 'application/json' });
  })
  .post('/:id/replay', async (c) => {
    const outcome = await deskOf(c.env).replay(c.req.param('id'));
    switch (outcome) {
      case 'replayed':
        return c.json({ replayed: 1 });
      case 'not-dead':
        return problem(c, { status: 409, title: 'only dead and cancelled deliveries are taken up again' });
      case 'unknown':
        return problem(c, { status: 404, title: 'there is no such delivery' });
    }
  });

/** Which member is wrong, and why. */
function faults(error: z.ZodError): {
  readonly errors: readonly { readonly path: string; readonly message: string }[];
} {
  return { errors: error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
}
