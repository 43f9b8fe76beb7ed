/** `/api/feeds`: how each feed fares. */
import { Hono } from 'hono';
import { deskOf, type Env } from '../env.ts';

export const feedRoutes = new Hono<{ Bindings: Env }>().get('/', async (c) =>
  c.json({ feeds: await deskOf(c.env).feeds() }),
);
