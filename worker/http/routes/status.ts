/** `/api/status`: the state of the service itself. */
import { Hono } from 'hono';
import { MINUTE_MS } from '../../../lib/model/time.ts';
import { deskOf } from '../../env.ts';
import { settingsOf } from '../../settings.ts';
import { VERSION } from '../../version.ts';
import type { Caller } from '../middleware/auth.ts';

export const statusRoutes = new Hono<Caller>().get('/', async (c) => {
  const desk = deskOf(c.env);
  const { floorMs, tickSeconds, home } = settingsOf(c.env);
  const [readiness, numbers] = await Promise.all([desk.status().readiness(), desk.status().numbers()]);
  return c.json({
    version: VERSION,
    now: new Date().toISOString(),
    floorMinutes: floorMs / MINUTE_MS,
    tickSeconds,
    home,
    readiness,
    ...numbers,
  });
});
