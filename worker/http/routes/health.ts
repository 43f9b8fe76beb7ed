/** `/healthz`: this process answers. `/readyz`: feeds are polled and alerts are sent. Neither reveals what is watched. */
import { Hono } from 'hono';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { reasonsAgainst } from '../../../lib/api/readiness.ts';
import type { Readiness } from '../../../lib/api/status.ts';
import { deskOf, type Env } from '../../env.ts';
import { settingsOf } from '../../settings.ts';
import type { Caller } from '../middleware/auth.ts';
import { serve } from '../middleware/serve.ts';

export const healthRoutes = new Hono<Caller>();

serve(healthRoutes, OPERATIONS.isHealthy, () => ({ status: 'ok' as const }));

serve(healthRoutes, OPERATIONS.isReady, async (c) => {
  const readiness = await readinessOf(c.env);
  const reasons =
    readiness === null
      ? ['the desk cannot be reached']
      : reasonsAgainst(readiness, settingsOf(c.env).tickSeconds);
  if (reasons.length > 0) c.status(503);
  return { ready: reasons.length === 0, reasons, ...readiness };
});

async function readinessOf(env: Env): Promise<Readiness | null> {
  try {
    return await deskOf(env).status().readiness();
  } catch {
    return null;
  }
}
