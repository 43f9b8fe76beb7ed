/** `/api/status`: the state of the service itself. */
import { Hono } from 'hono';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { isoTime, MINUTE_MS } from '../../../lib/model/time.ts';
import { deskOf } from '../../env.ts';
import { settingsOf } from '../../settings.ts';
import { VERSION } from '../../version.ts';
import type { Caller } from '../middleware/auth.ts';
import { serve } from '../middleware/serve.ts';

export const statusRoutes = new Hono<Caller>();

serve(statusRoutes, OPERATIONS.readStatus, async (c) => {
  const desk = deskOf(c.env);
  const { floorMs, tickSeconds, home } = settingsOf(c.env);
  const [readiness, numbers] = await Promise.all([desk.status().readiness(), desk.status().numbers()]);
  return {
    version: VERSION,
    now: isoTime(Date.now()),
    floorMinutes: floorMs / MINUTE_MS,
    tickSeconds,
    home,
    readiness,
    ...numbers,
  };
});
