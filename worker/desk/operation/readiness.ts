/** Facts for `/readyz`; lib/api/readiness.ts decides whether they mean "ready". */

import type { FeedStatus } from '../../../lib/api/feeds.ts';
import type { Readiness } from '../../../lib/api/status.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import type { FeedState } from '../../../lib/poll/state.ts';
import { disabledChannels } from '../table/channels.ts';
import { headHash } from '../table/configs.ts';
import { readFact } from '../table/facts.ts';
import { outboxState } from '../table/outbox.ts';
import type { Sql } from '../table/sql.ts';

/** @param feeds states of all configured feeds */
export function readinessOf(sql: Sql, feeds: readonly FeedStatus[], wall: EpochMs): Readiness {
  const tick = readFact(sql, 'last-tick-wall');
  const { pending, oldest, dead } = outboxState(sql);
  return {
    configuration: headHash(sql),
    rejected: readFact(sql, 'config-rejected'),
    lastTickAge: tick === null ? null : Math.round((wall - Number(tick)) / 1000),
    feeds: countBy(feeds.map(({ state }) => state)),
    channelsDisabled: disabledChannels(sql),
    outbox: { pending, oldestAge: oldest === null ? null : Math.round((wall - oldest) / 1000), dead },
  };
}

function countBy(states: readonly FeedState[]): Partial<Record<FeedState, number>> {
  const counts: Partial<Record<FeedState, number>> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
