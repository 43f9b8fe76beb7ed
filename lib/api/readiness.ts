/** When `/readyz` answers 503: feeds are not polled, or alerts are not sent. Pure. */
import { OUTBOX_AGE_MS_MAX, TICKS_MISSED_MAX } from '../model/limits.ts';
import type { Readiness } from './status.ts';

/**
 * A rejected document is reported but does not affect readiness: the last valid one is in force.
 *
 * @param tickSeconds time between ticks; 0: they are triggered from outside, and missing ones mean nothing
 * @returns why the service is not ready; empty: it is
 */
export function reasonsAgainst(
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
