/** `/healthz`: this process answers. `/readyz`: feeds are polled and alerts are sent. Neither reveals what is watched. */
import { Hono } from 'hono';
import { OUTBOX_AGE_MS_MAX } from '../../../lib/model/limits.ts';
import type { Readiness } from '../../desk/operation/readiness.ts';
import { deskOf, type Env } from '../../env.ts';
import { settingsOf } from '../../settings.ts';

/** Ticks missed in a row after which the service is not ready. */
const TICKS_MISSED_MAX = 3;

export const healthRoutes = new Hono<{ Bindings: Env }>()
  .get('/healthz', (c) => c.json({ status: 'ok' }))
  .get('/readyz', async (c) => {
    const readiness = await readinessOf(c.env);
    if (readiness === null) return c.json({ ready: false, reasons: ['the desk cannot be reached'] }, 503);
    const reasons = reasonsAgainst(readiness, settingsOf(c.env).tickSeconds);
    return c.json({ ready: reasons.length === 0, reasons, ...readiness }, reasons.length === 0 ? 200 : 503);
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
