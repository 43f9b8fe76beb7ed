/** `/healthz`: this process answers. `/readyz`: feeds are polled and alerts are sent. Neither reveals what is watched. */
import { Hono } from 'hono';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import type { Readiness } from '../../../lib/api/status.ts';
import { OUTBOX_AGE_MS_MAX } from '../../../lib/model/limits.ts';
import { deskOf, type Env } from '../../env.ts';
import { settingsOf } from '../../settings.ts';
import type { Caller } from '../middleware/auth.ts';
import { serve } from '../middleware/serve.ts';

/** Ticks missed in a row after which the service is not ready. */
const TICKS_MISSED_MAX = 3;

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

/** A rejected document is reported but does not affect readiness: the last valid one is in force. */
function reasonsAgainst(
  { configuration, lastTickAge, outbox, feeds, channelsDisabled }: Readiness,
  tickSeconds: number,
): string[] {
  const reasons: string[] = [];
  if (configuration === null) reasons.push('no configuration is saved');
  if (tickSeconds > 0 && (lastTickAge === null || lastTickAge > TICKS_MISSED_MAX * tickSeconds)) {
    reasons.push(lastTickAge === null ? 'no tick has arrived' : `no tick for ${lastTickAge} s`);
  }
  if ((outbox.oldestAge ?? 0) * 1000 > OUTBOX_AGE_MS_MAX)
    reasons.push(`a delivery has waited for ${outbox.oldestAge} s`);
  if (channelsDisabled > 0)
    reasons.push(`${channelsDisabled} ${channelsDisabled === 1 ? 'channel is' : 'channels are'} disabled`);
  if (noFeedCanBeRead(feeds)) reasons.push('no feed can be read');
  return reasons;
}

/** Whether every feed has failed: then silence says nothing about the news. */
function noFeedCanBeRead(feeds: Readiness['feeds']): boolean {
  const alive = (feeds.new ?? 0) + (feeds.ok ?? 0) + (feeds.stale ?? 0) + (feeds.slow ?? 0);
  const dead = (feeds.failing ?? 0) + (feeds.suspect ?? 0) + (feeds.gone ?? 0);
  return alive === 0 && dead > 0;
}
